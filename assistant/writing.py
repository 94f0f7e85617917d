"""Writing: the pieces of an answer by the writer that the policy names, checked; by extraction where that fails."""

from collections.abc import Iterator, Sequence

from assistant.answer import EXTRACTIVE, Model
from assistant.extractive import Extractive
from assistant.failure_reasons import reason_in
from assistant.generative import Generative
from assistant.grounding import Grounding
from assistant.models.model import ChatModel, ModelFailed
from assistant.moderation import Moderator, first_alarm
from assistant.phrases import phrase
from assistant.piece import Piece
from assistant.support import supported
from assistant.turn import Turn
from assistant.writers import Writers

# What becomes of a sentence whose passage does not carry it.
UNSUPPORTED = ("drop", "mark", "replace")
# A closed model may try where the articles answer at least so surely; below, a refusal of the local one is believed.
GOOD_EVIDENCE = 0.6


class Writing:
    """``unsupported`` is one of ``UNSUPPORTED``."""

    def __init__(
        self,
        writers: Writers,
        extractive: Extractive,
        grounding: Grounding,
        moderators: Sequence[Moderator],
        unsupported: str,
    ) -> None:
        self._writers = writers
        self._moderators = moderators
        self._extractive = extractive
        self._grounding = grounding
        self._unsupported = unsupported

    def write(self, turn: Turn, wanted: str) -> Iterator[Piece]:
        """The pieces in order; ``turn`` says who wrote them, and starts anew where a writer takes over from another."""
        try:
            chosen = self._writers.choose(wanted, turn.visitor)
            if chosen:
                yield from self._by_policy(turn, chosen, wanted)
                if turn.pieces or not self._withheld(turn, chosen):
                    return
                turn.restart("found nothing in what may leave")
        except ModelFailed as failed:
            turn.restart(failed.reason)
            if turn.call.stop.is_set:
                return
            language = turn.question.language
            turn.note = phrase("model_down", language, reason=reason_in(language, failed.reason))
        yield from self._extracted(turn)

    def _by_policy(self, turn: Turn, chosen: ChatModel, wanted: str) -> Iterator[Piece]:
        """The chosen model's answer; where a closed one may help out, the draft is checked before it is shown."""
        closed = self._writers.escalation(wanted, turn.visitor)
        if closed is None or turn.confidence < GOOD_EVIDENCE:
            yield from self._checked(turn, chosen)
            return
        draft = list(self._checked(turn, chosen))
        if draft and not turn.doubts:
            yield from draft
            return
        model, doubts, note = turn.model, turn.doubts, turn.note
        turn.restart("doubted" if doubts else "found no answer")
        try:
            yield from self._checked(turn, closed)
        except ModelFailed as failed:
            if not draft:
                raise
            turn.restart(failed.reason)
            turn.model, turn.doubts, turn.note = model, doubts, note
            yield from draft

    def _checked(self, turn: Turn, model: ChatModel) -> Iterator[Piece]:
        """What the model says and its passages carry; the rest as the owner has set."""
        hits = turn.hits if model.stays_here else [hit for hit in turn.hits if not hit.local_only]
        turn.model, turn.note = Model(model.kind, model.name), None
        if not hits:
            raise ModelFailed("articles stay here")
        asked = turn.standalone if model.stays_here else turn.sendable
        for piece in Generative(model, self._grounding.translated).write(turn.question, asked, hits, turn.call):
            if alarm := first_alarm(self._moderators, piece.text, turn.call):
                turn.doubts.append((piece.text, f"moderated: {alarm}"))
            elif why := self._grounding.doubt(piece):
                turn.doubts.append((piece.text, why))
                yield from self._instead(piece, turn.question.language)
            else:
                yield piece
        if turn.doubts:
            turn.note = phrase(f"doubts_{self._unsupported}", turn.question.language, count=len(turn.doubts))

    def _withheld(self, turn: Turn, model: ChatModel) -> bool:
        """Were articles kept from the model that may hold the answer?"""
        return not model.stays_here and any(hit.local_only for hit in turn.hits)

    def _instead(self, piece: Piece, language: str) -> Iterator[Piece]:
        """What the reader sees of a sentence that is not carried."""
        if self._unsupported == "mark":
            yield Piece(piece.kind, f"{piece.text} ({phrase('doubted', language)})")
        elif self._unsupported == "replace" and piece.evidence:
            yield Piece("sentence", f"“{piece.evidence[0].quote.strip()}”", piece.evidence[:1])

    def _extracted(self, turn: Turn) -> Iterator[Piece]:
        turn.model = EXTRACTIVE
        for piece in self._extractive.write(turn.question, turn.rated, turn.weights):
            if supported(piece):
                yield piece
