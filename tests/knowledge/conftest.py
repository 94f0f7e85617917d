"""A catalogue of its own for tests that need no vectors."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.catalogue import Catalogue
from tests.knowledge.made import begin


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    """An empty catalogue on a real SQLite file."""
    made = Catalogue(tmp_path)
    yield made
    made.close()


@pytest.fixture
def generation(catalogue: Catalogue) -> int:
    """The catalogue's active generation."""
    return begin(catalogue)
