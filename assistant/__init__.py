"""From a question to a cited answer, or an honest "not in the articles".

Not here: storing and searching (``knowledge``), showing (``ui``). Imports ``knowledge`` only.
"""
