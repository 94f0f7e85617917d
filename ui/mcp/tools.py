"""The tools ``search``, ``fetch`` and ``ask``. The first two have the shapes that ChatGPT's connectors expect."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Annotated, Any, ParamSpec, TypeVar, cast

from anyio import to_thread
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field
from typing_extensions import TypedDict

from assistant.events import Done, Status
from assistant.followup import readings
from assistant.question import check
from knowledge.article import Article
from knowledge.errors import FootnoteError
from ui.addresses import address
from ui.api.shapes import AnswerShape
from ui.server.answering import answered
from ui.server.service import Service
from ui.server.visitors import visitor

P = ParamSpec("P")
Out = TypeVar("Out")

INSTRUCTIONS = (
    "Answers and passages from the articles of one site. `ask` gives a checked answer with footnotes, or says that no "
    "article answers; `search` finds articles and `fetch` reads one."
)
READ_ONLY = ToolAnnotations(read_only_hint=True, open_world_hint=False)
# Hits looked at for a list of articles; several are of one article.
HITS = 20

Query = Annotated[str, Field(description="A question or a few words, in any language the articles have.")]
ArticleId = Annotated[str, Field(description="The id of an article, as search gives it.")]


class Found(TypedDict):
    """An article that fits."""

    id: str
    title: str
    url: str


class Results(TypedDict):
    """Articles, best first."""

    results: list[Found]


class Document(TypedDict):
    """A whole article."""

    id: str
    title: str
    text: str
    url: str
    metadata: dict[str, str]


def make_server(service: Service) -> MCPServer[Any]:
    """A server with the tools, over an open service; it may be run on any of the SDK's transports."""
    server: MCPServer[Any] = MCPServer("footnote", "Footnote", instructions=INSTRUCTIONS, log_level="WARNING")

    @server.tool(title="Search the articles", annotations=READ_ONLY)
    @_told
    async def search(query: Query, ctx: Context) -> Results:
        """Find articles that fit a question, best first."""
        asked = readings(check(query))
        hits = await to_thread.run_sync(service.assistant.searcher.search, asked, HITS)
        first = {hit.article_id: hit for hit in reversed(hits)}
        ranked = dict.fromkeys(hit.article_id for hit in hits)
        return {
            "results": [_found(service, ctx, first[one].article_id, first[one].title, first[one].url) for one in ranked]
        }

    @server.tool(title="Read an article", annotations=READ_ONLY)
    @_told
    async def fetch(id: ArticleId, ctx: Context) -> Document:
        """Read the whole text of one article."""
        article = await to_thread.run_sync(service.knowledge.catalogue.article, id)
        if article is None:
            raise ToolError(f"there is no article {id[:80]!r}; take an id that search gives")
        found = _found(service, ctx, article.article_id, article.title, article.url)
        return {**found, "text": article.text, "metadata": _metadata(article)}

    @server.tool(title="Ask the articles", annotations=READ_ONLY)
    @_told
    async def ask(question: Query, ctx: Context) -> AnswerShape:
        """Answer a question from the articles alone, every statement with a footnote that quotes its source."""
        checked, steps = check(question), 0
        with service.line.ticket(_client(ctx)) as ticket:
            async for made in answered(service, ticket, checked, None):
                for event in made:
                    if isinstance(event, Status):
                        steps += 1
                        await ctx.report_progress(steps, None, event.text)
                    elif isinstance(event, Done):
                        return cast("AnswerShape", event.answer.as_dict())
        raise AssertionError("an answer ends with Done")

    return server


def _told(tool: Callable[P, Awaitable[Out]]) -> Callable[P, Awaitable[Out]]:
    """Errors for people reach the client in full; of others the SDK tells nothing and logs the traceback."""

    @wraps(tool)
    async def run(*given: P.args, **named: P.kwargs) -> Out:
        try:
            return await tool(*given, **named)
        except FootnoteError as error:
            raise ToolError(f"{error}; {error.hint}") from error

    return run


def _client(ctx: Context) -> str:
    request = ctx.request_context.request
    return visitor(request) if request else "stdio"


def _found(service: Service, ctx: Context, article_id: str, title: str, url: str | None) -> Found:
    """An article without an address of its own is shown by this server, if there is one."""
    request = ctx.request_context.request
    base = service.address(request) if request else "footnote:"
    return {"id": article_id, "title": title, "url": address(article_id, url, base=base)}


def _metadata(article: Article) -> dict[str, str]:
    told = {
        "language": article.language,
        "author": article.author,
        "created": article.created,
        "updated": article.updated,
    }
    return {name: value for name, value in told.items() if value} | (
        {"ai_generated": "true"} if article.ai_generated else {}
    )
