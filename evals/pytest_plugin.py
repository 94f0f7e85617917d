"""The fixture ``footnote_eval``: suites as pytest tests.

In ``conftest.py``: ``pytest_plugins = ["evals.pytest_plugin"]``. In a test::

    def test_my_site_answers_as_accepted(footnote_eval):
        outcome = footnote_eval("my-suite.yaml")
        assert outcome.open, outcome.verdict
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.settings import ASSISTANT
from evals.run import Outcome, Plan, execute
from evals.suites import find
from knowledge.settings import KNOWLEDGE

Evaluate = Callable[..., Outcome]


@pytest.fixture
def footnote_eval(tmp_path: Path) -> Evaluate:
    """``footnote_eval(suite, ..., model="extractive")`` runs suites with the settings of the environment."""

    def evaluate(*suites: str, model: str = "extractive") -> Outcome:
        settings = {setting.name: setting.read(os.environ) for setting in (*KNOWLEDGE, *ASSISTANT)}
        return execute(Plan(find(suites), [model], tmp_path / "eval-run"), settings, lambda row, of: None)

    return evaluate
