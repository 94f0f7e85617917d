"""Question sets in SQuAD's JSON form, made into a suite with its folder of articles.

Each title is an article, each paragraph one of its paragraphs; of several accepted answers the shortest is the fact
(Rajpurkar et al., ACL 2018, for the form with ``is_impossible``). A question whose answers are no whole words of its
paragraph is left out: sets have some, cut in the middle of a word.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from evals.metrics.matching import says
from knowledge.errors import UsageError
from knowledge.language import detect


@dataclass(frozen=True, slots=True)
class Converted:
    """The suite's file; questions left out as asked before, and as without words for an answer."""

    suite: Path
    repeated: int
    unsaid: int


def convert(source: Path, target: Path) -> Converted:
    """Write ``target/NAME.yaml`` and ``target/NAME/*.md``.

    Raises:
        UsageError: the file is not in SQuAD's form, or ``target`` cannot be written.
    """
    try:
        entries = json.loads(source.read_text(encoding="utf-8"))["data"]
        articles = target / source.stem
        articles.mkdir(parents=True, exist_ok=True)
        found: dict[str, dict[str, Any]] = {}
        repeated, unsaid = 0, 0
        for number, entry in enumerate(entries):
            contexts = "\n\n".join(paragraph["context"] for paragraph in entry["paragraphs"])
            head = json.dumps(str(entry.get("title") or number), ensure_ascii=False)
            (articles / f"{number}.md").write_text(f"---\ntitle: {head}\n---\n{contexts}\n", encoding="utf-8")
            for case in _cases(entry, str(number)):
                if case["answerable"] and not case["facts"]:
                    unsaid += 1
                    continue
                repeated += case["question"].casefold() in found
                found.setdefault(case["question"].casefold(), case)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{source} is not in SQuAD's form: {error}", "give a file like dev-v2.0.json") from error
    suite = {"name": source.stem, "knowledge": source.stem, "cases": list(found.values())}
    path = target / f"{source.stem}.yaml"
    path.write_text(yaml.safe_dump(suite, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return Converted(path, repeated, unsaid)


def _cases(entry: Mapping[str, Any], article_id: str) -> Iterator[dict[str, Any]]:
    for paragraph in entry["paragraphs"]:
        for asked in paragraph["qas"]:
            question = " ".join(asked["question"].split())
            case = {"id": str(asked["id"]), "question": question, "language": detect(paragraph["context"])}
            if asked.get("is_impossible") or not asked["answers"]:
                yield case | {"answerable": False}
            else:
                texts = sorted((answer["text"] for answer in asked["answers"]), key=len)
                facts = [text for text in texts if says(paragraph["context"], text)][:1]
                yield case | {"articles": [article_id], "facts": facts, "answerable": True}
