"""``footnote ingest`` left running, stopped half-way, or held back."""

import inspect
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.settings import ASSISTANT
from assistant.wiring import make_assistant
from ingest.order import Ingest
from ingest.progress import quiet
from ingest.sources import find_source
from ingest.sync import sync
from knowledge.wiring import Knowledge, open_knowledge
from tests.ui.conftest import Run
from ui.commands.ingest import command
from ui.handing.attending import attending


def test_the_command_has_the_defaults_of_an_order() -> None:
    given = {name: one.default for name, one in inspect.signature(command).parameters.items()}
    as_typed = given["dry_run"], given["max_loss"] / 100, given["pause"], given["max_pages"], given["allow_private"]
    assert Ingest([], *as_typed) == Ingest([])


@contextmanager
def running(*arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """The command in a process of its own, on the hashing embedder; ended at the end."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from ui.cli import main; main()", "ingest", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "FOOTNOTE_EMBEDDER": "hashing"},
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def fill(folder: Path, count: int) -> None:
    for number in range(count):
        (folder / f"page{number}.md").write_text(f"# Page {number}\n\nText {number}.")


def test_ctrl_c_ends_at_a_border_and_the_same_command_goes_on(articles: Path, tmp_path: Path) -> None:
    fill(articles, 160)
    command = (str(articles), "--data-dir", str(tmp_path / "data"))
    with running(*command) as process:
        assert process.stderr is not None
        assert "of 160 articles written" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 130
    assert "stopped at the border of a document" in err
    assert "run the same command again" in err
    with running(*command) as process:
        said = line(process)
    written, _, _, unchanged = (int(part.split()[0]) for part in said.split(", ")[:4])
    assert written + unchanged == 160
    assert unchanged >= 32


def test_watch_ingests_again_when_a_file_changes_and_leaves_the_base_free(articles: Path, tmp_path: Path) -> None:
    fill(articles, 2)
    with running(str(articles), "--data-dir", str(tmp_path / "data"), "--watch") as process:
        assert line(process).startswith("2 articles added")
        line(process)
        (articles / "page1.md").write_text("# Page 1\n\nAnother text.")
        assert line(process).startswith("0 articles added, 1 changed, 0 removed, 1 unchanged")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--every", "soon"], "'soon' is no interval"),
        (["--every", "6h", "--json"], "leave one of them out"),
        (["bundled-not", "--watch"], "no file or folder"),
    ],
)
def test_what_cannot_go_on_is_told(footnote: Run, arguments: list[str], says: str) -> None:
    code, out, err = footnote("ingest", *arguments)
    assert (code, out) == (2, "")
    assert says in err


def test_a_held_back_sync_is_told_with_its_remedy(footnote: Run, articles: Path) -> None:
    fill(articles, 6)
    footnote("ingest", str(articles))
    for number in range(5):
        (articles / f"page{number}.md").unlink()
    code, out, _ = footnote("ingest", str(articles))
    assert code == 0  # the run ended, and the index is not empty
    assert "held back" in out
    assert "of 6 articles 5 would go" in out
    assert "gone: page0" in out
    code, out, _ = footnote("ingest", str(articles), "--json")
    assert (code, json.loads(out)["held"][0]["would_go"]) == (0, 5)
    code, out, _ = footnote("ingest", str(articles), "--max-loss", "100", "--json")
    assert (code, json.loads(out)["removed"]) == (0, 5)


def ingested(knowledge: Knowledge, articles: Path) -> Knowledge:
    sync(knowledge, [find_source(str(articles))], quiet)
    return knowledge


def test_beside_a_server_the_server_does_the_work(footnote: Run, articles: Path, tmp_path: Path) -> None:
    fill(articles, 3)
    knowledge = open_knowledge(tmp_path / "data", "hashing", "serve", wait=0)
    assistant = make_assistant(ingested(knowledge, articles), {setting.name: setting for setting in ASSISTANT})
    fill(articles, 4)
    with attending(knowledge, assistant):
        assert "canaries" not in footnote("ingest", str(articles), "--dry-run")[2]
        code, out, err = footnote("ingest", str(articles), "--json")
        assert (code, json.loads(out)["added"]) == (0, 1)
        assert "canaries: " in err
        assert "a server has the data folder open; it does the work" in err
        assert knowledge.catalogue.count(None)[0] == 4
    knowledge.close()


def test_a_backup_is_put_back_by_its_verbs(footnote: Run, articles: Path, tmp_path: Path) -> None:
    fill(articles, 3)
    footnote("ingest", str(articles))
    code, out, _ = footnote("index", "backup", str(tmp_path / "copy"), "--json")
    assert (code, len(json.loads(out)["files"])) == (0, 4)  # catalogue, cache of embeddings, canaries, syncs
    code, _, err = footnote("index", "restore", str(tmp_path / "copy"), "--data-dir", str(tmp_path / "back"))
    assert (code, "3 of 3 articles indexed" in err) == (0, True)
    code, out, _ = footnote("search", "text 1", "--data-dir", str(tmp_path / "back"), "--json")
    assert (code, bool(json.loads(out)["hits"])) == (0, True)
