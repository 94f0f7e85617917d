"""Documents are read in a child that may hang, crash, or run out of memory, and the run goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.child import Child
from ingest.documents import Document
from ingest.rejection import Rejected

FAULTS = {
    "hangs": ("while True: pass", "took more than 2 seconds"),
    "crashes": ("import os; os.kill(os.getpid(), 11)", r"crashed on it \(signal 11\)"),
    "ends": ("raise SystemExit", "crashed on it"),
    "floods": ("while True: answers.write(b'x' * 65536)", "more than 20,000,000 bytes"),
    "lies": ("answers.write(b'no json\\n'); answers.flush()", "crashed on it"),
}
STUB = "import sys\nanswers = sys.stdout.buffer\nfor line in sys.stdin.buffer:\n    "
REAL = """
import sys, ingest.child, ingest.reader
def parse(data, about):
    {fault}
ingest.reader.parse = parse
ingest.child.serve()
"""


@pytest.fixture
def child() -> Iterator[Child]:
    made = Child()
    yield made
    made.close()


def document(folder: Path, text: str = "# Rye\n\nBake it.", name: str = "rye.md") -> Document:
    (folder / name).write_text(text)
    return Document(folder / name, Path(name).stem)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_reader_that_goes_wrong_costs_its_document_and_nothing_else(tmp_path: Path, fault: str) -> None:
    code, reason = FAULTS[fault]
    child = Child(2, ("-c", STUB + code))
    for _ in range(2):
        with pytest.raises(Rejected, match=reason):
            child.read(document(tmp_path))
    child.close()


def test_a_reader_that_takes_all_memory_is_told_and_goes_on(tmp_path: Path) -> None:
    child = Child(20, ("-c", REAL.format(fault="return bytearray(8 << 30)")))
    for _ in range(2):
        with pytest.raises(Rejected, match="more than 2 GiB of memory"):
            child.read(document(tmp_path))
    child.close()


def test_what_the_reader_says_comes_through(child: Child, tmp_path: Path) -> None:
    from ingest.reader import read

    assert child.read(document(tmp_path)) == read(document(tmp_path))
    with pytest.raises(Rejected, match=r"unknown type .xyz"):
        child.read(document(tmp_path, name="a.xyz"))
    assert child.read(document(tmp_path)).title == "Rye"
