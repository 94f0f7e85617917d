"""Footnote for clients of the Model Context Protocol (https://modelcontextprotocol.io)."""
