"""nDCG@10 of chunks of any cut: one stands for each judged unit with which it shares half of the shorter."""

from statistics import mean

from benchmarks.devset import Devset
from evals.metrics.ranking import ndcg

ENDS = 60


class Quality:
    """Judges answers ``[(document, text), ...]`` by the places of the texts in the documents."""

    def __init__(self, devset: Devset, docs: dict[str, str], questions: list[dict[str, str]]) -> None:
        self._devset = devset
        self._docs = docs
        self._questions = questions
        self._units: dict[str, list[tuple[int, int, str]]] = {}
        for unit, row in devset.units.items():
            at = docs.get(row["doc"], "").find(row["text"])
            if at >= 0:
                self._units.setdefault(row["doc"], []).append((at, at + len(row["text"]), unit))

    def ndcg(self, found: list[list[tuple[str, str]]]) -> float:
        """Mean over the questions."""
        relevant = (self._devset.relevant[question["_id"]] for question in self._questions)
        return mean(ndcg(self._ranked(chunks), wanted, 10) for chunks, wanted in zip(found, relevant, strict=True))

    def _ranked(self, chunks: list[tuple[str, str]]) -> list[str]:
        """Units in order of the chunks; a chunk that stands for none keeps its place."""
        ranked = []
        for rank, (doc, text) in enumerate(chunks):
            start, end = self._place(doc, text)
            shares = [
                unit for first, last, unit in self._units.get(doc, [])
                if min(end, last) - max(start, first) >= 0.5 * min(end - start, last - first)
            ]  # fmt: skip
            ranked += shares or [f"none-{rank}"]
        return list(dict.fromkeys(ranked))

    def _place(self, doc: str, text: str) -> tuple[int, int]:
        """Where a chunk stands, by its beginning and its end: some peers change the white space between."""
        source, text = self._docs[doc], text.strip()
        start = source.find(text[:ENDS])
        end = source.find(text[-ENDS:], start)
        return (start, end + ENDS) if start >= 0 and end >= 0 else (-1, -1)
