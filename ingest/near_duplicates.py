"""Near-duplicates: the same article under several addresses, or as a short and a long page of one title.

MinHash over word triples with banding (Broder 1997; Leskovec, Rajaraman & Ullman, "Mining of Massive Datasets", 3.4),
by datasketch; signatures and bands lie in the catalogue, so that a new article is compared with what is like it only.
Pages of one title are alike if most of the shorter one's words stand in the longer one.
"""

import zlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from knowledge import alike
from knowledge.article import Article
from knowledge.catalogue import Catalogue
from knowledge.plain import plain
from knowledge.terms import terms, words

# 16 bands of 4 rows bring pairs together from a Jaccard of about 0.5 on; those above ALIKE are duplicates.
ROWS, BANDS = 4, 16
ALIKE = 0.75
# Share of the shorter page's words in the longer one, where the titles are the same.
CONTAINED = 0.6
# Below, a text is too short to be told from another by its words.
FEWEST_WORDS = 20
BATCH = 100

Signature = NDArray[np.uint32]


def find(catalogue: Catalogue) -> int:
    """Compare the articles that are new with all; returns how many pairs were found."""
    found = 0
    while fresh := _uncompared(catalogue):
        with catalogue.transaction() as connection:
            for article in fresh:
                signature = _signature(article)
                alike.note(connection, article.article_id, _title(article), signature.tobytes(), _bands(signature))
                others = alike.candidates(connection, article.article_id)
                same = [other.article_id for other, known in others if _alike(article, signature, other, known)]
                alike.pair(connection, article.article_id, same)
                found += len(same)
    return found


def _uncompared(catalogue: Catalogue) -> list[Article]:
    with catalogue.engine.connect() as connection:
        return alike.uncompared(connection, BATCH)


def _alike(article: Article, signature: Signature, other: Article, known: bytes) -> bool:
    if article.language != other.language or min(map(_length, (article, other))) < FEWEST_WORDS:
        return False
    if float(np.mean(signature == np.frombuffer(known, dtype=np.uint32))) >= ALIKE:
        return True
    if _title(article) != _title(other):
        return False
    one, two = (set(terms(plain(each.text), each.language)) for each in (article, other))
    return len(one & two) >= CONTAINED * min(len(one), len(two))


def _signature(article: Article) -> Signature:
    from datasketch import MinHash

    made = MinHash(num_perm=ROWS * BANDS, hashfunc=zlib.crc32)
    made.update_batch(list(_triples(article)))
    return np.asarray(made.hashvalues, dtype=np.uint32)


def _triples(article: Article) -> Iterator[bytes]:
    said = words(plain(article.text))
    for at in range(max(len(said) - 2, 1)):
        yield " ".join(said[at : at + 3]).encode()


def _bands(signature: Signature) -> list[int]:
    """One number a band: equal numbers are equal bands."""
    rows = signature.reshape(BANDS, ROWS)
    return [zlib.crc32(rows[band].tobytes()) | band << 32 for band in range(BANDS)]


def _title(article: Article) -> str:
    """The title and language as they are compared."""
    return f"{article.language} {' '.join(words(plain(article.title)))}"


def _length(article: Article) -> int:
    return len(article.text.split())
