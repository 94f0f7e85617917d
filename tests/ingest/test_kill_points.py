"""Kill -9 wherever an ingest writes, two ingests at once: the base answers, the next run ends like a clean one."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("points", "pairs", "seed"),
    [
        pytest.param(20, 2, 0, marks=pytest.mark.timeout(900)),
        pytest.param(200, 20, 1, marks=[pytest.mark.full, pytest.mark.timeout(3600)]),
    ],
)
def test_every_point_is_survived(tmp_path: Path, points: int, pairs: int, seed: int) -> None:
    options = ["--points", str(points), "--pairs", str(pairs), "--seed", str(seed)]
    command = [sys.executable, "-m", "tests.ingest.kill_points", str(tmp_path), *options]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["points"] == points
    assert told["wrong"] == {}
