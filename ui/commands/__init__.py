"""The verbs of the command line, one file each. Heavy imports stay inside the functions."""
