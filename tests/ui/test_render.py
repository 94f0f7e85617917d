"""Rendering keeps what articles and models say from acting: judged in a parsed document."""

import re
from functools import partial
from html.parser import HTMLParser

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, Model, Nearest
from tests.assistant.hits import make_hit
from tests.ui.hostile_outputs import CASES
from ui.addresses import address
from ui.pages import render, sources
from ui.pages.render import article_html, badge_html, problem_html, question_html, refusal_html
from ui.pages.words import WORDS, words

CITATION = Citation(1, "a b", 'T "x" <i>', None, "A > B", "It is **so**.", 0, 13, "2026-03-01")

SAY = words("en")
answer_html = partial(render.answer_html, say=SAY)
sources_html = partial(sources.sources_html, say=SAY)

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example/a.png)",
    "[click](javascript:alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "<https://evil.example>",
    "https://evil.example/?q=secret",
    '<a href="https://evil.example" style="position:fixed">x</a>',
    "<svg onload=alert(1)>",
    "<iframe src=//evil.example></iframe>",
    "<form action=//evil.example><input></form>",
    "<style>*{display:none}</style>",
    "[1]: https://evil.example\n\nSee [1].",
    "`<b>`",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '" onmouseover="alert(1)',
    "\u202etxt.exe\u202c",
    "\U000e0041\U000e0042hidden",
    "\ue0001\ue001",
    "<div id=fn-message class=fn-top>",
]


class Document(HTMLParser):
    """Collects every tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Called by the parser."""
        self.tags.append((tag, dict(attrs)))


def harmless(html: str) -> None:
    """No element that acts or loads, no handler, no style, no scheme but ours."""
    for tag, attributes in Document(html).tags:
        assert tag not in {
            "script",
            "img",
            "svg",
            "iframe",
            "form",
            "input",
            "style",
            "object",
            "embed",
            "link",
            "meta",
        }
        assert not any(name.startswith("on") or name == "style" for name in attributes), (tag, attributes)
        href = attributes.get("href") or ""
        assert href == "" or href.startswith(("articles/", "https://site.example", "mailto:")), href
    assert not re.search("[\u202a-\u202e\U000e0000-\U000e007f]", html)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_answers_do_nothing_at_every_prefix_of_the_stream(text: str) -> None:
    for end in range(len(text) + 1):
        harmless(answer_html(text[:end] + " [1]", [CITATION]))


def test_the_outputs_that_are_tried_on_the_widget_do_nothing_here_either() -> None:
    for text in CASES:
        harmless(answer_html(text + " [1]", [CITATION]))


@given(st.text())
def test_no_text_makes_an_answer_act(text: str) -> None:
    harmless(answer_html(text, [CITATION]))


@pytest.mark.full
@settings(max_examples=20_000, deadline=None)
@given(st.lists(st.sampled_from(HOSTILE) | st.text(max_size=8), max_size=6))
def test_no_mixture_of_hostile_pieces_makes_an_answer_act(pieces: list[str]) -> None:
    assume("evil.example" not in "".join(pieces))
    harmless(answer_html("".join(pieces), [CITATION]))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_titles_sections_and_passages_do_nothing(text: str) -> None:
    harmless(sources_html([make_hit(text, title=text, section=text)], text))
    harmless(answer_html("S. [1]", [Citation(1, text, text, None, text, text, 0, 1)]))
    refusal = Answer(
        text, text, "en", False, text, (), (Nearest(text, text, None),), 0.1, Model("local", text), "t", note=text
    )
    harmless(refusal_html(refusal, text))
    harmless(badge_html(refusal, SAY))


@pytest.mark.parametrize("text", [one for one in HOSTILE if "evil.example" not in one])
def test_hostile_articles_do_nothing_on_their_page(text: str) -> None:
    harmless(article_html(text, "a"))


def test_a_mark_becomes_a_footnote_with_its_card() -> None:
    html = answer_html("It is so. [1]", [CITATION])
    tag, attributes = next(one for one in Document(html).tags if one[1].get("class") == "fn-mark")
    assert (tag, attributes["tabindex"], attributes["role"]) == ("span", "0", "button")
    assert "“It is so.”" in html
    assert "articles/a%20b#:~:text=It%20is%20so." in html
    assert "2026-03-01" in html


