"""Is it good? Suites, metrics, runs, the gate, reports; and the watch over a site in use.

Not here: answering (``assistant``). Imports ``knowledge``, ``ingest`` and ``assistant``.
"""
