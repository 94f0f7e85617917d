"""A public retrieval set in BEIR's form, so that anyone can check the search on questions nobody here wrote.

``corpus.jsonl`` (``_id``, ``title``, ``text``), ``queries.jsonl`` (``_id``, ``text``) and judgements as ``qrels.tsv``
or ``qrels/test.tsv`` (Thakur et al., NeurIPS 2021). The folder's name is recorded, nothing of its content.
"""

import csv
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.metrics.ranking import ndcg, recall, reciprocal_rank
from evals.metrics.statistics import interval
from ingest.progress import quiet
from ingest.sources import Files
from ingest.sync import sync
from knowledge.errors import UsageError
from knowledge.searcher import Searcher
from knowledge.wiring import Knowledge

DEPTH = 100
QRELS = ("qrels.tsv", "qrels/test.tsv")

Ranking = list[tuple[str, float]]  # document, score; best first


@dataclass(frozen=True, slots=True)
class Judged:
    """``queries`` that have a relevant document; ``relevant`` grades by query and document, above 0."""

    name: str
    documents: Mapping[str, Mapping[str, Any]]
    queries: Mapping[str, str]
    relevant: Mapping[str, Mapping[str, float]]


def load(folder: Path) -> Judged:
    """The set in a folder.

    Raises:
        UsageError: a file is missing or not in form.
    """
    try:
        documents = {str(row["_id"]): row for row in _lines(folder / "corpus.jsonl")}
        texts = {str(row["_id"]): str(row["text"]) for row in _lines(folder / "queries.jsonl")}
        relevant = _qrels(next(path for name in QRELS if (path := folder / name).exists()))
    except StopIteration:
        raise UsageError(f"{folder} has neither {' nor '.join(QRELS)}", "give a folder in BEIR's form") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{folder} is not a set in BEIR's form: {error}", "see docs/evals.md") from error
    return Judged(folder.name, documents, {query: texts[query] for query in relevant if query in texts}, relevant)


def ingest(judged: Judged, knowledge: Knowledge) -> None:
    """The documents as articles, written beside the base under numbers: their ids may be no file names."""
    work = knowledge.folder / "documents"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    for number, row in enumerate(judged.documents.values()):
        title = " ".join(str(row.get("title") or "").split())
        head = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n" if title else ""
        (work / f"{number}.md").write_text(f"{head}{row['text']}\n", encoding="utf-8")
    sync(knowledge, [Files(judged.name, work)], quiet)


def search(judged: Judged, searcher: Searcher) -> dict[str, Ranking]:
    """A ranking of documents for every query: each at its best chunk."""
    names = list(judged.documents)
    found: dict[str, Ranking] = {}
    for query, text in judged.queries.items():
        best: dict[str, float] = {}
        for hit in searcher.search(text, DEPTH):
            best.setdefault(names[int(hit.article_id)], hit.score)
        found[query] = list(best.items())
    return found


def measure(judged: Judged, rankings: Mapping[str, Ranking]) -> dict[str, dict[str, Any]]:
    """``mean`` and 95 % ``interval`` of each metric over the queries."""
    columns: dict[str, list[float]] = {"ndcg_at_10": [], "recall_at_5": [], "recall_at_100": [], "mrr": []}
    for query, ranking in rankings.items():
        ranked, relevant = [name for name, _ in ranking], judged.relevant[query]
        columns["ndcg_at_10"].append(ndcg(ranked, relevant, 10))
        columns["recall_at_5"].append(recall(ranked, relevant, 5))
        columns["recall_at_100"].append(recall(ranked, relevant, 100))
        columns["mrr"].append(reciprocal_rank(ranked, relevant))
    return {name: {"mean": sum(own) / len(own), "interval": interval(own)} for name, own in columns.items() if own}


def trec(rankings: Mapping[str, Sequence[tuple[str, float]]]) -> str:
    """A TREC run file, ``query Q0 document rank score footnote``; scores fall with the rank: trec_eval sorts so."""
    lines = []
    for query, ranking in rankings.items():
        for rank, (document, _) in enumerate(ranking, 1):
            lines.append(f"{query} Q0 {document} {rank} {len(ranking) - rank + 1} footnote")
    return "\n".join(lines) + "\n"


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _qrels(path: Path) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for query, document, grade in list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]:
            if float(grade) > 0:
                found.setdefault(query, {})[document] = float(grade)
    return found
