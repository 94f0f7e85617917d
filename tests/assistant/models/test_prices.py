"""Prices: from one dated file, the owner's or ours; a model without one is refused."""

from datetime import date
from pathlib import Path

import pytest

from assistant.models.prices import Price, read_prices
from knowledge.errors import UnknownSetting


def test_prices_are_per_million_tokens() -> None:
    assert Price(2.0, 10.0).cost(500_000, 100_000) == 2.0


def test_our_file_is_dated_and_knows_dated_versions() -> None:
    prices = read_prices()
    assert prices.as_of >= date(2026, 11, 1)
    assert prices.of("claude-sonnet-4-5-20250929") == prices.of("claude-sonnet-4-5") == Price(3.0, 15.0)
    assert prices.of("gpt-4o-mini-2024-07-18") == prices.of("gpt-4o-mini") != prices.of("gpt-4o")
    for unknown in ("gpt-4o-maxi", "claude", "xgpt-5", ""):
        with pytest.raises(UnknownSetting, match="no price"):
            prices.of(unknown)


def test_an_owner_gives_a_file_of_his_own(tmp_path: Path) -> None:
    file = tmp_path / "prices.toml"
    file.write_text('as_of = 2027-01-01\n[usd_per_million_tokens]\n"m" = { input = 1, output = 2 }\n', encoding="utf-8")
    assert read_prices(str(file)).of("m") == Price(1.0, 2.0)


@pytest.mark.parametrize("text", ["", "as_of = 2027-01-01", "[usd_per_million_tokens]\nm = 1", "<html>"])
def test_a_file_that_is_none_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "prices.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnknownSetting, match="FOOTNOTE_PRICES"):
        read_prices(str(file))
