"""``footnote search``: the passages behind the answers."""

from typing import Annotated

import typer

from ui.handing.asking import searching
from ui.handing.inquiries import Search
from ui.opened import settings_for
from ui.terminal import batch as batches
from ui.terminal import console
from ui.terminal.options import Batch, DataDir, Json, Out

NAME = "search"


def command(
    question: Annotated[str | None, typer.Argument(help="What to look for.", show_default=False)] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many hits.")] = 10,
    explain: Annotated[bool, typer.Option("--explain", help="Show each stage's score.")] = False,
    batch: Batch = None,
    out: Out = None,
    data_dir: DataDir = None,
    json: Json = False,
) -> None:
    """Find the passages that fit a question, best first.

    Examples: footnote search "licence of Llama" -k 5  |  footnote search --batch questions.jsonl --out hits.jsonl
    """
    from assistant.question import check

    settings = settings_for(data_dir)
    batches.check_choice(question, batch, out)
    if question is not None:
        check(question)
    with searching(settings, NAME) as found:
        if batch:
            done = batches.run(batch, out, lambda text, turns: found(Search(text, turns, k, explain)))
            console.note(f"{done} lines written to {out}")
            return
        result = found(Search(question or "", (), k, explain))
    if json:
        console.data(result)
        return
    for rank, hit in enumerate(result["hits"], 1):
        place = " > ".join(part for part in (hit["title"], hit["section"]) if part)
        stages = "  ".join(f"{name} {score:.3f}" for name, score in hit.get("stages", {}).items())
        console.text(f"{rank:2}. {hit['score']:.3f}  {place}  {stages}".rstrip())
        console.text(f"    {' '.join(hit['text'].split())[:160]}")
