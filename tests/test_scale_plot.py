"""The chart of the scale benchmark: every line of what it measures is drawn and named."""

from benchmarks.scale.__main__ import COLUMNS, TIMES, charts
from benchmarks.scale.plot import svg


def test_every_column_is_drawn() -> None:
    drawn = svg((1000, 3000), charts(dict.fromkeys(COLUMNS, (1.0, 20.0))))
    assert drawn.count("<polyline") == len(COLUMNS)
    assert all(f">{name}<" in drawn for name in TIMES)
