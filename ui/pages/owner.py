"""``/owner``: what only the owner may see; all that can be changed there is that the sources are synced now."""

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.ledger import Ledger
from assistant.traces import Trace, Traces
from evals.watch.closing import remembered
from evals.watch.gaps import gaps, told
from evals.watch.visitors import unmet
from knowledge.timestamps import days_ago
from ui.pages import syncs
from ui.pages.article import POLICY as ARTICLE_POLICY
from ui.pages.owner_html import Rows, document, fields, framed, section, table
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
    return _page(f"Trace {trace_id}", fields(found.as_dict()), "../../")


def _sections(service: Service) -> str:
    running = syncs.going_on(service.orders.running if service.orders else None)
    parts = {
        **({"Going on": fields(running)} if running else {}),
        "Index": fields(_index(service)),
        "Sources": table(syncs.HEAD, syncs.sources(service.knowledge)) + ("" if running else _button(service)),
    }
    if not running:  # until then the page is asked for every few seconds, and is to cost the work nothing
        parts |= _of_visitors(service)
    return "".join(section(title, body) for title, body in parts.items())


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
        "Model": fields(_model(traces)),
        "Ledger": table(ledger, _ledger(service, since)),
        "Feedback": table(feedback, _feedback(service, traces, since)),
        "Unanswered questions": table(unanswered, _unanswered(service, since)),
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
    return framed(head, "".join(rows))


def _page(title: str, body: str, root: str = "", status: int = 200) -> HTMLResponse:
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    return HTMLResponse(document(title, body, root), status, headers)
