"""Is it good? Metrics over rankings and answers.

Not here: answering (``assistant``). Imports ``knowledge``, ``ingest`` and ``assistant``.
"""
