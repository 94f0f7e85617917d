"""What a run was made of: versions, digests, settings and machine, so that a figure can be traced."""

import hashlib
import os
import platform
import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from assistant.models.seed import FIRST
from assistant.prompt import ANSWER, prompt
from evals.case import Suite
from evals.configuration import Configuration
from evals.judge import Judge, labels
from knowledge.article import Article
from knowledge.settings import Setting
from knowledge.timestamps import now

# Settings that decide what an answer is; they are recorded, and must be the same to go on with a run.
KNOBS = (
    "model", "answer_when_sure", "max_sentences", "unsupported", "num_ctx", "policy", "ollama_model", "api_model",
    "api_url", "moderation", "moderator",
)  # fmt: skip
# What else must be the same.
SAME = ("version", "commit", "articles", "suites", "embedder", "prompt", "seed", "judge", "configurations", *KNOBS)


def about(suites: Sequence[Suite], articles: Iterable[Article], settings: Mapping[str, Setting]) -> dict[str, Any]:
    """Plain values; digests are the first 12 hex digits of a SHA-256."""
    return {
        "version": metadata.version("footnote-assistant"),
        "commit": commit(),
        "started": now(),
        "suites": {suite.name: _digest(suite.model_dump_json(exclude={"knowledge"}).encode()) for suite in suites},
        "articles": _digest("".join(sorted(article.content_hash for article in articles)).encode()),
        "embedder": settings["embedder"].value,
        "prompt": _digest(prompt(ANSWER).encode()),
        "seed": FIRST,
        **{name: _bare(settings[name].value) for name in KNOBS},
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
    }


def of(asked: Mapping[str, Configuration]) -> dict[str, Any]:
    """What the configurations of a run set for themselves, and those whose API takes no seed."""
    return {
        "configurations": {
            name: {setting: _bare(value) for setting, value in one.own.items()}
            for name, one in asked.items()
            if one.own
        },
        "unseeded": [name for name, one in asked.items() if not one.seeded],
    }


def of_judge(judge: Judge | None) -> dict[str, Any]:
    """The judge's name, its prompt, and its agreement with the bundled labels, measured now; nothing without one.

    Raises:
        DependencyDown: it fails on the labels.
    """
    if not judge:
        return {}
    named = f"{judge.name}, prompt {_digest(judge.prompt.encode())}"
    return {"judge": named, "judge_agreement": judge.agreement(labels()).told}


def commit(folder: Path = Path(__file__).parent) -> str | None:
    """The checkout's commit, with a plus and a digest of what differs from it; None outside a checkout."""
    try:
        described = _git(folder, "describe", "--always", "--dirty=+", "--exclude=*").decode().strip()
        return described + _digest(_git(folder, "diff", "HEAD")) if described.endswith("+") else described
    except (OSError, subprocess.SubprocessError):
        return None


def _git(folder: Path, *command: str) -> bytes:
    return subprocess.run(  # noqa: S603 (words of our own)
        ["git", *command], cwd=folder, capture_output=True, check=True, timeout=10  # noqa: S607
    ).stdout  # fmt: skip


def told(given: Mapping[str, Any]) -> str:
    """One line for the foot of a report."""
    suites = ", ".join(given.get("suites", {}))
    names = (
        "version", "commit", "started", "articles", "embedder", "prompt", "seed", "judge", "judge_agreement",
        *KNOBS, "machine", "seconds",
    )  # fmt: skip
    parts = [f"{name} {given[name]}" for name in names if given.get(name) not in (None, "")]
    parts += [f"{name} takes no seed, its API has none" for name in given.get("unseeded", ())]
    for name, own in given.get("configurations", {}).items():
        parts.append(f"{name} is {', '.join(f'{setting} {value}' for setting, value in own.items())}")
    return "; ".join([*parts, f"suites {suites}"])


def _bare(value: Any) -> Any:
    """An address without the name and password that may stand in it."""
    return re.sub(r"//[^/@]*@", "//", value) if isinstance(value, str) else value


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]
