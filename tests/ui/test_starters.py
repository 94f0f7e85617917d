"""Questions to offer follow the base that is served."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ingest.progress import Running
from knowledge.wiring import Knowledge
from tests.ui.conftest import service_over
from ui.server.starters import Starters

BREAD = "# What is bread?\n\nBread is baked from flour, water and salt.\n"
ROLLS = "# What are rolls?\n\nRolls are small loaves of bread.\n"
PAGE = "https://site.example/articles/rolls"


def test_what_an_ingest_brings_is_offered_and_what_it_takes_is_not(
    base: Knowledge, ingest: Callable[..., Any], articles: Path
) -> None:
    ingest(bread=BREAD)
    starters = Starters(service_over(base), "")
    assert (starters.of_site, starters.of_page(PAGE)) == (["What is bread?"], [])
    (articles / "bread.md").unlink()
    ingest(rolls=ROLLS)
    assert (starters.of_site, starters.of_page(PAGE)) == (["What are rolls?"], ["What are rolls?"])
    assert starters.of_article("bread") == []


def test_while_an_ingest_goes_on_what_was_found_before_is_offered(base: Knowledge, ingest: Callable[..., Any]) -> None:
    ingest(bread=BREAD)
    desk: Any = SimpleNamespace(running=Running())
    service = replace(service_over(base), orders=desk)
    starters = Starters(service, "")
    assert starters.of_site == ["What is bread?"]
    ingest(rolls=ROLLS)
    assert starters.of_site == ["What is bread?"]
    desk.running = None
    assert sorted(starters.of_site) == ["What are rolls?", "What is bread?"]
