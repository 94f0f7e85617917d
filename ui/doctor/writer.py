"""Who would write an answer now, and why it is that one."""

from collections.abc import Mapping
from typing import Any

from assistant.models.model import ModelFailed
from assistant.standing import standing
from assistant.wiring_writers import make_writers
from assistant.writers import FIXED, Writers
from knowledge.errors import FootnoteError
from knowledge.settings import Setting, values
from ui.doctor.check import Check

QUOTED = "no model: answers are quoted from the articles"


def check(settings: Mapping[str, Setting]) -> Check:
    """The writer; a ``warn`` where a model is missing, in whose place the articles are quoted."""
    value = values(settings)
    try:
        writers = make_writers(value, None)
        wanted = writers.check(str(value["model"]))
    except FootnoteError as error:
        return Check("writer", "fail", str(error), error.hint)
    now = standing(writers, wanted)
    if now.state == "none":
        return Check("writer", "ok", f"{QUOTED}, as FOOTNOTE_MODEL=extractive asks for")
    if now.state == "absent":
        return Check("writer", "warn", *_lack(writers, wanted))
    if writers.given and writers.given.name == now.model and not _there(writers):
        url = value["api_url"]
        return Check("writer", "warn", f"{QUOTED}; nothing answers at {url}", f"start the server that has {now.model}")
    return Check("writer", "ok", f"{now.model}, {_why(writers, wanted, value)}")


def _there(writers: Writers) -> bool:
    breaker = writers.breaker(writers.given) if writers.given else None
    return breaker is None or breaker.probe()


def _why(writers: Writers, wanted: str, value: Mapping[str, Any]) -> str:
    if wanted == "closed" or (wanted == "auto" and writers.policy == "closed"):
        return f"a closed model, as FOOTNOTE_POLICY=closed asks for; every question leaves (up to {_budget(value)})"
    more = f"; a draft that fails goes to {value['api_model']} (up to {_budget(value)})"
    tail = more if writers.policy == "escalate" and wanted == "auto" else ""
    if wanted not in FIXED:
        return f"as FOOTNOTE_MODEL={wanted} asks for"
    if writers.given:
        return f"as FOOTNOTE_API_MODEL names it, at {value['api_url']}" + tail
    if writers.preferred:
        return f"as FOOTNOTE_OLLAMA_MODEL={writers.preferred} names it, at {writers.server.url}" + tail
    return f"the first at {writers.server.url} that can chat; FOOTNOTE_OLLAMA_MODEL names another" + tail


def _budget(value: Mapping[str, Any]) -> str:
    return f"{value['day_budget_usd']:g} US dollars a day"


def _lack(writers: Writers, wanted: str) -> tuple[str, str]:
    """What is missing for a model to write, and what mends it."""
    url, name = writers.server.url, writers.preferred if wanted in FIXED else wanted
    try:
        models = writers.server.models()
    except ModelFailed:
        return f"{QUOTED}; nothing answers like Ollama at {url}", "optional: `ollama serve`, then footnote models pull"
    there = [one.name for one in models]
    if name:
        variable = "FOOTNOTE_OLLAMA_MODEL" if wanted in FIXED else "FOOTNOTE_MODEL"
        has = f"has {', '.join(there[:5])}" if there else "has none"
        return f"{QUOTED}; {variable}={name} is not at {url}, which {has}", f"footnote models pull {name}"
    if models:
        return f"{QUOTED}; {there[0]} at {url} judges, and does not write by itself", "footnote models pull"
    return f"{QUOTED}; {url} has no model that can chat", "footnote models pull"
