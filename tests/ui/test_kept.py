"""Conversations over HTTP: begun, gone on with, read and deleted by who has the key, and by nobody else."""

import json
from typing import Any

import httpx

from tests.ui.conftest import Bakery, service_over
from ui.server.application import serving

API = "/api/conversations"


def begun(url: str, **headers: str) -> tuple[str, dict[str, str]]:
    """A new conversation: its id, and the header with its key."""
    told = httpx.post(url + API, json={}, headers=headers)
    assert told.status_code == 201
    return told.json()["conversation_id"], {"X-Footnote-Key": told.json()["key"]}


def asked(url: str, question: str, conversation: str, headers: dict[str, str]) -> httpx.Response:
    body = {"question": question, "conversation_id": conversation}
    return httpx.post(url + "/api/chat", json=body, headers=headers)


def answer(response: httpx.Response) -> Any:
    return json.loads(response.text.rpartition("data: ")[2])


def test_a_conversation_is_begun_gone_on_with_read_and_deleted(bakery: Bakery) -> None:
    conversation, key = begun(bakery.url)
    first = answer(asked(bakery.url, "What is bread baked from?", conversation, key))
    second = answer(asked(bakery.url, "And what is it kneaded with?", conversation, key))
    assert "bread" in second["standalone_question"].lower()
    whole = httpx.get(f"{bakery.url}{API}/{conversation}", headers=key).json()
    assert whole["title"] == "What is bread baked from?"
    assert [turn["answer"] for turn in whole["turns"]] == [first, second]
    listed = httpx.get(bakery.url + API, headers=key).json()["conversations"]
    assert [one["conversation_id"] for one in listed] == [conversation]
    assert httpx.delete(f"{bakery.url}{API}/{conversation}", headers=key).status_code == 204
    assert httpx.get(f"{bakery.url}{API}/{conversation}", headers=key).status_code == 404
    assert httpx.get(bakery.url + API, headers=key).json() == {"conversations": []}
    rated = httpx.post(bakery.url + "/api/feedback", json={"trace_id": first["trace_id"], "rating": "up"})
    assert rated.status_code == 404


def test_nobody_else_reads_goes_on_with_or_deletes_it(bakery: Bakery) -> None:
    conversation, key = begun(bakery.url)
    asked(bakery.url, "What is bread baked from?", conversation, key)
    _, other = begun(bakery.url)
    for headers in ({}, other, {"X-Footnote-Key": conversation}):
        refused = [
            httpx.get(f"{bakery.url}{API}/{conversation}", headers=headers),
            httpx.delete(f"{bakery.url}{API}/{conversation}", headers=headers),
            asked(bakery.url, "And?", conversation, headers),
        ]
        assert [response.status_code for response in refused] == [404] * 3
        assert all("bread" not in response.text.lower() for response in refused)
    unknown = httpx.get(f"{bakery.url}{API}/nothing", headers=other).json()
    hidden = httpx.get(f"{bakery.url}{API}/{conversation}", headers=other).json()
    assert unknown | {"trace_id": ""} == hidden | {"trace_id": ""}
    assert len(httpx.get(f"{bakery.url}{API}/{conversation}", headers=key).json()["turns"]) == 1
    httpx.delete(f"{bakery.url}{API}/{conversation}", headers=key)


def test_ids_and_keys_are_long_random_and_a_short_key_is_refused(bakery: Bakery) -> None:
    begins = [begun(bakery.url) for _ in range(20)]
    assert len({one for one, _ in begins}) == len({key["X-Footnote-Key"] for _, key in begins}) == 20
    assert all(len(one) >= 22 and len(key["X-Footnote-Key"]) >= 22 for one, key in begins)
    refused = httpx.post(bakery.url + API, json={}, headers={"X-Footnote-Key": "guess me"})
    assert (refused.status_code, "too short" in refused.json()["title"]) == (422, True)
    own = "k" * 22
    assert begun(bakery.url, **{"X-Footnote-Key": own})[1] == {"X-Footnote-Key": own}


def test_an_owner_may_keep_none(bakery: Bakery) -> None:
    with serving(service_over(bakery.knowledge, conversation_days=0)) as url:
        assert httpx.post(url + API, json={}).status_code == 404
