"""Prices of closed models, from one dated file that an owner may edit or replace."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

from knowledge.errors import UnknownSetting

HINT = "add it to a copy of prices.toml, and set FOOTNOTE_PRICES to that"


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens."""

    input: float
    output: float

    def cost(self, input_tokens: int, output_tokens: int) -> float:
        """US dollars.

        >>> Price(2.0, 10.0).cost(1_000_000, 100_000)
        3.0
        """
        return (input_tokens * self.input + output_tokens * self.output) / 1e6


@dataclass(frozen=True, slots=True)
class Prices:
    """The file: prices by model name, and the day they were looked up."""

    by_name: dict[str, Price]
    as_of: date

    def of(self, model: str) -> Price:
        """The price of a model or of a dated version of it.

        Raises:
            UnknownSetting: it is not in the file; without a price no budget holds.
        """
        for name, price in self.by_name.items():
            if re.fullmatch(rf"{re.escape(name)}(-\d{{8}}|-\d{{4}}-\d\d-\d\d|-latest)?", model):
                return price
        raise UnknownSetting(f"there is no price for the model {model!r}", HINT)


def read_prices(path: str = "") -> Prices:
    """The prices in the file at ``path``; the ones that come with Footnote when it is empty.

    Raises:
        UnknownSetting: the file cannot be read, or is not one of prices.
    """
    try:
        file = Path(path) if path else resources.files("assistant.models").joinpath("prices.toml")
        table = tomllib.loads(file.read_text("utf-8"))
        prices = {
            name: Price(float(one["input"]), float(one["output"]))
            for name, one in table["usd_per_million_tokens"].items()
        }
        return Prices(prices, table["as_of"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnknownSetting(f"FOOTNOTE_PRICES={path!r} is no file of prices: {error}", HINT) from error
