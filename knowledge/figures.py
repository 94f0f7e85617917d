"""Figures of a text, written alike, so that two texts can be compared by them."""

import re

FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def figures(text: str) -> set[str]:
    """The numbers of a text: ``1,500`` is ``1500``, ``8,0`` is ``8.0``, ``1.5`` is another than ``1500``.

    >>> sorted(figures("1.500 euro, of 8,0%"))
    ['1500', '8.0']
    """
    return {without_thousands(found).replace(",", ".") for found in FIGURE.findall(text)}


def without_thousands(text: str) -> str:
    """``text`` with the marks gone that part thousands."""
    return re.sub(r"(?<=\d)[,.](?=\d{3}\b)", "", text)
