"""How search, ingest, memory and disk grow with the number of chunks.

    python -m benchmarks.scale [--sizes 1000 3000 10000 30000 100000 300000] [--plot docs/images/scale.svg]

One base grows from size to size through the product's own writer, Chroma and SQLite; only words and vectors are
made up. Per size: milliseconds of a question's embedding by the default embedder, of a search with it, of a search
for which the vector is there at once and of the processor in that (which other users of the machine disturb less), and
of its two stages; chunks a second since the size before without any embedding, resident memory of this process, and
disk. Needs Linux.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.scale.plot import svg
from benchmarks.scale.real import TimedLike, exported
from benchmarks.scale.synthetic import PARAGRAPHS, Language, SyntheticEmbedder
from benchmarks.startup import resident
from ingest.batches import batches
from ingest.report import Report
from ingest.scan import Found
from ingest.writer import Writer
from knowledge import fulltext
from knowledge.embedder import Embedder
from knowledge.searcher import DEPTH
from knowledge.terms import terms
from knowledge.wiring import Knowledge, open_knowledge

SIZES = (1000, 3000, 10_000, 30_000, 100_000, 300_000)
QUESTIONS = 60
TIMES = ("embedding", "search", "without embedding", "processor", "dense", "full text")
COLUMNS = (*(f"{name} ms" for name in TIMES), "chunks/s", "MiB", "vectors MB", "catalogue MB", "cache MB")


def grow(knowledge: Knowledge, language: Language, start: int, stop: int) -> float:
    """Write articles ``start`` to ``stop``; returns chunks a second."""
    writer = Writer(knowledge, knowledge.writable_generation(), Report())
    started = time.perf_counter()
    for batch in batches(language.articles(start, stop)):
        writer.write(writer.prepared([Found(article, article.article_id) for article in batch]), "made")
    writer.end()
    return (stop - start) * PARAGRAPHS / (time.perf_counter() - started)


def measure(knowledge: Knowledge, real: Embedder, language: Language, articles: int) -> tuple[float, ...]:
    """Median milliseconds of each of ``TIMES``, each search with questions of its own."""
    searcher, chance = knowledge.searcher(), random.Random(articles)  # noqa: S311 (not for secrets)
    searcher.search(questions(language, articles, chance)[0])  # opens the vectors

    def searches(embedder: Embedder, clock: Callable[[], float] = time.perf_counter) -> float:
        searcher.embedder = embedder
        return _median(searcher.search, questions(language, articles, chance), clock)

    synthetic, asked = knowledge.embedder, questions(language, articles, chance)
    vectors = {question: knowledge.embedder.embed_question(question) for question in asked}

    def full_text(question: str) -> object:
        wanted = terms(question, "en")
        with knowledge.catalogue.engine.connect() as connection:
            counts = fulltext.document_counts(connection, wanted)
            return fulltext.search(connection, wanted, counts, searcher.generation, DEPTH)

    return (
        _median(real.embed_question, asked),
        searches(TimedLike(synthetic, real)),
        searches(synthetic),
        searches(synthetic, time.process_time),
        _median(lambda question: knowledge.vectors.nearest(searcher.generation, vectors[question], DEPTH), asked),
        _median(full_text, asked),
    )


def questions(language: Language, articles: int, chance: random.Random) -> list[str]:
    """Of as many articles."""
    numbers = (chance.randrange(articles) for _ in range(QUESTIONS))
    return [language.question(next(language.articles(number, number + 1)), chance) for number in numbers]


def _median(
    work: Callable[[str], object], questions: list[str], clock: Callable[[], float] = time.perf_counter
) -> float:
    taken = []
    for question in questions:
        started = clock()
        work(question)
        taken.append((clock() - started) * 1000)
    return float(np.median(taken))


def megabytes(path: Path) -> float:
    """Of a file or a folder."""
    files = path.rglob("*") if path.is_dir() else path.parent.glob(f"{path.name}*")  # SQLite's journal beside it
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--plot", type=Path)
    given = parser.parse_args()
    language, rows = Language(), list[tuple[float, ...]]()
    print("| chunks | " + " | ".join(COLUMNS) + " |\n|---" + "|---" * len(COLUMNS) + "|")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        knowledge = open_knowledge(folder, "hashing", "benchmark")
        real, knowledge.embedder = exported(folder), SyntheticEmbedder()
        for before, size in zip((0, *given.sizes), given.sizes, strict=False):
            rate = grow(knowledge, language, before // PARAGRAPHS, size // PARAGRAPHS)
            times = measure(knowledge, real, language, size // PARAGRAPHS)
            disk = (megabytes(folder / name) for name in ("chroma", "catalogue.sqlite", "embeddings.sqlite"))
            rows.append((*times, rate, resident(), *disk))
            print(f"| {size:,} | " + " | ".join(f"{value:,.1f}" for value in rows[-1]) + " |", flush=True)
        knowledge.close()
    if given.plot:
        columns = dict(zip(COLUMNS, zip(*rows, strict=True), strict=True))
        given.plot.write_text(svg(given.sizes, charts(columns)), encoding="utf-8")


def charts(columns: dict[str, tuple[float, ...]]) -> dict[str, dict[str, tuple[float, ...]]]:
    """What goes into which chart."""
    return {
        "milliseconds a question": {name: columns[f"{name} ms"] for name in TIMES},
        "chunks written a second": {"ingest without embedding": columns["chunks/s"]},
        "resident memory, MiB": {"process": columns["MiB"]},
        "disk, MB": {name: columns[f"{name} MB"] for name in ("vectors", "catalogue", "cache")},
    }


if __name__ == "__main__":
    main()
