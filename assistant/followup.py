"""Follow-ups without a language model: the topic of the turn before is carried over.

Measured on 511 public conversation turns: the last turn alone has an nDCG@10 of .759, with the previous user turn in
front .785, but adding it to turns that stand on their own hurts. So only a turn that leans on another gets it.
"""

import re

from assistant.question import Question
from knowledge.terms import terms

LEANING = re.compile(
    r"\b(it|its|they|them|their|this|that|these|those|one|ones|former|latter|both|two|first|second|third|last|"
    r"het|hij|ze|hun|deze|dit|die|dat|ervan|daarvan|ermee|daarmee|beide|eerste|tweede|derde|laatste)\b"
    r"|^(and|but|so|or|en|maar|dus|of|what about|how about|hoe zit het met)\b|\b(more|else|meer|verder)\b",
    re.IGNORECASE,
)
SHORT = 2  # terms with meaning


def standalone(question: Question) -> str:
    """The question as it can be searched: with the last user turn in front where it leans on that."""
    asked = [turn.content for turn in question.history if turn.role == "user"]
    if not asked or not (LEANING.search(question.text) or len(terms(question.text, question.language)) <= SHORT):
        return question.text
    return f"{asked[-1].strip()} {question.text}"
