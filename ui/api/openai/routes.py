"""``/v1/models`` and ``/v1/chat/completions``."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response

from assistant.events import Event, Status
from assistant.question import Question
from ui.api.event_stream import DOCUMENTED, EventStream, event
from ui.api.openai import tasks
from ui.api.openai.request import MODELS, Completion, known_model
from ui.api.openai.writing import Writing
from ui.server import problems
from ui.server.answering import InLine, answered, finished
from ui.server.held import Held
from ui.server.visitors import admitted

ERRORS: dict[int | str, dict[str, Any]] = {
    "default": {"description": "OpenAI's error", "content": {"application/json": {"schema": {
        "type": "object", "required": ["error"], "properties": {"error": {
            "type": "object", "required": ["message", "type", "param", "code"]}}}}}}
}  # fmt: skip
router = APIRouter(prefix="/v1", dependencies=[Depends(admitted)], tags=["OpenAI"], responses=ERRORS)

# The day on which these ids were given, in seconds since 1970; clients show it, none relies on it.
CREATED = 1_795_478_400
# What nginx logs of a client that hung up; nobody reads the response.
CLIENT_LEFT = 499


async def _question(asked: Completion) -> Question | None:
    return None if asked.task is not None else asked.question()


Checked = Annotated[Question | None, Depends(_question)]


@router.get("/models", operation_id="list_models")
async def models() -> dict[str, Any]:
    """Our models: answers with footnotes, and titles and tags for clients that ask for them."""
    return {"object": "list", "data": [_model(name) for name in MODELS]}


@router.get("/models/{name}", operation_id="read_model")
async def model(name: str) -> dict[str, Any]:
    """One model."""
    return _model(known_model(name))


@router.post("/chat/completions", operation_id="create_chat_completion", responses=DOCUMENTED)
async def complete(asked: Completion, question: Checked, service: Held, request: Request, ticket: InLine) -> Response:
    """Answer the last message of the user, as OpenAI's clients expect it, streamed or whole."""
    writing = Writing(asked.model, service.address(request), "".join(message.text for message in asked.messages))
    if question is None:
        deltas = _of_task(asked.task or "", writing)
    else:
        deltas = _of_answer(answered(service, ticket, question, None), writing)
    if asked.stream:
        usage = bool(asked.stream_options and asked.stream_options.include_usage)
        return EventStream(_streamed(deltas, writing, usage))
    done = await finished(request, _all(deltas))
    return JSONResponse(writing.completion()) if done else Response(status_code=CLIENT_LEFT)


async def _all(deltas: AsyncIterator[dict[str, Any] | str]) -> None:
    async for _ in deltas:
        pass


async def _of_task(prompt: str, writing: Writing) -> AsyncIterator[dict[str, Any] | str]:
    yield writing.said(tasks.done(prompt))


async def _of_answer(events: AsyncIterator[list[Event]], writing: Writing) -> AsyncIterator[dict[str, Any] | str]:
    """Deltas; a text is a comment, for what goes on before there is one."""
    async for made in events:
        for one in made:
            if isinstance(one, Status):
                yield one.text
            for delta in writing.deltas(one):
                yield delta


async def _streamed(deltas: AsyncIterator[dict[str, Any] | str], writing: Writing, usage: bool) -> AsyncIterator[str]:
    yield event(writing.chunk({"role": "assistant", "content": ""}))
    try:
        async for delta in deltas:
            yield f": {delta}\n\n" if isinstance(delta, str) else event(writing.chunk(delta))
        yield event(writing.chunk({}, "stop"))
        if usage:
            yield event(writing.usage_chunk())
    except Exception as error:  # noqa: BLE001 (told to the client; a bug is logged with its traceback)
        yield event(problems.of(error).as_openai())
    yield "data: [DONE]\n\n"


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": CREATED, "owned_by": "footnote"}
