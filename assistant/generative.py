"""The answerer on a model: passages in, the model's sentences out, each with the passage it cites.

Only the sentences that cite a passage of this turn come out; ``support`` then checks them like any other.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.models.call import Call
from assistant.models.model import ChatModel, ModelFailed
from assistant.piece import Evidence, Piece
from assistant.prompt import ANSWER, REFUSAL, fitting, prompt, room, user_message
from assistant.question import Question
from assistant.statements import FOOTNOTE, statements
from assistant.units import Unit, units
from knowledge.hit import Hit
from knowledge.plain import plain
from knowledge.terms import terms

ADDRESS = re.compile(r"://|www\.|mailto:", re.IGNORECASE)


class Generative:
    """Writes answers with a chat model."""

    def __init__(self, model: ChatModel) -> None:
        self.model = model

    def write(self, question: Question, standalone: str, hits: Sequence[Hit], call: Call) -> Iterator[Piece]:
        """The model's cited statements; none when it finds the passages do not answer.

        Raises:
            ModelFailed: see ``ChatModel.stream``; ``prompt too long`` where the window holds no passage.
        """
        system = prompt(ANSWER)
        passages = fitting(hits, room(self.model.window, system, standalone))
        if not passages:
            raise ModelFailed("prompt too long")
        for statement in statements(self.model.stream(system, user_message(standalone, passages), call)):
            if REFUSAL in statement:
                return
            if piece := cited(statement, passages):
                yield piece


def cited(statement: str, passages: Sequence[Hit]) -> Piece | None:
    """A statement without its marks, with the best sentence of each passage it cites.

    None when it cites none, or gives an address that stands in none of them.
    """
    marks = "".join(FOOTNOTE.findall(statement))
    numbers = dict.fromkeys(int(number) for number in re.findall(r"\d+", marks))
    text = re.sub(r"\\+(?=[\[\]<])", "", plain(FOOTNOTE.sub("", statement)))
    chosen = [passages[number - 1] for number in numbers if 1 <= number <= len(passages)]
    if not chosen or not text or not _addresses(text) <= _addresses(*(hit.text for hit in chosen)):
        return None
    kind = "item" if re.match(r"\s*(?:[-*•]|\d{1,2}[.)])\s", statement) else "sentence"
    evidence = [found for hit in chosen if (found := _best_quote(text, hit))]
    return Piece("item" if kind == "item" else "sentence", text, tuple(evidence))


def _addresses(*texts: str) -> set[str]:
    """Web and mail addresses, without the punctuation around them."""
    found = (word for text in texts for word in re.sub(r"[()<>]", " ", text).split() if ADDRESS.search(word))
    return {word.strip("\"'“”‘’*_`.,;:!?[]\\") for word in found}


def _best_quote(text: str, hit: Hit) -> Evidence | None:
    """The unit of ``hit`` that shares most terms with the statement; None when none shares any."""
    said = set(terms(text, hit.language))

    def shared(unit: Unit) -> float:
        there = set(terms(f"{unit.lead} {unit.text}", hit.language))
        return len(said & there) / (len(there) + len(said)) if there else 0.0

    best = max(units(hit), key=shared, default=None)
    return best.evidence if best and shared(best) > 0 else None
