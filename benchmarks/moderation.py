"""False alarms of the rules of moderation: on harmless questions and texts.

    python -m benchmarks.moderation SET_FOLDER ...

Prints, per set, how many of its questions and of its documents' lines raise an alarm, with the texts that do: a
person says which alarms are false. The harmless look-alikes are ``tests/assistant/look_alikes.txt``.
"""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from assistant.models.call import Call
from assistant.moderation import Rules

LOOK_ALIKES = Path(__file__).parent.parent / "tests" / "assistant" / "look_alikes.txt"


def alarms(name: str, texts: Iterable[str]) -> None:
    """Print one line, and one more for each alarm."""
    rules, count, found = Rules(), 0, []
    for text in texts:
        count += 1
        if category := rules.alarm(text, Call()):
            found.append(f"    {category}: {' '.join(text.split())[:160]}")
    print(f"{name:40} {len(found)} of {count:,}", *found, sep="\n")


def questions(folder: Path) -> Iterable[str]:
    """Those of a set."""
    for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines():
        yield str(json.loads(line)["text"])


def said(folder: Path) -> Iterable[str]:
    """The lines of its documents that hold anything; a paragraph is one."""
    for path in sorted((folder / "docs").rglob("*.md")):
        yield from filter(str.strip, path.read_text(encoding="utf-8").splitlines())


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    alarms("look-alikes", LOOK_ALIKES.read_text(encoding="utf-8").splitlines())
    for folder in parser.parse_args().folders:
        alarms(f"{folder.name}, questions", questions(folder))
        alarms(f"{folder.name}, lines", said(folder))


if __name__ == "__main__":
    main()
