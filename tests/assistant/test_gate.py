"""The gate's probability out of its signals."""

from dataclasses import replace

from assistant.cover import Weights, weigh
from assistant.gate import Signals, confidence, signals
from assistant.question import check
from knowledge.hit import TRANSLATED, Hit
from knowledge.wiring import Knowledge
from tests.assistant.hits import make_hit

FITS = Signals(cosine=0.55, passage=0.7, said=False)


def test_what_is_lacking_takes_off_and_a_nearer_passage_adds() -> None:
    assert confidence(replace(FITS, unnamed=True)) < confidence(FITS) < confidence(replace(FITS, cosine=0.6))
    assert confidence(replace(FITS, unnamed=True)) > confidence(replace(FITS, unnamed=True, unoffered=True))


def test_a_rough_translation_gets_back_what_it_costs_the_cosine() -> None:
    assert confidence(replace(FITS, read="translated")) > confidence(FITS)


def test_where_the_embedder_reads_nothing_the_words_decide() -> None:
    """All texts of one foreign language look alike to it: a cosine of 0.55 says little there."""
    alike = replace(FITS, passage=0.2)
    assert confidence(replace(alike, read="foreign")) < 0.1 < confidence(alike)
    assert confidence(replace(FITS, passage=1.0, read="foreign")) > 0.9


def test_a_translated_question_is_judged_by_its_translation(bundled_base: Knowledge) -> None:
    bundled = bundled_base.searcher()
    question = check("Hoe vaak moet een cv-ketel onderhoud hebben?")
    alike: Hit = make_hit("Eén vast percentage bestaat niet.", language="nl", stages={"cosine": 0.6, TRANSLATED: 0.2})
    found = signals(question, [alike], [], weigh(question, question.text, bundled), bundled)
    assert (found.read, found.cosine) == ("translated", 0.2)
    assert signals(question, [alike], [], Weights({}), bundled).read == "foreign"


def test_a_name_that_the_site_hardly_ever_says_is_answered_by_what_there_is(bundled_base: Knowledge) -> None:
    bundled = bundled_base.searcher()

    def said(text: str) -> bool:
        question = check(text)
        weights = weigh(question, text, bundled)
        return signals(question, bundled.search(text), [], weights, bundled).said

    assert said("echoleak??")
    assert not said("data?")  # what every page says
    assert not said("zyxw?")


def test_typos_are_no_words_that_are_lacking(bundled_base: Knowledge) -> None:
    question = check("few shot promting")
    assert weigh(question, question.text, bundled_base.searcher()).cover({"few", "shot", "prompt"}) > 0.99
