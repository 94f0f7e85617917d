"""Underspecified: a question that names no subject, with nothing before it that would, is asked back, not searched."""

import re

from assistant.intent import names_topic
from assistant.question import Question
from knowledge.terms import terms

# "Adversarial examples, what are those?"
NAMED_FIRST = re.compile(r"^(.+?), (?:what|wat|who|wie)\b", re.IGNORECASE)
# What stands for a subject named before: at the end, or before any noun.
AT_THE_END = re.compile(r"\b(this|that|these|those|het|dit|dat|deze|die)\W*$|^is (this|that|dit|dat)\b", re.IGNORECASE)
PRONOUN = re.compile(
    r"\b(it|its|they|them|their|he|she|him|her|hij|zij|ze|hem|haar|ervan|daarvan|ermee|daarmee)\b", re.IGNORECASE
)


def underspecified(question: Question) -> bool:
    """Would nobody know what it is about? A page being read, or an earlier turn, is a subject."""
    if question.page_url or question.history:
        return False
    named = _subjects(question.text, question.language)
    if (first := NAMED_FIRST.match(question.text)) and _subjects(first[1], question.language):
        return False
    return not named or (len(named) == 1 and _stands_alone(question))


def _stands_alone(question: Question) -> bool:
    """Does a pronoun come before anything that it could stand for?"""
    pronoun = PRONOUN.search(question.text)
    before = pronoun and _subjects(question.text[: pronoun.start()], question.language)
    return bool(AT_THE_END.search(question.text)) or before == []


def _subjects(text: str, language: str) -> list[str]:
    return names_topic(terms(text, language), language)
