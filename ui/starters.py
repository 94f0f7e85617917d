"""Starters: questions offered on an empty page, all of which the articles answer."""

from itertools import islice

from assistant.question import check
from ui.service import Service

COUNT = 4
# An article title has at most this many characters to be offered as a question.
LONGEST = 70


def starters(service: Service, chosen: str) -> list[str]:
    """The owner's own (separated by ``|``), else article titles that ask something and get an answer."""
    if chosen.strip():
        return [question.strip() for question in chosen.split("|") if question.strip()]
    titles = (article.title for article in service.knowledge.catalogue.articles())
    asking = (title for title in titles if title.endswith("?") and len(title) <= LONGEST)
    answered = (title for title in asking if service.assistant.answer(check(title), "extractive").answered)
    return list(islice(answered, COUNT))
