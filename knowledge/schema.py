"""Tables of the catalogue, the source of truth for what is known.

``chunks`` belong to a generation of the index; readers see the active one only. ``chunk_terms`` is an FTS5
table over stemmed terms whose rowid is the chunk's; SQLite creates it, so it stands here as DDL.
"""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

SCHEMA_VERSION = 1

metadata = MetaData()

articles = Table(
    "articles",
    metadata,
    Column("article_id", String, primary_key=True),
    Column("source", String, nullable=False, index=True),
    Column("origin", String, nullable=False),
    Column("content_hash", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("blocks", JSON, nullable=False),
    Column("language", String, nullable=False),
    Column("url", Text),
    Column("author", Text),
    Column("ai_generated", Boolean, nullable=False),
    Column("created", String),
    Column("updated", String),
    Column("tags", JSON, nullable=False),
    Column("summary", Text),
    Column("translation_of", String),
    Column("local_only", Boolean, nullable=False),
)

generations = Table(
    "generations",
    metadata,
    Column("generation", Integer, primary_key=True, autoincrement=True),
    Column("fingerprint", JSON, nullable=False),
    Column("digest", String, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created", String, nullable=False),
    sqlite_autoincrement=True,
)

chunks = Table(
    "chunks",
    metadata,
    Column("row", Integer, primary_key=True, autoincrement=True),
    Column("generation", ForeignKey("generations.generation", ondelete="CASCADE"), nullable=False),
    Column("chunk_id", String, nullable=False),
    Column("article_id", ForeignKey("articles.article_id", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("section", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("indexed_text", Text, nullable=False),
    Column("blocks", JSON, nullable=False),
    Index("chunk_by_id", "generation", "chunk_id", unique=True),
    Index("chunk_by_article", "generation", "article_id"),
)

# Near-duplicates (``knowledge.aliases``). An article that is written anew or removed takes its rows with it.
signatures = Table(
    "signatures",
    metadata,
    Column("article_id", ForeignKey("articles.article_id", ondelete="CASCADE"), primary_key=True),
    Column("title", Text, nullable=False, index=True),
    Column("signature", LargeBinary, nullable=False),
)

bands = Table(
    "bands",
    metadata,
    Column("band", Integer, primary_key=True),
    Column("article_id", ForeignKey("articles.article_id", ondelete="CASCADE"), primary_key=True, index=True),
)

alike = Table(
    "alike",
    metadata,
    Column("one", ForeignKey("articles.article_id", ondelete="CASCADE"), primary_key=True),
    Column("other", ForeignKey("articles.article_id", ondelete="CASCADE"), primary_key=True, index=True),
)

FULL_TEXT = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS chunk_terms USING fts5(terms, tokenize='unicode61')",
    "CREATE VIRTUAL TABLE IF NOT EXISTS term_counts USING fts5vocab(chunk_terms, 'row')",
)
