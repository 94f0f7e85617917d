"""The run as one HTML file that needs nothing else: matrix, drill-down, slices, plots, changes.

All foreign text travels as JSON and is shown as text by the page's script; a content security policy in the page
forbids everything that is not in the file.
"""

import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from importlib import resources
from typing import Any

from evals.baseline import GATED, Accepted, Check, moved, verdict
from evals.curve import at, curve
from evals.metrics.scores import METRICS
from evals.provenance import told
from evals.reports.plots import bars, curves
from evals.reports.side_by_side import side_by_side, verdicts
from evals.results import Run
from evals.row import Row
from evals.summary import Summary, slices, summarise

# What keeps 500 cases below 2 MB.
HITS, EXCERPT, QUOTE = 5, 110, 160


def page(run: Run, checks: Sequence[Check], accepted: Accepted) -> str:
    """The document."""
    rows = run.by_configuration
    summaries = [summarise(name, own) for name, own in rows.items()]
    parts = {
        "style": _static("report.css"),
        "script": _static("report.js"),
        "gate": "closed" if any(check.red for check in checks) else "open",
        "verdict": escape(verdict(checks)),
        "about": escape(told(run.about)),
        "side": _table(side_by_side(summaries)),
        "verdicts": "".join(f"<p>{escape(sentence)}</p>" for sentence in verdicts(rows)),
        "bars": bars(summaries, [name for name in GATED if any(name in one.figures for one in summaries)]),
        "curve": curves([(name, curve(own), at(own, _knob(run, name))) for name, own in rows.items()]),
        "changes": changes(run, accepted),
        "data": _json(_data(run, rows, checks)),
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], _static("report.html"))


def changes(run: Run, accepted: Accepted) -> str:
    """Table rows of the metrics that moved against what is accepted, with sign and arrow."""
    lines = []
    for suite, configuration, name, now, known in moved(run, accepted):
        sign = "▲" if now > known else "▼"
        kind = "pass" if now > known else "fail"
        cells = [suite, configuration, name, f"{known:.3f}", f"{now:.3f}"]
        told = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        lines.append(f'<tr>{told}<td class="{kind}">{sign} {now - known:+.3f}</td></tr>')
    return "".join(lines) or '<tr><td colspan="6">nothing moved, or nothing is accepted yet</td></tr>'


def _table(lines: Sequence[Sequence[str]]) -> str:
    """A table whose first line is its head."""
    head, *body = [[escape(cell) for cell in line] for line in lines]
    told = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    rows = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>' for first, *rest in body
    )
    return f"<table><thead><tr>{told}</tr></thead><tbody>{rows}</tbody></table>"


def _knob(run: Run, configuration: str) -> float:
    """Its place in a configuration: its own, or the owner's."""
    own = run.about.get("configurations", {}).get(configuration, {})
    return float(own.get("answer_when_sure", run.about.get("answer_when_sure", 0)))


def _data(run: Run, rows: Mapping[str, Sequence[Row]], checks: Sequence[Check]) -> dict[str, Any]:
    return {
        "metrics": {name: told for name, (told, _) in METRICS.items()},
        "configurations": run.configurations,
        "accepted": [[c.suite, c.name, c.configuration] for c in checks if c.judgement == "accepted failure"],
        "slices": {name: [_slice(one) for one in [summarise("all", own), *slices(own)]] for name, own in rows.items()},
        "rows": [_row(row) for row in run.rows],
    }


def _slice(one: Summary) -> dict[str, Any]:
    figures = {name: [_short(found.mean), *map(_short, found.interval)] for name, found in one.figures.items()}
    return {"name": one.name, "counts": one.counts, "figures": figures}


def _row(row: Row) -> dict[str, Any]:
    """Without what the page does not show, and shortened."""
    answer = row.answer or {}
    names = ("suite", "case", "configuration", "repeat", "status", "reason", "turns", "language", "answerable", "tags",
             "changed")  # fmt: skip
    return {name: getattr(row, name) for name in names} | {
        "gold": row.articles,
        "facts": row.facts,
        "metrics": {name: _short(value) for name, value in row.metrics.items() if value is not None},
        "answer": answer.get("answer", ""),
        "confidence": _short(answer.get("confidence", 0.0)),
        "model": (answer.get("model") or {}).get("name", ""),
        "trace": answer.get("trace_id", ""),
        "judged": [[fact, one["said"], one["why"][:QUOTE]] for fact, one in row.judged.items()],
        "cites": [[c["n"], c["title"], c["section"], c["quote"][:QUOTE]] for c in answer.get("citations", ())],
        "hits": [
            [hit["article_id"], hit["section"], _short(hit["score"]), hit["gold"], hit["text"][:EXCERPT]]
            for hit in row.hits[:HITS]
        ],
    }


def _short(value: float) -> float:
    return float(f"{value:.4g}")


def _json(data: Any) -> str:
    """JSON that can stand in a script element: nothing in it can end one."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _static(name: str) -> str:
    return resources.files("evals.reports").joinpath(name).read_text(encoding="utf-8")
