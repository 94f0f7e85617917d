"""An article is shown at one address, whoever tells it; its id may hold any character."""

from collections.abc import Iterator

import httpx
import pytest

from ingest.sources import Files
from ingest.sync import sync
from knowledge.wiring import open_knowledge
from tests.ui.conftest import service_over
from tests.ui.test_mcp import called
from ui.addresses import address
from ui.server.application import serving

QUESTION = "What is rye bread baked from?"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose one article has the id ``rye #1``."""
    articles = tmp_path_factory.mktemp("rye")
    text = '---\nid: "rye #1"\n---\n\n# Rye\n\nRye bread is baked from flour, water and salt.\n'
    (articles / "rye.md").write_text(text, encoding="utf-8")
    knowledge = open_knowledge(tmp_path_factory.mktemp("rye_base"), "hashing", "test", wait=0)
    sync(knowledge, [Files(str(articles), articles)], lambda line: None)
    with serving(service_over(knowledge)) as at:
        yield at
    knowledge.close()


def shown(place: str) -> bool:
    page = httpx.get(place)
    return page.status_code == 200 and "Rye bread is baked" in page.text


def test_tools_tell_an_address_that_leads_to_the_article(url: str) -> None:
    found = called(url + "/mcp", "search", query=QUESTION)["results"][0]
    assert found["id"] == "rye #1"
    assert shown(found["url"])
    assert called(url + "/mcp", "fetch", id=found["id"])["url"] == found["url"]


def test_annotations_for_clients_of_openai_lead_to_the_article(url: str) -> None:
    asked = {"model": "footnote", "messages": [{"role": "user", "content": QUESTION}]}
    message = httpx.post(url + "/v1/chat/completions", json=asked, timeout=60).json()["choices"][0]["message"]
    assert shown(message["annotations"][0]["url_citation"]["url"])


def test_an_article_with_an_address_of_its_own_is_shown_there() -> None:
    assert address("rye #1", "https://bakery.example/rye", base="http://x/") == "https://bakery.example/rye"
