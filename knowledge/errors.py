"""Errors meant for people: one class per cause that a caller can act on.

FootnoteError                    exit 1
├── UsageError                   exit 2   what was typed cannot be right
│   ├── UnknownSetting                    a FOOTNOTE_ name or a value that does not exist
│   ├── BadQuestion                       empty, too long, or without words
│   └── SourceNotFound                    a path that is not there
├── DependencyDown               exit 3   something we rely on does not answer
├── DataFolderError              exit 1   the data folder cannot be used
│   └── IndexBusy                         another process holds it
│       └── ServerHolds                   a server does, which takes orders
├── IndexEmpty                   exit 1   nothing has been ingested
├── IndexMismatch                exit 1   written by another embedder or chunker
├── EmbedderError                exit 1   the embedding model is missing or not what it should be
└── NoArticles                   exit 1   a source without a single readable article

Those of one room stand there: ``BrokenSuite``, ``HttpError``, ``TakenBack``, ``Stopped`` (exit 130).

Every error carries the received value in its message and a remedy in ``hint``. Anything that is not a
FootnoteError is a bug and keeps its traceback.
"""

from typing import Literal

# What a visitor may meet, by a name, for whoever tells it in another language; empty for the rest.
Kind = Literal[
    "", "empty_question", "long_question", "no_words", "too_often", "full_line", "foreign_page", "not_ready", "bug"
]


class FootnoteError(Exception):
    """An expected failure; ``str(error)`` says what happened, ``hint`` what to do about it."""

    exit_code = 1

    def __init__(self, message: str, hint: str, kind: Kind = "") -> None:
        super().__init__(message)
        self.hint = hint
        self.kind = kind


class UsageError(FootnoteError):
    """What was typed cannot be right."""

    exit_code = 2


class UnknownSetting(UsageError):
    """A setting, or a value of one, that does not exist."""


class BadQuestion(UsageError):
    """A question nobody could answer: empty, too long, or without words."""


class SourceNotFound(UsageError):
    """A source that is not there, or of a kind that cannot be ingested."""


class DependencyDown(FootnoteError):
    """A service that was asked for by name does not answer."""

    exit_code = 3


class DataFolderError(FootnoteError):
    """The data folder is not writable, not ours, or damaged."""


class IndexBusy(DataFolderError):
    """Another process holds the data folder."""


class ServerHolds(IndexBusy):
    """A running server holds the data folder; it ingests for others."""


class IndexEmpty(FootnoteError):
    """Nothing has been ingested into this data folder."""


class IndexMismatch(FootnoteError):
    """The index was built by another embedder or chunker."""


class EmbedderError(FootnoteError):
    """The embedding model is missing, or its weights are not the ones we know."""


class NoArticles(FootnoteError):
    """A source in which not one article could be read."""
