"""Articles and chunks made by hand, and a catalogue's generation to put them in."""

from knowledge import generations
from knowledge.article import Article, Block, Provenance
from knowledge.catalogue import Catalogue
from knowledge.chunk import Chunk, chunk_id
from knowledge.embedder import Fingerprint


def make_article(article_id: str = "bread", text: str = "Flour and water.", language: str = "en") -> Article:
    """One paragraph under one heading path."""
    block = Block("paragraph", 0, len(text), ("Dough", "Rest"))
    return Article(article_id, article_id.title(), text, (block,), language, tags=("food", "craft"))


def make_chunks(article: Article, *texts: str, section: str = "Dough") -> list[Chunk]:
    """One chunk per text, each indexed as it stands."""
    return [
        Chunk(chunk_id(article.article_id, text, 0), article.article_id, at, section, 0, len(text), text, text, ())
        for at, text in enumerate(texts)
    ]


def begin(catalogue: Catalogue, weights: str = "none") -> int:
    """A new, active generation."""
    with catalogue.transaction() as connection:
        number = generations.begin(connection, Fingerprint("hashing", weights, 256))
        generations.activate(connection, number)
    return number


def write(catalogue: Catalogue, generation: int, article: Article, *texts: str, source: str = "shelf") -> list[str]:
    """Write an article with a chunk per text; returns the chunk ids."""
    made = make_chunks(article, *texts)
    with catalogue.transaction() as connection:
        catalogue.write(connection, article, Provenance(source, f"{article.article_id}.md"), made, generation)
    return [chunk.chunk_id for chunk in made]
