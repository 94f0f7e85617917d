"""Canaries for a model that changed under its name: it writes the answers to the articles' own questions.

Asked is what the gate lets through, so that what fails is the model's doing. No baseline is kept: a sound model answers
all of them, and few of its sentences are left out.
"""

from assistant.answer import Answer
from assistant.chain import Assistant
from assistant.events import Done
from assistant.models.call import Stop
from assistant.question import check
from evals.watch.canaries import answers, question_of
from knowledge.catalogue import Catalogue

# Questions of one run: each costs an answer, which on a machine without a GPU is half a minute or more.
MOST = 20


def run(assistant: Assistant, model: str, catalogue: Catalogue, stop: Stop, most: int = MOST) -> list[str]:
    """Ask ``model``, and say in lines for people what came of it; nothing where it was stopped."""
    found: dict[str, Answer] = {}
    for name, _ in catalogue.known():
        article = catalogue.article(name)
        if stop.is_set or len(found) == most:
            break
        if article and answers(assistant, question_of(article), article, catalogue.canonicals()):
            question = check(question_of(article), language=article.language)
            *_, last = assistant.events(question, model, stop)
            assert isinstance(last, Done)  # noqa: S101 (``events`` ends with it)
            found[name] = last.answer
    return [] if stop.is_set else _lines(model, found)


def _lines(model: str, found: dict[str, Answer]) -> list[str]:
    written = {name: one for name, one in found.items() if one.answered and one.model.name == model}
    whole = sum(one.note is None for one in written.values())
    failed = (
        f"canary lost: {model} does not answer {found[name].question!r} ({name})" for name in found.keys() - written
    )
    return [
        f"canaries: {model} answers {len(written)} of {len(found)} questions of the articles, "
        f"{whole} with every sentence carried",
        *sorted(failed),
    ]
