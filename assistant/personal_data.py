"""Personal data in what visitors type, replaced before it is stored.

Addresses and numbers are told by their form and, where they have one, by their check digits (python-stdnum): a card
number by Luhn, an IBAN by ISO 7064 mod 97, a Dutch BSN by its 11-proof. Names are not told.
"""

import re
from collections.abc import Callable

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b", re.IGNORECASE)
DIGITS = re.compile(r"(?<![\w.,])\+?\(?\d(?:[ .\-()/]{0,2}\d){6,18}(?![\w])")


# Written together, or as 1234.56.789 and 123.456.789.
BSN = re.compile(r"\d{9}|\d{4}([. ])\d{2}\1\d{3}|\d{3}([. ])\d{3}\2\d{3}")

# Every one of them has one of these.
HINT = re.compile(r"[\d@]")

# What takes the place of a datum, given its kind and itself.
Stands = Callable[[str, str], str]


def scrub(text: str) -> str:
    """``text`` with ``[email]``, ``[iban]``, ``[card]``, ``[bsn]`` and ``[phone]`` in the place of personal data."""
    return _replaced(text, lambda kind, found: f"[{kind}]")


class Mask:
    """Hides personal data from a model and puts it back into what it says: ``[email-1]`` and back."""

    def __init__(self) -> None:
        self._stands: dict[str, str] = {}

    def hide(self, text: str) -> str:
        """``text`` with a numbered word for every datum, the same for the same one."""
        return _replaced(text, self._stand)

    def restore(self, text: str) -> str:
        """``text`` with the data back in their places."""
        for found, stand in self._stands.items():
            text = text.replace(stand, found)
        return text

    def _stand(self, kind: str, found: str) -> str:
        return self._stands.setdefault(found, f"[{kind}-{len(self._stands) + 1}]")


def _replaced(text: str, stands: Stands) -> str:
    if not HINT.search(text):
        return text
    if "@" in text:
        text = EMAIL.sub(lambda found: stands("email", found[0]), text)
    text = IBAN.sub(lambda found: stands("iban", found[0]) if _checks("iban", found[0]) else found[0], text)
    return DIGITS.sub(lambda found: stands(kind, found[0]) if (kind := _kind(found[0])) else found[0], text)


def _kind(found: str) -> str | None:
    """What a run of digits is; a plain figure such as 1,500,000 or 0.123456789 is none."""
    plain = re.sub(r"\D", "", found)
    if 13 <= len(plain) <= 19 and _checks("luhn", plain):
        return "card"
    if BSN.fullmatch(found) and _checks("nl.bsn", plain):
        return "bsn"
    decimal = re.fullmatch(r"\d+\.\d+", found)
    return "phone" if found[0] in "+(0" and 9 <= len(plain) <= 15 and not decimal else None


def _checks(standard: str, number: str) -> bool:
    from importlib import import_module

    valid: Callable[[str], bool] = import_module(f"stdnum.{standard}").is_valid
    return valid(number)
