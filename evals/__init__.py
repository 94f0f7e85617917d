"""Is it good? Suites, metrics, runs, the gate, reports; canaries, and the gaps that visitors met.

Not here: answering (``assistant``). Imports ``knowledge``, ``ingest`` and ``assistant``.
"""
