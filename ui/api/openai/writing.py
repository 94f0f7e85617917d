"""One answer on its way, in the shapes of OpenAI's chat completions."""

import math
import re
import time
import uuid
from collections.abc import Iterator
from typing import Any

from assistant.answer import Answer, Citation, Nearest
from assistant.events import Cited, Delta, Done, Event
from assistant.phrases import phrase
from ui.addresses import address

Shape = dict[str, Any]

# A usual rule of thumb; tokens differ from model to model, and extraction has none.
CHARACTERS_A_TOKEN = 4


class Writing:
    """Collects the events of one answer. ``base`` is our own address, ending with a slash; ``sent`` what was asked."""

    def __init__(self, model: str, base: str, sent: str) -> None:
        self._head = {"id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time()), "model": model}
        self._base = base
        self._sent = sent
        self._new: list[Citation] = []
        self._annotations: list[Shape] = []
        self._answer: Answer | None = None
        self.text = ""

    def deltas(self, event: Event) -> Iterator[Shape]:
        """What an event adds to the message: text, and the annotations of its new marks."""
        if isinstance(event, Cited):
            self._new.append(event.citation)
        elif isinstance(event, Delta):
            yield self.said(event.text)
        elif isinstance(event, Done):
            self._answer = event.answer
            if rest := self._rest(event.answer):
                yield self.said(rest)

    def said(self, text: str) -> Shape:
        """A delta; annotations give the places of the marks in the whole message, in characters."""
        found = [self._annotation(citation, text) for citation in self._new]
        self._new = []
        self.text += text
        self._annotations += found
        return {"content": text} | ({"annotations": found} if found else {})

    def chunk(self, delta: Shape, finish: str | None = None) -> Shape:
        """A streamed chunk; the last one also holds the whole answer as ``footnote``."""
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        shown = self._head | {"object": "chat.completion.chunk", "choices": [choice]}
        return shown | self._ours() if finish else shown

    def usage_chunk(self) -> Shape:
        """The chunk after the last, for clients that ask for the usage."""
        return self._head | {"object": "chat.completion.chunk", "choices": [], "usage": self._usage()}

    def completion(self) -> Shape:
        """Everything at once."""
        message = {"role": "assistant", "content": self.text, "refusal": None, "annotations": self._annotations}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        return self._head | {"object": "chat.completion", "choices": [choice], "usage": self._usage()} | self._ours()

    def _rest(self, answer: Answer) -> str:
        """What of the answer has not been said: all of a refusal, and of what another writer put in place of a part."""
        whole = answer.answer + self._nearest(answer)
        if whole.startswith(self.text):
            return whole[len(self.text) :]
        self._new = list(answer.citations)
        return f"\n\n{answer.note or ''}\n\n{whole}"

    def _nearest(self, answer: Answer) -> str:
        lines = [f"- [{_escaped(near.title)}]({self._url(near)})" for near in answer.nearest]
        return "\n".join(["", "", phrase("nearest", answer.language) + ":", "", *lines]) if lines else ""

    def _annotation(self, citation: Citation, text: str) -> Shape:
        mark = f"[{citation.n}]"
        start = len(self.text) + max(0, text.find(mark))
        cited = {
            "url": self._url(citation),
            "title": citation.title,
            "start_index": start,
            "end_index": start + len(mark),
        }
        return {"type": "url_citation", "url_citation": cited}

    def _url(self, place: Citation | Nearest) -> str:
        return address(place.article_id, place.url, base=self._base)

    def _usage(self) -> Shape:
        asked, said = (math.ceil(len(text) / CHARACTERS_A_TOKEN) for text in (self._sent, self.text))
        return {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}

    def _ours(self) -> Shape:
        return {"footnote": self._answer.as_dict()} if self._answer else {}


def _escaped(title: str) -> str:
    return re.sub(r"([\\\[\]])", r"\\\1", title)
