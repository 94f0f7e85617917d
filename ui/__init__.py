"""Thin faces: command line, HTTP API, pages, widget.

Not here: anything that decides what an answer says. Imports all packages, of ``evals`` its command line and
``evals.watch``.
"""
