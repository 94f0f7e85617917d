"""Whether the base can be searched: index, embedder, languages."""

from collections.abc import Mapping

from assistant.traces import Traces
from knowledge import telemetry
from knowledge.chunk import CHUNKER
from knowledge.embedder import Embedder
from knowledge.errors import FootnoteError
from knowledge.settings import Setting, data_folder
from knowledge.vectors import VectorStore
from knowledge.wiring import make_embedder
from ui.doctor.check import Check
from ui.opened import open_catalogue

# Questions in languages that no article is in are worth another embedder from this share and number on.
FOREIGN_SHARE, FOREIGN_QUESTIONS = 0.1, 5
MULTILINGUAL = "intfloat/multilingual-e5-small"


def index(settings: Mapping[str, Setting]) -> Check:
    """Articles, chunks, and whether the embedder at hand wrote them."""
    try:
        with open_catalogue(data_folder(settings)) as catalogue:
            active = catalogue.active()
            articles, chunks = catalogue.count(active.number if active else None)
        wanted = _made(settings).fingerprint()
    except FootnoteError as error:
        return Check("index", "fail", str(error), error.hint)
    if active is None or not chunks:
        return Check("index", "fail", "empty", "footnote ingest FOLDER")
    was = (active.fingerprint["embedder"], active.fingerprint["weights"], active.fingerprint["chunker"])
    if was != (wanted.embedder, wanted.weights, CHUNKER):
        return Check("index", "fail", f"written by {was[0]}, not by {wanted.embedder}", "footnote index rebuild")
    if not VectorStore(data_folder(settings)).exists:
        return Check("index", "fail", "the vectors are gone", "footnote index rebuild")
    return Check("index", "ok", f"{articles:,} articles, {chunks:,} chunks, embedder {was[0]}")


def embedder(settings: Mapping[str, Setting]) -> Check:
    """Does it load, and are its weights the known ones?"""
    telemetry.silence()
    try:
        made = _made(settings)
        size = len(made.embed_question("Does it load?"))
    except FootnoteError as error:
        return Check("embedder", "fail", str(error), error.hint)
    fingerprint = made.fingerprint()
    return Check(
        "embedder", "ok", f"{fingerprint.embedder}, {size} dimensions, weights {fingerprint.weights[:8]} as known"
    )


def languages(settings: Mapping[str, Setting]) -> Check:
    """Whether the embedder can read what visitors ask, going by the questions whose traces are kept."""
    try:
        with open_catalogue(data_folder(settings)) as catalogue:
            spoken, asked = catalogue.languages(), Traces(catalogue.engine, 0).languages()
        multilingual = _made(settings).multilingual
    except FootnoteError as error:
        return Check("languages", "fail", str(error), error.hint)
    foreign = {language: count for language, count in asked.most_common() if language not in spoken}
    found = f"articles in {', '.join(spoken) or 'none'}; questions in {', '.join(asked) or 'none yet'}"
    few = sum(foreign.values()) < max(FOREIGN_QUESTIONS, FOREIGN_SHARE * asked.total())
    if multilingual or few:
        return Check("languages", "ok", found)
    fix = f"FOOTNOTE_EMBEDDER={MULTILINGUAL}, then footnote index rebuild"
    return Check(
        "languages", "warn", f"{found}; {sum(foreign.values())} in {', '.join(foreign)}, as no article is", fix
    )


def _made(settings: Mapping[str, Setting]) -> Embedder:
    return make_embedder(str(settings["embedder"].value), data_folder(settings))