def test_a_mark_without_a_source_is_taken_out() -> None:
    assert "99" not in answer_html("It is so. [99]", [CITATION])


def test_an_articles_own_brackets_stay_text() -> None:
    assert "[1]" in answer_html("As \\[1\\] says. [1]", [CITATION])


def test_neighbours_from_one_section_name_it_once() -> None:
    citations = [Citation(n, "a", "Title", None, "Sec", f"q{n}", n, n + 2) for n in (1, 2)]
    assert answer_html("A [1] b [2]", citations).count('<span class="fn-place">') == 1


def test_the_words_of_the_question_are_marked_by_their_stem() -> None:
    html = sources_html([make_hit("Models hallucinate; a hallucination is false.")], "hallucinating models")
    assert re.findall("<mark>(.*?)</mark>", html) == ["Models", "hallucinate", "hallucination"]


def test_a_footnote_leads_to_the_words_it_quotes() -> None:
    assert address("a b", None, "Short quote.") == "articles/a%20b#:~:text=Short%20quote."
    long = "one two three four five six seven eight-b nine ten"
    assert address("a", "https://site.example/p", long) == (
        "https://site.example/p#:~:text=one%20two%20three%20four,seven%20eight%2Db%20nine%20ten"
    )


def test_a_fragment_of_several_cells_names_the_first() -> None:
    assert address("a", None, "| Weights | Downloadable |").endswith("#:~:text=Weights")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_does_nothing_in_steps_problems_and_kept_passages(text: str) -> None:
    answer = Answer(text, text, "en", True, text, (), (), 0.9, Model("local", text), text)
    harmless(sources.steps_html([make_hit(text, title=text, stages={text: 0.5})], answer, SAY))
    harmless(sources.cited_html([Citation(1, text, text, None, text, text, 0, 1, text)]))
    harmless(problem_html(text, text))
    harmless(badge_html(answer, SAY))
    harmless(question_html(text))


def test_the_cited_sentence_is_marked_in_its_passage() -> None:
    hit = make_hit("Before it. It is **so**. After it.", start=100)
    citation = Citation(2, hit.article_id, "T", None, "S", "It is **so**.", 111, 124)
    html = sources_html([hit], "so", citations=[citation])
    assert 'Before it. <mark class="fn-quoted">It is so.</mark> After it.' in html
    assert "cited as 2" in html


def test_what_is_cited_of_one_article_stands_below_its_title_once() -> None:
    def citation(n: int, article: str, section: str) -> Citation:
        return Citation(n, article, f"About {article}", None, section, f"Quote {n}.", n, n + 1)

    html = sources.cited_html(
        [citation(1, "a", "S"), citation(2, "a", "S"), citation(3, "b", "S"), citation(4, "a", "T")]
    )
    assert (html.count("About a"), html.count("About b")) == (1, 1)
    assert re.findall(r"fn-section\">(\w)|>(\d)</span> Quote \d", html) == [
        ("S", ""), ("", "1"), ("", "2"), ("T", ""), ("", "4"), ("S", ""), ("", "3"),
    ]  # fmt: skip


def test_the_badge_says_who_wrote_where_text_went_and_what_it_cost() -> None:
    answer = Answer("q", "q", "en", True, "a", (), (), 0.9, Model("closed", "some-model"), "t", True, 0.0123)
    assert "some-model · the question was sent to an outside service · cost $0.0123" in badge_html(answer, SAY)
    assert "taalmodel some-model" in badge_html(answer, words("nl"))


def test_every_word_is_there_in_every_language() -> None:
    assert WORDS["nl"].keys() == WORDS["en"].keys()
    for language in WORDS.values():
        assert all(text.strip() for text in language.values())
    assert {name: set(re.findall("{.*?}", text)) for name, text in WORDS["en"].items()} == {
        name: set(re.findall("{.*?}", text)) for name, text in WORDS["nl"].items()
    }
    assert words("xx")("copy") == "Copy answer"


def test_invisible_characters_are_gone() -> None:
    invisible = "\u200b\u200e\u202e\u2063\ufeff\ue000\ufff9\U000e0041\U000e0101\U000f0000\x00\ufe00\ufe01"
    html = answer_html(f"a{invisible}b [1]", [CITATION]) + sources_html([make_hit(f"a{invisible}b")], "a")
    assert not set(invisible) & set(html)
