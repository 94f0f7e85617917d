"""A ranking in the making: the score of every chunk, and what each stage gave it."""

from collections import defaultdict
from collections.abc import Mapping


class Ranking:
    """``scores`` by chunk id; ``stages`` keeps for each chunk the best raw score of every stage that found it."""

    def __init__(self) -> None:
        self.scores: dict[str, float] = defaultdict(float)
        self.stages: dict[str, dict[str, float]] = defaultdict(dict)

    def note(self, stage: str, found: Mapping[str, float]) -> None:
        """Keep what a stage found, without counting it."""
        for chunk, score in found.items():
            self.stages[chunk][stage] = max(score, self.stages[chunk].get(stage, score))

    def add(self, scores: Mapping[str, float], weight: float = 1.0) -> None:
        """Count scores in."""
        for chunk, score in scores.items():
            self.scores[chunk] += weight * score

    def lift(self, stage: str, bonuses: Mapping[str, float]) -> None:
        """Count bonuses in and keep them as a stage."""
        self.note(stage, bonuses)
        self.add(bonuses)

    def best(self, count: int) -> list[str]:
        """Ids of the best chunks, best first, equal ones by id."""
        return sorted(self.scores, key=lambda chunk: (-self.scores[chunk], chunk))[:count]

    def scaled(self, chunks: list[str]) -> dict[str, tuple[float, Mapping[str, float]]]:
        """``chunk_id -> (score in [0, 1], stages)``: divided by the best score where bonuses led beyond 1."""
        top = max((self.scores[chunk] for chunk in chunks), default=1.0)
        return {chunk: (self.scores[chunk] / max(top, 1.0), self.stages[chunk]) for chunk in chunks}
