"""Personal data in what visitors type, replaced before it is stored.

Addresses and numbers are told by their form and, where they have one, by their check digits (python-stdnum): a card
number by Luhn, an IBAN by ISO 7064 mod 97, a Dutch BSN by its 11-proof. Names are not told.
"""

import re
from collections.abc import Callable

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b", re.IGNORECASE)
DIGITS = re.compile(r"(?<![\w.,])\+?\(?\d(?:[ .\-()/]{0,2}\d){6,18}(?![\w])")


def scrub(text: str) -> str:
    """``text`` with ``[email]``, ``[iban]``, ``[card]``, ``[bsn]`` and ``[phone]`` in the place of personal data."""
    text = EMAIL.sub("[email]", text)
    text = IBAN.sub(lambda found: "[iban]" if _checks("iban", found[0]) else found[0], text)
    return DIGITS.sub(lambda found: _digits(found[0]), text)


def _digits(found: str) -> str:
    """What a run of digits is; a plain figure such as 1,500,000 or 0.123456789 stays."""
    plain = re.sub(r"\D", "", found)
    if 13 <= len(plain) <= 19 and _checks("luhn", plain):
        return "[card]"
    if len(plain) == 9 and plain == found and _checks("nl.bsn", plain):
        return "[bsn]"
    decimal = re.fullmatch(r"\d+\.\d+", found)
    return "[phone]" if found[0] in "+(0" and 9 <= len(plain) <= 15 and not decimal else found


def _checks(standard: str, number: str) -> bool:
    from importlib import import_module

    valid: Callable[[str], bool] = import_module(f"stdnum.{standard}").is_valid
    return valid(number)
