"""Where support ends: statements against the passage that carries them, and against passages that do not.

    python -m benchmarks.support SET_FOLDER

``SET_FOLDER`` is a set with human answers to its questions (CLAPnq): every sentence of an answer is a statement, its
question's gold passage carries it; the passage of another question does not.
Questions alternate between the halves: the threshold is chosen on ``dev``, both are reported.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from assistant.grounding import LEAST, Grounding
from assistant.piece import Evidence, Piece
from assistant.statements import statements
from ingest.progress import quiet
from ingest.readers.plain import blocks
from ingest.sources import Files
from ingest.sync import sync
from knowledge.hit import Hit
from knowledge.language import detect
from knowledge.wiring import open_knowledge


def pairs(folder: Path) -> list[tuple[str, Hit]]:
    """Statements with the passage that carries them."""
    texts = {row["_id"]: row for row in _lines(folder / "corpus.jsonl")}
    rows = [line.split("\t") for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    gold = {row[0]: row[-2] if row[-2] in texts else row[2] for row in rows}
    found = []
    for query in _lines(folder / "queries.jsonl"):
        if query["_id"] in gold and query.get("answers"):
            hit = _hit(texts[gold[query["_id"]]])
            found += [(said, hit) for said in statements([query["answers"][0]]) if len(said.split()) > 4]
    return found


def _lines(path: Path) -> Iterator[dict[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _hit(row: dict[str, str]) -> Hit:
    text = row["text"]
    return Hit(row["_id"], row["title"], None, row.get("heading", ""), row["_id"], text, 0, len(text), 1.0,
               blocks=tuple(blocks(text)))  # fmt: skip


def judged(grounding: Grounding, text: str, hit: Hit) -> float:
    """The score of a statement with the whole passage as its quotation; -1 where figures or names decide."""
    piece = Piece("sentence", text, (Evidence(hit, hit.start, hit.end),))
    score = grounding.score(piece, detect(text))
    why = grounding.doubt(piece)
    return -1.0 if why and "passage lacks" in why else score


def main(folder: Path) -> None:
    """Print the table."""
    found = pairs(folder)
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "articles").mkdir()
        (Path(place) / "articles" / "a.md").write_text("# A\n\nAn article.", encoding="utf-8")
        knowledge = open_knowledge(Path(place) / "base", "all-MiniLM-L6-v2", "benchmark")
        sync(knowledge, [Files("articles", Path(place) / "articles")], quiet)
        grounding = Grounding(knowledge.searcher())
        right = [judged(grounding, text, hit) for text, hit in found]
        wrong = [judged(grounding, text, found[(n + 7) % len(found)][1]) for n, (text, _) in enumerate(found)]
        knowledge.close()
    print(f"{len(found)} statements; threshold in use {LEAST}")
    for least in (0.0, 0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7):
        cells = []
        for half in (0, 1):
            kept = sum(score >= least for score in right[half::2]) / len(right[half::2])
            passed = sum(score >= least for score in wrong[half::2]) / len(wrong[half::2])
            cells += [f"{kept:.3f}", f"{passed:.3f}"]
        print(f"{least:.2f}  dev kept {cells[0]} passed {cells[1]}   untouched kept {cells[2]} passed {cells[3]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
