"""What went wrong in a turn, as the chat page says it in the visitor's language."""

from assistant.question import MAX_CHARACTERS
from ui.pages.words import WORDS, Say
from ui.server.problem_json import Problem


def told(problem: Problem, say: Say) -> tuple[str, str]:
    """What happened, and what to do about it; in the server's English where the page has no words.

    A kind that has some has two: those below its name with ``_then`` say what to do.
    """
    if problem.kind not in WORDS["en"]:
        return problem.title, problem.detail
    reason = f"{problem.title}; {problem.detail}"
    values = {"most": MAX_CHARACTERS, "seconds": problem.seconds, "trace_id": problem.trace_id, "reason": reason}
    return say(problem.kind, **values), say(f"{problem.kind}_then", **values)
