"""``/owner``: what only the owner may see; all that can be changed there is that the sources are synced now."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.ledger import Ledger
from assistant.traces import Trace, Traces
from evals.closing import remembered
from evals.gaps import gaps, told
from evals.visitors import unmet
from knowledge.timestamps import days_ago
from ui.pages import syncs
from ui.pages.article import POLICY as ARTICLE_POLICY
from ui.pages.safe import INVISIBLE
from ui.server.held import Held
from ui.server.http_error import HttpError
from ui.server.owner import ours, owner_only
from ui.server.service import Service

router = APIRouter(dependencies=[Depends(owner_only)], include_in_schema=False)

POLICY = ARTICLE_POLICY.replace("form-action 'none'", "form-action 'self'")
DAYS = 30
LATEST = 50
REFRESH_SECONDS = "5"  # while an ingest goes on

# What became of a gap when an ingest asked it again; None where none did since.
NOW = {True: "answered", False: "unanswered", None: ""}

Rows = Iterable[Iterable[object]]


@router.get("/owner", response_class=HTMLResponse)
def owner(service: Held) -> HTMLResponse:
    """Index, syncs, sources, model, ledger, feedback, unanswered questions, traces of the last days."""
    page = _page("Owner’s view", _sections(service))
    if service.orders and service.orders.running:
        page.headers["Refresh"] = REFRESH_SECONDS
    return page


@router.post("/owner/sync")
def sync_now(request: Request, service: Held) -> RedirectResponse:
    """Sync every source, as ``footnote ingest`` with its defaults does; the page shows how far it is.

    Raises:
        HttpError: 403 for a form on another site's page.
    """
    if not ours(request):
        raise HttpError(403, "that form is not on this page", "open /owner and press the button there")
    service.syncing.start(list(service.knowledge.catalogue.sources()))
    return RedirectResponse("../owner", 303)


@router.get("/owner/traces/{trace_id}", response_class=HTMLResponse)
def trace(trace_id: str, service: Held) -> HTMLResponse:
    """How one answer came to be."""
    found = Traces(service.knowledge.catalogue.engine, 0).find(trace_id)
    if found is None:
        return _page("No such trace", "<p>Traces are kept for some days.</p>", "../../", 404)
    return _page(f"Trace {trace_id}", _fields(found.as_dict()), "../../")


def _sections(service: Service) -> str:
    running = syncs.going_on(service.orders.running if service.orders else None)
    parts = {
        **({"Going on": _fields(running)} if running else {}),
        "Index": _fields(_index(service)),
        "Sources": _table(syncs.HEAD, syncs.sources(service.knowledge)) + ("" if running else _button(service)),
    }
    if not running:  # until then the page is asked for every few seconds, and is to cost the work nothing
        parts |= _of_visitors(service)
    return "".join(_section(title, body) for title, body in parts.items())


def _button(service: Service) -> str:
    failed = f'<p role="alert">The last sync started here failed: {escape(service.syncing.failed)}</p>'
    form = '<form method="post" action="owner/sync"><button>Sync all sources now</button></form>'
    return (failed if service.syncing.failed else "") + (form if service.knowledge.catalogue.sources() else "")


def _of_visitors(service: Service) -> dict[str, str]:
    """What came of their questions in the last days."""
    since = days_ago(DAYS)
    traces = list(Traces(service.knowledge.catalogue.engine, 0).since(since))
    ledger = ("writer", "model", "answers", "left the environment", "tokens", "cost", "mean time")
    feedback = ("when", "rating", "reason", "note", "question")
    unanswered = ("asked", "now", "what", "questions", "nearest articles", "last")
    parts = {
        "Model": _fields(_model(traces)),
        "Ledger": _table(ledger, _ledger(service, since)),
        "Feedback": _table(feedback, _feedback(service, traces, since)),
        "Unanswered questions": _table(unanswered, _unanswered(service, since)),
        "Traces": _traces(traces),
    }
    return {f"{title}, the last {DAYS} days": body for title, body in parts.items()}


def _index(service: Service) -> Mapping[str, object]:
    searcher = service.assistant.searcher
    articles, chunks = service.knowledge.catalogue.count(searcher.generation)
    active = service.knowledge.catalogue.active()
    written = {"written": active.created, **active.fingerprint} if active else {}
    state = service.why_not_ready or "ready"
    return {"state": state, "articles": articles, "chunks": chunks, "generation": searcher.generation} | written


def _model(traces: Sequence[Trace]) -> Mapping[str, object]:
    """Who wrote last, and how often the writer that was to did not."""
    wrote = [trace.record["model"] for trace in traces if "model" in trace.record]
    names = Counter(" ".join(dict.fromkeys((model["kind"], model["name"]))) for model in wrote)
    last = " ".join(dict.fromkeys((wrote[-1]["kind"], wrote[-1]["name"]))) if wrote else "nobody yet"
    return {"last answer by": last} | {f"answers by {name}": count for name, count in names.most_common()}


def _feedback(service: Service, traces: Sequence[Trace], since: str) -> Rows:
    asked = {trace.trace_id: trace.question for trace in traces}
    rated = reversed(service.feedback.since(since))
    return [(one.at[:16], one.rating, one.reason, one.note, asked.get(one.trace_id, "")) for one in rated]


def _unanswered(service: Service, since: str) -> Rows:
    met = unmet(Traces(service.knowledge.catalogue.engine, 0), service.feedback, since)
    found = remembered(gaps(met, service.knowledge.embedder), service.knowledge.folder)
    return [
        (gap.count, NOW[gap.closed], told(gap), " / ".join(gap.questions), ", ".join(gap.nearest), gap.last[:10])
        for gap in found
    ]


def _ledger(service: Service, since: str) -> Rows:
    totals = Ledger(service.knowledge.catalogue.engine).totals(since=since)
    return [
        (one.kind, one.model, one.answers, one.left_environment, one.input_tokens + one.output_tokens,
         f"${one.cost_usd:.4f}", f"{one.mean_total_ms:.0f} ms")
        for one in totals
    ]  # fmt: skip


def _traces(traces: Sequence[Trace]) -> str:
    head = ("when", "question", "answered", "confidence")
    rows = [
        f'<tr><td>{escape(one.at[:16])}</td><td><a href="owner/traces/{quote(one.trace_id)}">{escape(one.question)}</a>'
        f"</td><td>{'yes' if one.answered else 'no'}</td><td>{one.confidence:.2f}</td></tr>"
        for one in traces[: -LATEST - 1 : -1]
    ]
    return _framed(head, "".join(rows))


def _section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{body}</section>"


def _fields(shown: Mapping[str, object]) -> str:
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{_value(value)}</dd>" for name, value in shown.items())
    return f"<dl>{rows}</dl>"


def _value(value: object) -> str:
    if isinstance(value, Mapping | list):
        return f"<pre>{escape(json.dumps(value, indent=2, ensure_ascii=False, default=str))}</pre>"
    return escape(str(value))


def _table(head: Sequence[str], rows: Rows) -> str:
    return _framed(
        head, "".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in rows)
    )


def _framed(head: Sequence[str], rows: str) -> str:
    if not rows:
        return "<p>None.</p>"
    names = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    return f'<div class="wide" tabindex="0"><table><thead><tr>{names}</tr></thead><tbody>{rows}</tbody></table></div>'


def _page(title: str, body: str, root: str = "", status: int = 200) -> HTMLResponse:
    shown = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="{root}footnote/owner.css"></head>'
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
    return HTMLResponse(
        INVISIBLE.sub("", shown),
        status,
        {
            "Content-Security-Policy": POLICY.replace("form-action 'none'", "form-action 'self'"),
            "Cache-Control": "no-store",
        },
    )
