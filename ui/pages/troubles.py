"""What went wrong in a turn, as the chat page says it in the visitor's language."""

from assistant.question import MAX_CHARACTERS
from ui.pages.words import Say
from ui.server.problems import Problem

# The kinds of problems that have words of their own: two each, what happened and, below its name with ``_then``, what
# to do about it.
KINDS = {"empty_question", "long_question", "no_words", "too_often", "full_line", "not_ready", "bug"}


def told(problem: Problem, say: Say) -> tuple[str, str]:
    """What happened, and what to do about it; in the server's English where the page has no words."""
    if problem.kind not in KINDS:
        return problem.title, problem.detail
    reason = f"{problem.title}; {problem.detail}"
    values = {"most": MAX_CHARACTERS, "seconds": problem.seconds, "trace_id": problem.trace_id, "reason": reason}
    return say(problem.kind, **values), say(f"{problem.kind}_then", **values)
