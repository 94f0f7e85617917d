"""Starters: questions offered on an empty page, all of which the articles answer."""

from itertools import islice

from assistant.question import check
from knowledge.terms import words
from ui.server.service import Service

COUNT = 4
# Articles looked at, and words of a title that is offered.
LOOKED_AT = 200
LONGEST = 12


def starters(service: Service, chosen: str) -> list[str]:
    """The owner's own (separated by ``|``), else article titles that ask something and get an answer."""
    if chosen.strip():
        return [question.strip() for question in chosen.split("|") if question.strip()]
    titles = (article.title for article in service.knowledge.catalogue.articles())
    asking = (title for title in islice(titles, LOOKED_AT) if title.endswith("?") and 0 < len(words(title)) <= LONGEST)
    answered = (title for title in asking if service.assistant.answers(check(title)))
    return list(islice(answered, COUNT))
