"""``footnote ask``: one question, or a file of them."""

from typing import TYPE_CHECKING, Annotated

import typer

from ui.handing.asking import answering
from ui.handing.inquiries import Ask
from ui.opened import settings_for
from ui.terminal import batch as batches
from ui.terminal import console
from ui.terminal.options import Batch, DataDir, Json, Out

if TYPE_CHECKING:
    from assistant.answer import Answer

NAME = "ask"


def command(
    question: Annotated[str | None, typer.Argument(help="What you want to know.", show_default=False)] = None,
    model: Annotated[
        str | None,
        typer.Option(
            "--model", help="extractive, local, closed or a model's name. [env: FOOTNOTE_MODEL]", show_default=False
        ),
    ] = None,
    batch: Batch = None,
    out: Out = None,
    data_dir: DataDir = None,
    json: Json = False,
) -> None:
    """Answer a question from the articles, with footnotes.

    Examples: footnote ask "What is RAG?"  |  footnote ask --batch questions.jsonl --out answers.jsonl
    """
    from assistant.answer import Answer
    from assistant.question import check

    settings = settings_for(data_dir, model=model)
    batches.check_choice(question, batch, out)
    if question is not None:
        check(question)
    with answering(settings, NAME) as answered:
        if batch:
            done = batches.run(batch, out, lambda text, turns: answered(Ask.with_settings(text, turns, settings)))
            console.note(f"{done} lines written to {out}")
            return
        said = answered(Ask.with_settings(question or "", (), settings))
    if json:
        console.data(said)
    else:
        _tell(Answer.from_dict(said))


def _tell(answer: "Answer") -> None:
    console.text(answer.answer)
    console.text()
    for citation in answer.citations:
        place = " > ".join(part for part in (citation.title, citation.section) if part)
        console.text(f"[{citation.n}] {place}: “{' '.join(citation.quote.split())}”")
    for near in answer.nearest:
        console.text(f"nearest: {near.title} ({near.url or near.article_id})")
    if answer.note:
        console.note(answer.note)
    console.note(_written(answer))


def _written(answer: "Answer") -> str:
    """Who wrote it, and whether it left."""
    who = "without a language model" if answer.model.kind == "extractive" else f"by {answer.model.name}"
    left = (
        f"text left this environment, {answer.cost_usd:.5f} US dollars" if answer.left_environment else "nothing left"
    )
    return f"written {who}; {left}"
