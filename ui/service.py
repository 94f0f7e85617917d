"""What the server holds: one open knowledge base, one assistant, and whether it is ready."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from assistant.chain import Assistant
from assistant.local import ChatModel
from assistant.wiring import make_assistant
from knowledge.errors import FootnoteError
from knowledge.settings import Setting
from knowledge.wiring import Knowledge
from ui.opened import open_base


@dataclass
class Service:
    """Shared by all routes. ``warm`` loads the embedder; until it has, ``why_not_ready`` says so."""

    knowledge: Knowledge
    assistant: Assistant
    _warmed: threading.Event = field(default_factory=threading.Event)
    _failed: str | None = None

    def warm(self) -> None:
        """Load the embedder by asking it something."""
        try:
            self.assistant.searcher.search("warm up", 1)
        except FootnoteError as error:
            self._failed = str(error)
        except Exception as error:
            self._failed = f"a bug: {error!r}"
            raise
        finally:
            self._warmed.set()

    def warm_in_background(self) -> None:
        """Start ``warm`` in a thread that does not keep the process alive."""
        threading.Thread(target=self.warm, name="warm-up", daemon=True).start()

    def wait_until_warm(self, seconds: float) -> bool:
        """True once the embedder has been tried."""
        return self._warmed.wait(seconds)

    @property
    def why_not_ready(self) -> str | None:
        """None when questions are answered at once, else the reason."""
        if not self._warmed.is_set():
            return "the embedder is loading"
        return self._failed


@contextmanager
def open_service(settings: Mapping[str, Setting], given: ChatModel | None = None) -> Iterator[Service]:
    """A service over the base of these settings, for as long as the block runs.

    Raises:
        IndexBusy, IndexEmpty, IndexMismatch, DataFolderError: see ``knowledge.wiring``.
    """
    with open_base(settings, "serve") as knowledge:
        yield Service(knowledge, make_assistant(knowledge, settings, given))
