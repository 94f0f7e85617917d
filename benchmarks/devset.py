"""A question set in a folder: ``docs/*.md`` to ingest, ``corpus.jsonl`` of judged units, queries and qrels.

Units have offsets into the documents; a chunk stands for every unit with which it shares at least half of
the shorter one. Sets are split in two halves by document: tuning looks at ``dev`` only.
"""

import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from ingest import invisible
from ingest.progress import quiet
from ingest.sources import Files
from ingest.sync import sync
from knowledge.catalogue import Catalogue
from knowledge.hit import Hit
from knowledge.wiring import Knowledge, open_knowledge

Half = Literal["dev", "untouched"]


@dataclass(frozen=True)
class Devset:
    """One set; only the folder's name is ever printed."""

    folder: Path

    @property
    def name(self) -> str:
        """What is recorded."""
        return self.folder.name

    @cached_property
    def queries(self) -> list[dict[str, Any]]:
        """All questions as they stand in the file."""
        return [json.loads(line) for line in (self.folder / "queries.jsonl").open(encoding="utf-8")]

    @cached_property
    def units(self) -> dict[str, dict[str, Any]]:
        """Judged units by id, with ``doc``, ``start``, ``end``, ``text``."""
        rows = (json.loads(line) for line in (self.folder / "corpus.jsonl").open(encoding="utf-8"))
        return {row["_id"]: row for row in rows}

    @cached_property
    def relevant(self) -> dict[str, dict[str, float]]:
        """Grades by query and unit."""
        found: dict[str, dict[str, float]] = {}
        with (self.folder / "qrels.tsv").open(encoding="utf-8") as file:
            for query, unit, grade in list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]:
                found.setdefault(query, {})[unit] = float(grade)
        return found

    def half(self, query: dict[str, Any]) -> Half:
        """By the document of the first relevant unit, by the question itself where there is none."""
        units = self.relevant.get(query["_id"], {})
        key = next((self.units[unit]["doc"] for unit in units if unit in self.units), query["_id"])
        return "dev" if hashlib.sha256(key.encode()).digest()[0] % 2 else "untouched"

    def ingest(self, cache: Path, embedder: str) -> Knowledge:
        """The set's documents in a data folder under ``cache``."""
        knowledge = open_knowledge(cache / f"{self.name}-{embedder}", embedder, "benchmark")
        sync(knowledge, [Files(self.name, self.folder / "docs")], quiet)
        return knowledge


def turns(query: dict[str, Any]) -> list[dict[str, str]]:
    """The conversation before a query, as ``assistant.question.check`` takes it."""
    return [{"role": turn["role"], "content": turn["text"]} for turn in query.get("history", [])]


class Located:
    """Tells which units a hit stands for, by the units' places in the cleaned articles."""

    def __init__(self, devset: Devset, catalogue: Catalogue) -> None:
        self.missing = 0
        self._by_article: dict[str, list[tuple[int, int, str]]] = {}
        texts = {article.article_id: article.text for article in catalogue.articles()}
        canonical = catalogue.canonicals()  # found in the stead of an article that nearly repeats it
        for unit, row in devset.units.items():
            own = Path(row["doc"]).with_suffix("").as_posix()
            text = invisible.removed(row["text"].replace("\r\n", "\n").replace("\r", "\n"))  # as ingest reads it
            self.missing += text not in texts.get(own, "")
            for article_id in {own, canonical.get(own, own)}:
                if (at := texts.get(article_id, "").find(text)) >= 0:
                    self._by_article.setdefault(article_id, []).append((at, at + len(text), unit))

    def units(self, hits: list[Hit]) -> list[str]:
        """Unit ids in order of the hits, each at its first rank; a hit that stands for none keeps its place."""
        return list(dict.fromkeys(unit for hit in hits for unit in self._of(hit)))

    def _of(self, hit: Hit) -> Iterator[str]:
        found = False
        for start, end, unit in self._by_article.get(hit.article_id, []):
            shared = min(end, hit.end) - max(start, hit.start)
            if shared >= 0.5 * min(end - start, hit.end - hit.start):
                found = True
                yield unit
        if not found:
            yield f"chunk:{hit.chunk_id}"
