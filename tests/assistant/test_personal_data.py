"""Personal data is replaced; figures, dates and names of models stay."""

import pytest

from assistant.personal_data import scrub


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("mail jan.jansen@voorbeeld.nl please", "mail [email] please"),
        ("call +31 6 1234 5678 or 06-12345678", "call [phone] or [phone]"),
        ("pay NL91 ABNA 0417 1643 00 today", "pay [iban] today"),
        ("card 4111 1111 1111 1111.", "card [card]."),
        ("bsn 111222333", "bsn [bsn]"),
    ],
)
def test_personal_data_is_replaced(text: str, clean: str) -> None:
    assert scrub(text) == clean


@pytest.mark.parametrize(
    "text",
    [
        "Is 1,500,000 euro a lot in 2026?",
        "GPT-4 reads 128000 tokens since 2026-03-01",
        "a score of 0.8731234567",
        "the form AB12 CDEF GHIJ is no IBAN",
        "bsn 111222334 fails the 11-proof",
        "4111 1111 1111 1112 fails Luhn",
    ],
)
def test_other_figures_stay(text: str) -> None:
    assert scrub(text) == text
