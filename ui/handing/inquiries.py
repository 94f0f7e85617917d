"""Inquiries: what is asked of the base, as plain values, so that another process can answer."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, get_args

from knowledge.errors import UsageError
from knowledge.settings import Setting

if TYPE_CHECKING:
    from assistant.chain import Assistant
    from assistant.models.call import Stop
    from knowledge.searcher import Searcher

History = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Ask:
    """For an answer; ``model`` and ``policy`` as they were set where it is from, None where they were not."""

    question: str
    history: History
    model: str | None
    policy: str | None

    @classmethod
    def with_settings(cls, question: str, history: History, settings: Mapping[str, Setting]) -> "Ask":
        """One from where these settings hold."""
        return cls(question, history, _if_set(settings["model"]), _if_set(settings["policy"]))

    def done(self, assistant: "Assistant", stop: "Stop | None" = None) -> dict[str, Any]:
        """The answer, in the documented shape.

        Raises:
            UsageError: it is from where another policy was set.
        """
        from assistant.question import check

        if self.policy not in (None, assistant.policy):
            raise UsageError(
                f"the server that has the data folder open answers with FOOTNOTE_POLICY={assistant.policy}, "
                f"not {self.policy}",
                f"unset FOOTNOTE_POLICY to have its answer; or stop it and start it with FOOTNOTE_POLICY={self.policy}",
            )
        return assistant.answer(check(self.question, self.history), self.model, stop).as_dict()


@dataclass(frozen=True, slots=True)
class Search:
    """For the ``k`` passages that fit best; ``explain`` has each stage's score with them."""

    question: str
    history: History
    k: int
    explain: bool

    def done(self, searcher: "Searcher") -> dict[str, Any]:
        """The passages, in the documented shape."""
        from assistant.followup import readings
        from assistant.question import check

        hits = searcher.search(readings(check(self.question, self.history)), self.k)
        return {"hits": [hit.as_dict(self.explain) for hit in hits]}


Inquiry = Ask | Search
KINDS = {kind.__name__.lower(): kind for kind in get_args(Inquiry)}


def written(inquiry: Inquiry) -> dict[str, Any]:
    """The inquiry as JSON holds it."""
    return {"kind": type(inquiry).__name__.lower(), **asdict(inquiry)}


def read(given: Mapping[str, Any]) -> Inquiry:
    """The inquiry that ``written`` wrote."""
    values = dict(given)
    made: Inquiry = KINDS[values.pop("kind")](**values)
    return made


def _if_set(setting: Setting) -> str | None:
    return None if setting.origin == "default" else str(setting.value)
