"""The answerer on a model: passages in, the model's sentences out, each with the passage it cites.

A sentence that cites no passage of this turn comes out without evidence; ``grounding`` then judges all of them.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.models.call import Call
from assistant.models.model import ChatModel, ModelFailed
from assistant.personal_data import Mask
from assistant.piece import Evidence, Piece
from assistant.prompt import ANSWER, REFUSAL, fitting, prompt, room, user_message
from assistant.question import Question
from assistant.statements import FOOTNOTE, statements
from assistant.units import Unit, units
from knowledge.hit import Hit
from knowledge.plain import plain
from knowledge.reading import Reading
from knowledge.terms import terms

Translated = Callable[[Reading], list[Reading]]

ADDRESS = re.compile(r"://|www\.|mailto:", re.IGNORECASE)


class Generative:
    """Writes answers with a chat model; ``translated`` gives a statement in the languages of the articles too."""

    def __init__(self, model: ChatModel, translated: Translated = lambda reading: [reading]) -> None:
        self.model = model
        self._translated = translated

    def write(self, question: Question, standalone: str, hits: Sequence[Hit], call: Call) -> Iterator[Piece]:
        """The model's statements with the passages they cite; none when it finds the passages do not answer.

        What leaves has its personal data replaced; it is put back into what the model says.

        Raises:
            ModelFailed: see ``ChatModel.stream``; ``prompt too long`` where the window holds no passage.
        """
        system = prompt(ANSWER)
        passages = fitting(hits, room(self.model.window, system, standalone))
        if not passages:
            raise ModelFailed("prompt too long")
        user, mask = user_message(standalone, passages), Mask()
        sent = user if self.model.stays_here else mask.hide(user)
        for statement in statements(self.model.stream(system, sent, call)):
            if REFUSAL in statement:
                return
            if piece := self._piece(mask.restore(statement), passages, question.language):
                yield piece

    def _piece(self, statement: str, passages: Sequence[Hit], language: str) -> Piece | None:
        """A statement without its marks, with the best sentence of each passage it cites.

        None when it says nothing, or gives an address that stands in none of them.
        """
        marks = "".join(FOOTNOTE.findall(statement))
        numbers = dict.fromkeys(int(number) for number in re.findall(r"\d+", marks))
        text = re.sub(r"\\+(?=[\[\]<])", "", plain(FOOTNOTE.sub("", statement)))
        chosen = [passages[number - 1] for number in numbers if 1 <= number <= len(passages)]
        if not text or not _addresses(text) <= _addresses(*(hit.text for hit in chosen)):
            return None
        kind = "item" if re.match(r"\s*(?:[-*•]|\d{1,2}[.)])\s", statement) else "sentence"
        readings = self._translated(Reading(text, language)) if chosen else []
        evidence = [found for hit in chosen if (found := _best_quote(readings, hit))]
        return Piece("item" if kind == "item" else "sentence", text, tuple(evidence))


def _addresses(*texts: str) -> set[str]:
    """Web and mail addresses, without the punctuation around them."""
    found = (word for text in texts for word in re.sub(r"[()<>]", " ", text).split() if ADDRESS.search(word))
    return {word.strip("\"'“”‘’*_`.,;:!?[]\\") for word in found}


def _best_quote(readings: Sequence[Reading], hit: Hit) -> Evidence | None:
    """The unit of ``hit`` that shares most terms with the statement; None when none shares any."""
    said = {term for reading in readings for term in terms(reading.text, hit.language)}

    def shared(unit: Unit) -> float:
        there = set(terms(f"{unit.lead} {unit.text}", hit.language))
        return len(said & there) / (len(there) + len(said)) if there else 0.0

    best = max(units(hit), key=shared, default=None)
    return best.evidence if best and shared(best) > 0 else None
