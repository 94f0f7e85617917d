"""``footnote search``: the passages behind the answers."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from ui import batch as batches
from ui import console
from ui.opened import open_base, settings_for
from ui.options import Batch, DataDir, Json, Out

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
    from assistant.followup import readings
    from assistant.question import check

    settings = settings_for(data_dir)
    batches.check_choice(question, batch, out)
    if question is not None:
        check(question)
    with open_base(settings, NAME) as knowledge:
        searcher = knowledge.searcher()

        def found(text: str, history: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
            hits = searcher.search(readings(check(text, history)), k)
            return {"hits": [hit.as_dict(explain) for hit in hits]}

        if batch:
            done = batches.run(batch, out, found)
            console.note(f"{done} lines written to {out}")
            return
        result = found(question or "")
    if json:
        console.data(result)
        return
    for rank, hit in enumerate(result["hits"], 1):
        place = " > ".join(part for part in (hit["title"], hit["section"]) if part)
        stages = "  ".join(f"{name} {score:.3f}" for name, score in hit.get("stages", {}).items())
        console.text(f"{rank:2}. {hit['score']:.3f}  {place}  {stages}".rstrip())
        console.text(f"    {' '.join(hit['text'].split())[:160]}")
