"""The verbs of ``footnote eval``, one a file."""
