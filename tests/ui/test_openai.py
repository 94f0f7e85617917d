"""Clients of OpenAI's chat completions work unchanged: the official ones, LangChain's, and one like Open WebUI."""

import asyncio
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from langchain_openai import ChatOpenAI

from assistant.answer import Answer, Citation, Model
from assistant.events import Cited, Delta, Done, Event
from assistant.models.call import Stop
from assistant.question import Question
from knowledge.wiring import Knowledge
from tests.ui.conftest import Bakery
from ui.api.openai import tasks
from ui.api.openai.writing import Writing
from ui.server.application import serving
from ui.server.service import Service

QUESTION = "What is bread baked from?"
ASKED: Any = [{"role": "user", "content": QUESTION}]
JS = Path(__file__).parent.parent / "openai_js"


@pytest.fixture
def client(bakery: Bakery) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=bakery.url + "/v1", api_key="none", max_retries=0) as client:
        yield client


def test_the_models_are_listed_and_the_first_one_answers(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["footnote", "footnote-tasks"]
    assert client.models.retrieve("footnote").owned_by == "footnote"


def test_a_whole_answer_has_marks_annotations_and_usage(client: openai.OpenAI, bakery: Bakery) -> None:
    completion = client.chat.completions.create(model="footnote", messages=ASKED)
    choice = completion.choices[0]
    text = choice.message.content or ""
    assert text == "Bread is baked from flour, water and salt. [1]"
    assert (choice.finish_reason, choice.message.role) == ("stop", "assistant")
    cited = (choice.message.annotations or [])[0].url_citation
    assert text[cited.start_index : cited.end_index] == "[1]"
    assert (cited.title, cited.url) == ("Bread", f"{bakery.url}/articles/bread")
    assert httpx.get(cited.url).status_code == 200
    usage = completion.usage
    assert usage is not None
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens > 0


def test_a_stream_says_the_same_in_chunks(client: openai.OpenAI) -> None:
    chunks = list(
        client.chat.completions.create(
            model="footnote", messages=ASKED, stream=True, stream_options={"include_usage": True}
        )
    )
    assert chunks[0].choices[0].delta.role == "assistant"
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert text == "Bread is baked from flour, water and salt. [1]"
    assert chunks[-2].choices[0].finish_reason == "stop"
    assert (chunks[-1].choices, chunks[-1].usage is not None) == ([], True)
    assert len({chunk.id for chunk in chunks}) == 1
    annotations = [
        made for chunk in chunks if chunk.choices for made in getattr(chunk.choices[0].delta, "annotations", [])
    ]
    assert [text[one["url_citation"]["start_index"] :][:3] for one in annotations] == ["[1]"]
    answer = chunks[-2].model_extra or {}
    assert answer["footnote"]["answered"] is True


def test_without_the_wish_for_usage_none_is_streamed(client: openai.OpenAI) -> None:
    chunks = list(client.chat.completions.create(model="footnote", messages=ASKED, stream=True))
    assert all(chunk.choices and chunk.usage is None for chunk in chunks)


def test_what_no_article_answers_is_refused_with_the_nearest_pages(client: openai.OpenAI) -> None:
    messages: Any = [{"role": "user", "content": "Who won the world cup in Brazil?"}]
    text = client.chat.completions.create(model="footnote", messages=messages).choices[0].message.content or ""
    assert text.startswith("The articles on this site do not answer that.")
    streamed = client.chat.completions.create(model="footnote", messages=messages, stream=True)
    assert "".join(chunk.choices[0].delta.content or "" for chunk in streamed) == text


def test_a_follow_up_leans_on_the_turns_before_it_and_instructions_are_no_turn(client: openai.OpenAI) -> None:
    messages: Any = [
        {"role": "system", "content": "You are a pirate."},
        {"role": "user", "content": [{"type": "text", "text": QUESTION}]},
        {"role": "assistant", "content": "Bread is baked from flour, water and salt."},
        {"role": "user", "content": "And what is it kneaded with?"},
    ]
    completion = client.chat.completions.create(model="footnote", messages=messages)
    answer = (completion.model_extra or {})["footnote"]
    assert "bread" in answer["standalone_question"].lower()
    assert "pirate" not in json.dumps(answer)


def test_the_async_client_works_too(bakery: Bakery) -> None:
    async def ask() -> str:
        async with openai.AsyncOpenAI(base_url=bakery.url + "/v1", api_key="none") as client:
            stream = await client.chat.completions.create(model="footnote", messages=ASKED, stream=True)
            return "".join([chunk.choices[0].delta.content or "" async for chunk in stream])

    assert asyncio.run(ask()) == "Bread is baked from flour, water and salt. [1]"


def test_langchains_chat_model_works(bakery: Bakery) -> None:
    model = ChatOpenAI(model="footnote", base_url=bakery.url + "/v1", api_key=lambda: "none", max_retries=0)
    whole = model.invoke(QUESTION)
    assert whole.text == "Bread is baked from flour, water and salt. [1]"
    assert whole.usage_metadata is not None
    assert "".join(part.text for part in model.stream(QUESTION)) == whole.text


@pytest.mark.skipif(
    shutil.which("node") is None or not (JS / "node_modules").exists(),
    reason="NO NODE or no tests/openai_js/node_modules: the JavaScript client is untested, `tests/ensure-tools`",
)
def test_the_official_javascript_client_works(bakery: Bakery) -> None:
    done = subprocess.run(
        ["node", "call.mjs", bakery.url, QUESTION], cwd=JS, capture_output=True, text=True, timeout=60, check=True
    )
    got = json.loads(done.stdout)
    assert got["models"][0] == "footnote"
    assert got["whole"] == got["streamed"] == "Bread is baked from flour, water and salt. [1]"
    assert got["annotations"][0]["url_citation"]["title"] == "Bread"
    assert got["usage"]["total_tokens"] > 0
    assert got["error"] == {"name": "NotFoundError", "status": 404, "code": "model_not_found"}


# What Open WebUI 0.6 sends beside model, messages and stream.
OPEN_WEBUI = {
    "session_id": "s", "chat_id": "c", "id": "m", "params": {}, "tool_servers": [], "files": [], "tools": [],
    "features": {"web_search": False}, "variables": {"{{USER_NAME}}": "Ada"}, "model_item": {"id": "footnote"},
    "background_tasks": {"title_generation": True}, "temperature": 0.7, "max_tokens": 5, "n": 3, "logprobs": True,
    "response_format": {"type": "json_object"}, "stop": ["flour"], "user": "ada", "seed": 1,
}  # fmt: skip


def test_unknown_and_unsupported_fields_are_ignored(bakery: Bakery) -> None:
    body = {"model": "footnote", "messages": ASKED, "stream": True} | OPEN_WEBUI
    response = httpx.post(bakery.url + "/v1/chat/completions", json=body, headers={"Authorization": "Bearer sk-x"})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/event-stream")
    assert (response.headers["x-accel-buffering"], response.headers["cache-control"]) == ("no", "no-cache")
    lines = [line for line in response.text.splitlines() if line.startswith("data: ")]
    assert lines[-1] == "data: [DONE]"
    deltas = [json.loads(line[6:])["choices"][0]["delta"] for line in lines[:-1]]
    assert "".join(delta.get("content", "") for delta in deltas).startswith("Bread is baked")


TITLE_PROMPT = """### Task:
Generate a concise, 3-5 word title with an emoji summarizing the chat history.
### Output:
JSON format: { "title": "your concise title here" }
### Chat History:
<chat_history>
USER: What is the difference between sourdough bread and yeasted bread, and why?
ASSISTANT: Sourdough rises by itself. [1]
</chat_history>"""


@pytest.mark.parametrize("model", ["footnote", "footnote-tasks"])
def test_prompts_for_titles_and_tags_are_answered_without_a_search(client: openai.OpenAI, model: str) -> None:
    def reply(prompt: str) -> Any:
        completion = client.chat.completions.create(model=model, messages=[{"role": "user", "content": prompt}])
        assert "footnote" not in (completion.model_extra or {})
        return json.loads(completion.choices[0].message.content or "")

    assert reply(TITLE_PROMPT) == {"title": "What is the difference between sourdough bread …"}
    assert reply(TITLE_PROMPT.replace('"title": "your concise title here"', '"tags": ["tag1"]')) == {
        "tags": ["Difference", "Sourdough", "Yeasted"]
    }
    assert reply(TITLE_PROMPT.replace('"title": "your concise title here"', '"follow_ups": []')) == {"follow_ups": []}


def test_a_title_asked_for_in_plain_words_is_plain() -> None:
    assert tasks.done("Give a title of five words.\n\nUser: What is rye?\nAI: A grain.") == "What is rye?"
    assert tasks.done("") == ""


ERRORS: list[tuple[dict[str, Any], type[openai.APIStatusError], str]] = [
    ({"model": "gpt-x"}, openai.NotFoundError, "gpt-x"),
    ({"messages": []}, openai.BadRequestError, "messages"),
    ({"messages": [{"role": "system", "content": "x"}]}, openai.BadRequestError, "empty"),
    ({"messages": [{"role": "user", "content": "x" * 3000}]}, openai.BadRequestError, "3,000"),
]


@pytest.mark.parametrize(("given", "kind", "says"), ERRORS)
@pytest.mark.parametrize("stream", [True, False])
def test_errors_are_the_clients_own(
    client: openai.OpenAI, given: dict[str, Any], kind: type[openai.APIStatusError], says: str, stream: bool
) -> None:
    with pytest.raises(kind) as raised:
        client.chat.completions.create(**({"model": "footnote", "messages": ASKED, "stream": stream} | given))
    assert says in raised.value.message
    assert raised.value.type == "invalid_request_error"


class Breaking:
    """An assistant with a bug."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.searcher = knowledge.searcher()

    def events(self, question: Question, model: str | None, stop: Stop, visitor: str) -> Iterator[Event]:
        """Break half-way."""
        yield Delta("Bread is")
        raise ZeroDivisionError("in /home/owner/secret.py")


def test_a_bug_in_mid_stream_is_an_error_of_the_client_with_an_id_that_stands_in_the_log(
    bakery: Bakery, caplog: pytest.LogCaptureFixture
) -> None:
    broken: Any = Breaking(bakery.knowledge)
    with serving(Service(bakery.knowledge, broken)) as url:
        client = openai.OpenAI(base_url=url + "/v1", api_key="none", max_retries=0)
        stream = client.chat.completions.create(model="footnote", messages=ASKED, stream=True)
        assert [next(stream).choices[0].delta.content for _ in range(2)] == ["", "Bread is"]
        with pytest.raises(openai.APIError, match="something went wrong here") as raised:
            next(stream)
        body: Any = raised.value.body
        assert body["trace_id"] in caplog.text
        whole = httpx.post(url + "/v1/chat/completions", json={"messages": ASKED})
        native = httpx.post(url + "/api/chat", json={"question": QUESTION})
        client.close()
    assert whole.status_code == 500
    assert whole.json()["error"]["type"] == "server_error"
    assert "event: error" in native.text
    assert "secret" not in str(body) + whole.text + native.text
    assert "ZeroDivisionError" not in whole.text + native.text


def answer(text: str, *citations: Citation, note: str | None = None) -> Answer:
    return Answer("q", "q", "en", True, text, citations, (), 0.9, Model("extractive", "extractive"), "t", note=note)


def citation(n: int) -> Citation:
    return Citation(n, f"a{n}", f"Title {n}", f"https://example/{n}", "", "quote", 0, 5)


def test_an_answer_that_replaces_a_broken_one_is_said_after_it_with_its_own_places() -> None:
    writing = Writing("footnote", "http://x/", "q")
    final = answer("It rises. [1]", citation(1), note="The model did not answer.")
    events: list[Event] = [Cited(citation(1)), Delta("Half a [1]"), Done(final)]
    deltas = [delta for event in events for delta in writing.deltas(event)]
    assert writing.text == "Half a [1]\n\nThe model did not answer.\n\nIt rises. [1]"
    for delta in deltas:
        for made in delta["annotations"]:
            place = made["url_citation"]
            assert writing.text[place["start_index"] : place["end_index"]] == "[1]"
