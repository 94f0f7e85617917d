"""Where no terminal is, progress is lines: the end of each step, once, and now and then one between."""

import threading

import pytest

from ingest.progress import Step
from ui.terminal.progress import Shown


def test_a_step_that_is_told_again_and_again_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    shown = Shown(threading.Event())
    for step in [Step("pages fetched", 2, 2)] * 3 + [Step("articles written", 2, 2)] * 3:
        shown(step)
    assert capsys.readouterr().err.splitlines() == ["2 of 2 pages fetched", "2 of 2 articles written"]
