"""A judge: a language model that says whether an answer says a fact, also in other words. Optional, and never alone.

Fact recall without a model stands beside its figure, the gate does not look at it, and how far it agrees with labels
given by hand is measured before it judges anything (as Zheng et al., "Judging LLM-as-a-Judge", NeurIPS 2023, ask).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any

import yaml

from assistant.models.call import Call
from assistant.models.model import ChatModel, ModelFailed
from assistant.personal_data import Mask
from knowledge.errors import DependencyDown

PROMPT = "judge.v1.txt"
LABELS = "fact_pairs.yaml"

# No text can open or close what it is quoted in.
FENCE = re.compile(r"<(?=\W*(?:fact|text)\b)", re.IGNORECASE)
WORD = re.compile(r"\W*(yes|no)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """``said`` is None where the judge failed or said neither yes nor no; ``why`` is its own words, or what failed."""

    said: bool | None
    why: str
    cost_usd: float = 0.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """With ``pairs`` labels; ``unread`` got neither yes nor no and agree with none.

    ``kappa`` is agreement beyond chance, 1 at best (Cohen 1960), ``share`` that without chance taken off.
    """

    pairs: int
    agreed: int
    unread: int
    kappa: float
    cost_usd: float = 0.0

    @property
    def share(self) -> float:
        """In [0, 1]."""
        return self.agreed / self.pairs

    @property
    def told(self) -> str:
        """In words."""
        cost = f", {self.cost_usd:.2g} dollars" if self.cost_usd else ""
        return (
            f"agrees with {self.agreed} of {self.pairs} labels "
            f"({self.share:.0%}, kappa {self.kappa:.2f}, {self.unread} unread{cost})"
        )


class Judge:
    """Judges with a chat model; ``prompt`` is what it is told. From a closed one personal data is hidden."""

    def __init__(self, model: ChatModel) -> None:
        self.name, self.stays_here = model.name, model.stays_here
        self._model = model
        self.prompt = _file("prompts", PROMPT)

    def find(self, text: str, fact: str) -> Finding:
        """Does ``text`` say ``fact``?"""
        try:
            return self._asked(text, fact)
        except ModelFailed as failed:
            return Finding(None, failed.reason)

    def judged(self, text: str, facts: Iterable[str]) -> dict[str, Finding]:
        """A finding for every fact; nothing is asked where there is no text."""
        return {fact: self.find(text, fact) if text else Finding(False, "no answer") for fact in facts}

    def agreement(self, labelled: Sequence[Mapping[str, Any]]) -> Agreement:
        """With labels, see ``labels``.

        Raises:
            DependencyDown: the model fails on one of them.
        """
        try:
            found = [self._asked(row["sentence"], row["fact"]) for row in labelled]
        except ModelFailed as failed:
            raise DependencyDown(
                f"the judge {self.name} failed on the labels: {failed.reason}", "start its server, or leave --judge out"
            ) from failed
        pairs = [(bool(row["said"]), one.said) for row, one in zip(labelled, found, strict=True)]
        return replace(agreement(pairs), cost_usd=sum(one.cost_usd for one in found))

    def _asked(self, text: str, fact: str) -> Finding:
        user = f"<fact>{_quoted(fact)}</fact>\n\n<text>{_quoted(text)}</text>"
        call = Call()
        sent = user if self.stays_here else Mask().hide(user)
        reply = "".join(self._model.stream(self.prompt, sent, call)).strip()
        word = WORD.match(reply)
        if not word:
            return Finding(None, reply, call.cost_usd)
        return Finding(word[1].lower() == "yes", reply[word.end() :].strip(" .:,*\n"), call.cost_usd)


def agreement(found: Sequence[tuple[bool, bool | None]]) -> Agreement:
    """Of pairs of a label and what the judge said.

    >>> agreement([(True, True), (True, True), (False, False), (False, True)]).kappa
    0.5
    """
    agreed = sum(label is said for label, said in found)
    labels, told = Counter(label for label, _ in found), Counter(said for _, said in found)
    chance = sum(labels[word] * told[word] for word in (True, False)) / len(found) ** 2
    kappa = (agreed / len(found) - chance) / (1 - chance) if chance < 1 else 1.0
    return Agreement(len(found), agreed, told[None], kappa)


def judged_facts(findings: Mapping[str, Finding]) -> float | None:
    """The share of facts that the judge finds said, in [0, 1]; None without facts, or where it failed on one."""
    said = [finding.said for finding in findings.values()]
    return sum(map(bool, said)) / len(said) if said and None not in said else None


def cost_usd(findings: Mapping[str, Finding]) -> float:
    """US dollars that they cost."""
    return sum(finding.cost_usd for finding in findings.values())


def labels() -> list[dict[str, Any]]:
    """The bundled labels: ``said``, ``fact``, ``sentence``; ``benchmarks/README.md`` tells how they were made."""
    found: list[dict[str, Any]] = yaml.safe_load(_file(LABELS))
    return found


def _file(*path: str) -> str:
    return resources.files("evals").joinpath(*path).read_text(encoding="utf-8")


def _quoted(text: str) -> str:
    return FENCE.sub("&lt;", text)
