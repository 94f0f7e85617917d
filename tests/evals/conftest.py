"""A small suite over two articles, as an owner would write it."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from assistant.settings import ASSISTANT
from evals.case import Suite
from evals.examiner import Examiner
from evals.suites import load
from evals.wiring import examiner
from ingest.progress import quiet
from ingest.sources import Files
from ingest.sync import sync
from knowledge.wiring import Knowledge

BREAD = (
    "# Bread\n\nBread is baked from flour, water and salt.\n\n## Tools\n\nBread needs these tools:\n\n- Oven\n- Bowl\n"
)
TEA = "# Tea\n\nTea is brewed from dried leaves at 80 degrees.\n"
CASES = [
    {"id": "bread", "question": "What is bread baked from?", "language": "en", "articles": ["bread"],
     "facts": ["flour, water and salt"], "answerable": True, "tags": ["list"]},
    {"id": "tea", "question": "At how many degrees is tea brewed?", "language": "en", "articles": ["tea"],
     "facts": ["80 degrees"], "answerable": True, "tags": ["number"]},
    {"id": "cars", "question": "Who won the Monaco motor race?", "language": "en", "answerable": False},
]  # fmt: skip


@pytest.fixture
def kitchen(tmp_path: Path) -> Path:
    """A folder with two articles."""
    folder = tmp_path / "kitchen"
    folder.mkdir()
    (folder / "bread.md").write_text(BREAD, encoding="utf-8")
    (folder / "tea.md").write_text(TEA, encoding="utf-8")
    return folder


@pytest.fixture
def written(tmp_path: Path, kitchen: Path) -> Callable[..., Path]:
    """``written(case, ...)`` writes a suite of these cases, the standard ones for none, and gives its path."""

    def write(*cases: object) -> Path:
        path = tmp_path / "kitchen-suite.yaml"
        given = {"name": "kitchen", "knowledge": "kitchen", "cases": list(cases) or CASES}
        path.write_text(yaml.safe_dump(given), encoding="utf-8")
        return path

    return write


@pytest.fixture
def suite(written: Callable[..., Path]) -> Suite:
    """The standard cases."""
    return load(written())


@pytest.fixture
def examined(base: Knowledge, kitchen: Path) -> Examiner:
    """An examiner over the two articles, on the hashing embedder, writing by extraction."""
    sync(base, [Files(str(kitchen), kitchen)], quiet)
    return examiner(base, {setting.name: setting for setting in ASSISTANT})
