"""Five answerers with a defect each, to prove that the gate sees it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from assistant.answer import Answer, Citation
from assistant.events import Done, Event, Sources
from assistant.question import Question
from evals.examiner import Answerer, Examiner
from knowledge.hit import Hit

Defect = Callable[[Answer, tuple[Hit, ...]], Answer]


@dataclass
class Defective:
    """``sound`` with ``defect`` applied to each finished answer."""

    sound: Answerer
    defect: Defect

    def events(self, question: Question, model: str | None = None) -> Iterator[Event]:
        """The sound answerer's events, the last one changed."""
        hits: tuple[Hit, ...] = ()
        for event in self.sound.events(question, model):
            hits = event.hits if isinstance(event, Sources) else hits
            yield Done(self.defect(event.answer, hits)) if isinstance(event, Done) else event


def wrong_citation(answer: Answer, hits: tuple[Hit, ...]) -> Answer:
    """Every footnote leads to a passage of another article."""
    own = {one.article_id for one in answer.citations}
    other = next((hit for hit in hits if hit.article_id not in own), None)
    return replace(answer, citations=tuple(_cite(one.n, other) if other else one for one in answer.citations))


def dropped_list_item(answer: Answer, hits: tuple[Hit, ...]) -> Answer:
    """The last item of every list is missing."""
    lines = answer.answer.splitlines()
    kept = [
        line
        for line, after in zip(lines, [*lines[1:], ""], strict=True)
        if not line.startswith("- ") or after.startswith("- ")
    ]
    return replace(answer, answer="\n".join(kept)) if kept else answer


def always_answers(answer: Answer, hits: tuple[Hit, ...]) -> Answer:
    """What should be refused is answered with the best passage."""
    if answer.answered or not hits:
        return answer
    return replace(answer, answered=True, answer=f"{hits[0].text} [1]", citations=(_cite(1, hits[0]),), nearest=())


def always_refuses(answer: Answer, hits: tuple[Hit, ...]) -> Answer:
    """Nothing is ever answered."""
    return replace(answer, answered=False, answer="The articles on this site do not answer that.", citations=())


def stale(examiner: Examiner) -> Examiner:
    """The articles were edited, the index was not: quotations stand elsewhere now."""
    edited = {name: replace(one, text=f"Edited. {one.text}") for name, one in examiner.articles.items()}
    return replace(examiner, articles=edited)


def _cite(n: int, hit: Hit) -> Citation:
    return Citation(n, hit.article_id, hit.title, hit.url, hit.section, hit.text, hit.start, hit.end)
