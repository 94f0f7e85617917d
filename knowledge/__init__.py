"""What we know and how to find it: articles, chunks, embeddings, index, search.

Not here: reading files (``ingest``), answering (``assistant``). Imports none of our other packages.
"""
