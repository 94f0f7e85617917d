"""Readers: bytes of one format in, a draft out, one file per format; ``ingest/formats.py`` says which reads what.

A draft's text keeps the source's characters, so that a quotation is the source's; cleaning and blocks come after.
"""
