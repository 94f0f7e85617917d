"""Kills ingests with signal 9 at seeded points, and says what the next run makes of each.

    python -m tests.ingest.kill_points FOLDER --points 200 --seed 0 [--pairs 20]

A point is the n-th call of a function that writes (catalogue, vectors, cache, writer); ``--points`` of them are drawn
from all that a clean run makes. Each ingest runs in a fork of this process, so that a restart loads nothing (Chroma,
datasketch, the model of languages); documents are read in the fork, since reading writes nothing. How far it is comes
on stderr.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from ingest import child, reader
from ingest.about import About
from ingest.progress import quiet
from ingest.sources import find_source
from ingest.sync import sync
from knowledge.telemetry import silence
from knowledge.wiring import Knowledge, open_knowledge

WRITING = (
    "/ingest/writer.py", "/ingest/embedding_cache.py", "/knowledge/catalogue.py", "/knowledge/vectors.py",
    "/knowledge/fulltext.py",
)  # fmt: skip
PAGE = "# Page {0}\n\nText of {0}.\n\n## More\n\nThe rest of {0}, as it was."


class Here:
    """Reads in this process."""

    read = staticmethod(reader.read)


def fill(folder: Path, new: bool) -> Path:
    """40 articles; of the new version most are changed, some added, some gone."""
    folder.mkdir(exist_ok=True)
    for number in range(4 if new else 0, 44 if new else 40):
        text = PAGE.format(number).replace("Text", "New text" if new and number % 4 else "Text")
        (folder / f"page{number}.md").write_text(text)
    for number in range(4 if new else 0):
        (folder / f"page{number}.md").unlink(missing_ok=True)
    return folder


def ingest(data: Path, source: Path, at: int = 0) -> int:
    """Bring a base in step; killed at the ``at``-th writing call. Returns how many there were."""
    calls = 0

    def count(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        if event == "call" and frame.f_code.co_filename.endswith(WRITING):
            calls += 1
            if calls == at:
                os.kill(os.getpid(), signal.SIGKILL)

    knowledge = open_knowledge(data, "hashing", "ingest")
    sys.setprofile(count)
    sync(knowledge, [find_source(str(source))], quiet)
    sys.setprofile(None)
    knowledge.close()
    return calls


def seen(knowledge: Knowledge) -> dict[str, Any]:
    """What a reader can see, and whether questions are answered."""
    generation = knowledge.generation()
    return {
        "articles": {one.article_id: one.text for one in knowledge.catalogue.articles()},
        "chunks": sorted(knowledge.catalogue.chunk_ids(generation)),
        "vectors": sorted(knowledge.vectors.ids(generation)),
        "hits": len(knowledge.searcher().search("text of page 7")),
    }


def state(data: Path, source: Path | None = None) -> list[dict[str, Any]]:
    """What is there, and what is there once ``source`` was ingested again."""
    knowledge = open_knowledge(data, "hashing", "look")
    states = [seen(knowledge)]
    if source:
        sync(knowledge, [find_source(str(source))], quiet)
        states.append(seen(knowledge))
    knowledge.close()
    return states


def forked(work: Callable[[], Any]) -> tuple[int, Any]:
    """``(exit status, result)`` of ``work`` in a process of its own."""
    reading, writing = os.pipe()
    if (process := os.fork()) == 0:
        os.close(reading)
        status = 1
        try:
            with os.fdopen(writing, "w") as out:
                json.dump(work(), out)
            status = 0
        finally:
            if status:
                traceback.print_exc()
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading) as answer:
        said = answer.read()
    return os.waitpid(process, 0)[1], json.loads(said) if said else None


def killed(work: Path, at: int, old: dict[str, Any], clean: dict[str, Any]) -> list[str]:
    """What went wrong at one point."""
    data = work / f"at{at}"
    shutil.copytree(work / "old", data)
    status, _ = forked(lambda: ingest(data, work / "articles", at))
    _, states = forked(lambda: state(data, work / "articles"))
    shutil.rmtree(data)
    wrong = [] if os.WIFSIGNALED(status) else ["it was not killed"]
    if not states or not states[0]["hits"]:
        return [*wrong, "the base did not answer after the kill"]
    between, after = states
    versions = (old["articles"], clean["articles"])
    mixed = [one for one, text in between["articles"].items() if text not in [v.get(one) for v in versions]]
    wrong += [f"{one} is half new" for one in mixed]
    return wrong + [f"{name} differ from a clean run's" for name in clean if after[name] != clean[name]]


def pair(work: Path, number: int, clean: dict[str, Any]) -> list[str]:
    """What went wrong when two ingests of one source ran at once."""
    data = work / f"pair{number}"
    shutil.copytree(work / "old", data)
    processes = []
    for _ in range(2):
        if (process := os.fork()) == 0:
            ingest(data, work / "articles")
            os._exit(0)
        processes.append(process)
    statuses = [os.waitpid(process, 0)[1] for process in processes]
    _, (after,) = forked(lambda: state(data))
    shutil.rmtree(data)
    return [f"ended with {one}" for one in statuses if one] + (
        [] if after == clean else ["it differs from a clean run"]
    )


def load() -> None:
    """What every ingest needs and is slow to load, once for all forks."""
    import chromadb  # noqa: F401
    import datasketch  # noqa: F401

    reader.parse(b"# Page\n\nText.", About("page", ".md", "page"))


def judged(trials: Mapping[str, Callable[[], list[str]]]) -> dict[str, list[str]]:
    """What went wrong, by trial."""
    wrong = {}
    for number, (name, trial) in enumerate(trials.items(), 1):
        if why := trial():
            wrong[name] = why
        print(f"{number} of {len(trials)}: {name}, {len(wrong)} wrong", file=sys.stderr, flush=True)  # noqa: T201
    return wrong


def main() -> None:
    """Command line; one JSON object on stdout, point to what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--points", type=int, default=200)
    parser.add_argument("--pairs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    child.shared = lambda: Here  # type: ignore[assignment]
    silence()
    load()
    work: Path = given.folder
    forked(lambda: ingest(work / "old", fill(work / "articles", new=False)))
    _, (old,) = forked(lambda: state(work / "old"))
    fill(work / "articles", new=True)
    shutil.copytree(work / "old", work / "clean")
    _, calls = forked(lambda: ingest(work / "clean", work / "articles"))
    _, (clean,) = forked(lambda: state(work / "clean"))
    points = sorted(random.Random(given.seed).sample(range(1, calls + 1), min(given.points, calls)))  # noqa: S311
    trials = {f"kill at {at} of {calls}": partial(killed, work, at, old, clean) for at in points}
    trials |= {f"pair {number}": partial(pair, work, number, clean) for number in range(given.pairs)}
    print(json.dumps({"points": len(points), "calls": calls, "wrong": judged(trials)}))  # noqa: T201


if __name__ == "__main__":
    main()
