"""Readers: bytes of one format in, an article out. One file per format; ``reader.py`` picks.

Both formats keep the source's characters; ``text`` of the article is the source less what cleaning removed.
"""
