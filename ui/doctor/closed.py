"""Whether a closed model would write: its API is asked for the model alone, without a question and at no cost."""

from collections.abc import Mapping

from assistant.models.api import ApiModel
from assistant.wiring_writers import make_writers
from knowledge.errors import FootnoteError
from knowledge.settings import Setting, values
from ui.doctor.check import Check

FIXES = {
    "key refused": "set FOOTNOTE_API_KEY or FOOTNOTE_API_KEY_FILE to a key that is good for it",
    "model missing": "set FOOTNOTE_API_MODEL to a model that the API has",
    "unreachable": "is there a network, or a proxy to be named in HTTPS_PROXY? Is FOOTNOTE_API_URL right?",
}


def check(settings: Mapping[str, Setting]) -> Check | None:
    """The closed model that the policy allows; None where there is none, or ``ui.doctor.writer`` tells why."""
    try:
        writers = make_writers(values(settings), None)
    except FootnoteError:
        return None
    model = writers.closed.model if writers.closed else None
    if not isinstance(model, ApiModel):
        return None
    if not (reason := model.refusal()):
        return Check("closed model", "ok", f"{model.name} is there, for this key")
    fix = FIXES.get(reason, "try again later; answers are quoted from the articles meanwhile")
    return Check("closed model", "warn", f"{model.name}: {reason}", fix)
