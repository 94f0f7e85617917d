"""Whether an Ollama server answers, and has a model that can chat."""

from collections.abc import Mapping

from assistant.models.address import check_url
from assistant.models.model import ModelFailed
from assistant.models.ollama_server import OllamaServer
from knowledge.errors import FootnoteError
from knowledge.settings import Setting
from ui.doctor.check import Check


def check(settings: Mapping[str, Setting]) -> Check:
    """The server of the settings; a ``warn`` where there is none: no model is needed."""
    url = str(settings["ollama_url"].value)
    try:
        models = [listed.name for listed in OllamaServer(check_url(url)).models()]
    except ModelFailed:
        fix = "optional: `ollama serve`, or set FOOTNOTE_OLLAMA_URL; without it answers are quoted from the articles"
        return Check("Ollama", "warn", f"nothing answers like Ollama at {url}", fix)
    except FootnoteError as error:
        return Check("Ollama", "fail", str(error), error.hint)
    if not models:
        return Check("Ollama", "warn", f"answers at {url}, has no model that can chat", "footnote models pull")
    return Check("Ollama", "ok", f"{url}: {', '.join(models[:5])}")
