"""A real client of the Model Context Protocol, over HTTP and over stdio."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from tests.ui.conftest import Bakery, Run, service_over
from ui.server.application import serving
from ui.server.line import Line
from ui.server.visitors import Visitors

QUESTION = "What is bread baked from?"

Use = Callable[[Client], Awaitable[Any]]


def with_client(where: Any, use: Use) -> Any:
    async def run() -> Any:
        async with Client(where) as client:
            return await use(client)

    return asyncio.run(run())


def called(where: Any, tool: str, **given: Any) -> Any:
    """The structured result of a tool; its text is the same as JSON."""

    async def use(client: Client) -> Any:
        result = await client.call_tool(tool, given)
        assert not result.is_error, result.content
        assert json.loads(result.content[0].text) == result.structured_content  # type: ignore[union-attr]
        return result.structured_content

    return with_client(where, use)


def failed(where: Any, tool: str, **given: Any) -> str:
    async def use(client: Client) -> str:
        result = await client.call_tool(tool, given)
        assert result.is_error
        return str(result.content[0].text)  # type: ignore[union-attr]

    return str(with_client(where, use))


@pytest.fixture
def mcp(bakery: Bakery) -> str:
    return bakery.url + "/mcp"


def test_the_tools_tell_what_they_take_and_give(mcp: str) -> None:
    tools = {tool.name: tool for tool in with_client(mcp, lambda client: client.list_tools()).tools}
    assert list(tools) == ["search", "fetch", "ask"]
    for tool in tools.values():
        assert tool.description
        assert tool.annotations.read_only_hint is True
        assert tool.output_schema["type"] == "object"
    assert tools["search"].input_schema["required"] == ["query"]
    assert tools["fetch"].input_schema["required"] == ["id"]
    assert "citations" in tools["ask"].output_schema["properties"]


def test_search_gives_what_fetch_takes(mcp: str, bakery: Bakery) -> None:
    found = called(mcp, "search", query="flour")["results"]
    assert found[0] == {"id": "bread", "title": "Bread", "url": f"{bakery.url}/articles/bread"}
    assert len({one["id"] for one in found}) == len(found)
    read = called(mcp, "fetch", id=found[0]["id"])
    assert "Bread is baked from flour, water and salt." in read.pop("text")
    assert read == found[0] | {"metadata": {"language": "en"}}
    assert httpx.get(read["url"]).status_code == 200


def test_ask_gives_the_documented_answer_and_tells_how_it_gets_on(mcp: str) -> None:
    told: list[str] = []

    async def hear(progress: float, total: float | None, message: str | None) -> None:
        told.append(message or "")

    async def use(client: Client) -> Any:
        return (await client.call_tool("ask", {"question": QUESTION}, progress_callback=hear)).structured_content

    answer = with_client(mcp, use)
    assert answer["answer"] == "Bread is baked from flour, water and salt. [1]"
    assert answer["citations"][0]["quote"] == "Bread is baked from flour, water and salt."
    assert told == ["Searching 2 articles …"]
    assert called(mcp, "ask", question="Who won the world cup in Brazil?")["answered"] is False


def test_errors_say_what_to_do(mcp: str, bakery: Bakery) -> None:
    assert "type a question" in failed(mcp, "ask", question=" ")
    assert "no article 'nowhere'" in failed(mcp, "fetch", id="nowhere")
    with serving(service_over(bakery.knowledge, line=Line(1, -1))) as full:
        assert "try again in 5 s" in failed(full + "/mcp", "ask", question=QUESTION)


CALL = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}


def test_the_rules_for_visitors_hold_here_too(bakery: Bakery) -> None:
    with serving(service_over(bakery.knowledge, visitors=Visitors(per_visitor=1))) as url:
        headers = {"Accept": "application/json, text/event-stream"}
        foreign = httpx.post(url + "/mcp", json=CALL, headers=headers | {"Origin": "https://evil.example"})
        assert (foreign.status_code, foreign.headers["content-type"]) == (403, "application/problem+json")
        assert httpx.post(url + "/mcp", json=CALL, headers=headers).status_code < 300
        assert httpx.post(url + "/mcp", json=CALL, headers=headers).status_code == 429


def test_a_local_client_starts_it_over_stdio(footnote: Run, folder: Path, tmp_path: Path) -> None:
    footnote("ingest", str(folder))
    command = str(Path(sys.executable).parent / "footnote")
    environment = {"FOOTNOTE_EMBEDDER": "hashing", "FOOTNOTE_OLLAMA_URL": "http://127.0.0.1:9"}
    server = StdioServerParameters(command=command, args=["mcp", "--data-dir", str(tmp_path / "data")], env=environment)

    async def use(client: Client) -> Any:
        found = await client.call_tool("search", {"query": "flour"})
        answer = await client.call_tool("ask", {"question": QUESTION})
        return found.structured_content, answer.structured_content

    found, answer = with_client(stdio_client(server), use)
    assert found["results"][0] == {"id": "bread", "title": "Bread", "url": "footnote:articles/bread"}
    assert answer["answered"] is True
