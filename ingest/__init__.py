"""From sources to knowledge: find, read, clean, split, sync.

Not here: searching and storing (``knowledge``). Imports ``knowledge`` only.
"""
