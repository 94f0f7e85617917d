"""Made-up articles with the word frequencies of real ones, and vectors that lie in clusters as real ones do."""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import accumulate

import numpy as np

from ingest.sources import bundled
from knowledge.article import Article, Block
from knowledge.embedder import Fingerprint, Vectors

DIMENSION = 384
TOPICS = 2000
PARAGRAPHS = 10  # each a chunk of its own: two together are too long for one
WORDS = 95
INVENTED = 50_000
ZIPF = 1.07  # exponent of word frequency by rank in English text (Piantadosi 2014 gives 1 to 1.1)


class Language:
    """The bundled articles' words by frequency, then invented ones, drawn by Zipf's law."""

    def __init__(self) -> None:
        texts = (document.path.read_text(encoding="utf-8").lower() for document in bundled().documents())
        counts = Counter(word for text in texts for word in re.findall(r"[a-z]{2,}", text))
        self._words = [word for word, _ in counts.most_common()] + [_invented(number) for number in range(INVENTED)]
        self._until = list(accumulate(rank**-ZIPF for rank in range(1, len(self._words) + 1)))

    def words(self, chance: random.Random, count: int) -> list[str]:
        """``count`` words."""
        return chance.choices(self._words, cum_weights=self._until, k=count)

    def articles(self, start: int, stop: int) -> Iterator[Article]:
        """Articles by number, always the same."""
        for number in range(start, stop):
            chance = random.Random(number)  # noqa: S311 (not for secrets)
            paragraphs = [" ".join(self.words(chance, WORDS)).capitalize() + "." for _ in range(PARAGRAPHS)]
            blocks, at = [], 0
            for paragraph in paragraphs:
                blocks.append(Block("paragraph", at, at + len(paragraph)))
                at += len(paragraph) + 2
            title = " ".join(self.words(chance, 4))
            yield Article(f"made-{number}", title, "\n\n".join(paragraphs), tuple(blocks), "en")

    def question(self, article: Article, chance: random.Random) -> str:
        """Six words of one of its paragraphs, as a question."""
        block = chance.choice(article.blocks)
        return f"What is {' '.join(chance.sample(article.text[block.start : block.end - 1].split(), 6))}?"


def _invented(number: int) -> str:
    """A word that no language has, pronounceable, one of its own for each number."""
    made = ""
    while number or not made:
        number, rest = divmod(number, 70)
        made += "bdfgklmnprstvz"[rest % 14] + "aeiou"[rest // 14]
    return made + "x"


class SyntheticEmbedder:
    """A vector near the centre of one of 2,000 topics, both chosen by the text's hash; costs nothing to compute."""

    multilingual = False

    def __init__(self) -> None:
        self._centres = np.random.default_rng(0).standard_normal((TOPICS, DIMENSION), dtype=np.float32)

    def fingerprint(self) -> Fingerprint:
        """Always the same."""
        return Fingerprint("synthetic", weights="none", dimension=DIMENSION)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape ``(len(texts), 384)``."""
        return np.stack([self.embed_question(text) for text in texts])

    def embed_question(self, text: str) -> Vectors:
        """One vector of shape ``(384,)``."""
        seed = int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
        chance = np.random.default_rng(seed)
        centre = self._centres[seed % TOPICS]
        vector: Vectors = centre + chance.standard_normal(DIMENSION, dtype=np.float32)
        return vector / np.linalg.norm(vector)
