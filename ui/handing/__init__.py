"""What a command hands to the server that has its data folder open, and how a server does it.

A command opens the base itself where it can. Where a server has it, the server changes or asks the base for it.
"""
