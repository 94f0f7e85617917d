"""Fetching: pages from the web, politely, within caps, and never from an address inside the owner's network."""
