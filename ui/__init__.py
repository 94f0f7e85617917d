"""Thin faces: command line, HTTP API, chat page.

Not here: anything that decides what an answer says. Imports all packages but the insides of ``evals``.
"""
