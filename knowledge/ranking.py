"""A ranking in the making: the score of every chunk, and what each stage gave it."""

from collections import defaultdict
from collections.abc import Mapping


class Ranking:
    """``scores`` by chunk id; ``stages`` keeps of every stage the best raw score of each chunk that it found."""

    def __init__(self) -> None:
        self.scores: dict[str, float] = defaultdict(float)
        self.stages: dict[str, dict[str, float]] = {}

    def note(self, stage: str, found: Mapping[str, float]) -> None:
        """Keep what a stage found, without counting it."""
        kept = self.stages.setdefault(stage, {})
        kept.update({chunk: max(score, kept.get(chunk, score)) for chunk, score in found.items()} if kept else found)

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
        top = max([1.0, *(self.scores[chunk] for chunk in chunks)])
        return {chunk: (self.scores[chunk] / top, self._found(chunk)) for chunk in chunks}

    def _found(self, chunk: str) -> dict[str, float]:
        return {stage: found[chunk] for stage, found in self.stages.items() if chunk in found}
