"""The answerer on a model: marks that become evidence, links that lose their target."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.footnotes import Footnotes
from assistant.generative import Generative
from assistant.models.call import Call
from assistant.models.model import ModelFailed, ScriptedModel
from assistant.piece import Piece
from assistant.question import Question
from assistant.support import supported
from knowledge.article import Block
from knowledge.hit import Hit
from tests.assistant.hits import PASSAGES, make_hit

HOSTILE = st.sampled_from(
    ["data ", "home ", "models ", " ", ". ", "\n", "[1]", "[2]", "[", "]", "](", "(", ")", "!", "<", ">", "\\", "`",
     "``", "*", "_", "|", ":", "'", '"', "a", "<a href=", "</a>", "<b>", "<img src=x>", "<!--", "-->", "//evil.example",
     "http://evil.example", "https://closed.example/try", "www.evil.example", "mailto:a@evil.example",
     "javascript:alert(1)", "[x](//evil.example 't')", "[x]: http://evil.example", "&lt;"]
)  # fmt: skip


def write(*says: str, hits: Sequence[Hit] = PASSAGES) -> list[Piece]:
    """The statements that cite a passage."""
    written = Generative(ScriptedModel(says)).write(Question("Why?", "en"), "Why?", hits, Call())
    return [piece for piece in written if piece.evidence]


def cites(statement: str) -> list[str]:
    """The articles that a statement ends up with as its evidence."""
    return [evidence.hit.article_id for piece in write(statement) for evidence in piece.evidence]


def test_a_bracket_that_is_no_footnote_does_not_join_two_sentences() -> None:
    """Else the first would pass with the second one's footnote."""
    assert [piece.text for piece in write("Data is money. [Note] Data stays at home. [1]")] == [
        "[Note] Data stays at home."
    ]


@pytest.mark.parametrize(
    ("statement", "articles"),
    [
        ("Models keep data at home [1].", ["open"]),
        ("Models answer best. [2]", ["closed"]),
        ("Models answer best and keep data at home. [2] [1]", ["closed", "open"]),
        ("Models answer best and keep data at home. [1, 2]", ["open", "closed"]),
        ("Models keep data at home. [1][1]", ["open"]),
        ("Models keep data at home. [1, 1] [1]", ["open"]),
        ("Models keep data at home. [1][99]", ["open"]),
        ("Models keep data at home. [99, 1]", ["open"]),
        ("Models keep data at home. [001]", ["open"]),
        ("Models keep data at home. [99]", []),
        ("Models keep data at home. [3]", []),
        ("Models keep data at home. [0]", []),
        ("Models keep data at home. [-1]", []),
        ("Models keep data at home. [1000001]", []),
        ("Models keep data at home. [a] (1) {1} 1", []),
        ("Models keep data at home.", []),
        ("[1]", []),
        ("- [1]", []),
    ],
)
def test_marks_become_evidence_only_where_they_point_to_a_passage(statement: str, articles: list[str]) -> None:
    assert cites(statement) == articles


@given(st.lists(HOSTILE, max_size=25).map("".join))
def test_evidence_is_always_a_verbatim_stretch_of_a_passage_that_is_cited(text: str) -> None:
    for piece in write(text):
        for evidence in piece.evidence:
            assert f"{[one.text for one in PASSAGES].index(evidence.hit.text) + 1}" in re.findall(r"\d+", text)
            hit = evidence.hit
            assert hit.start <= evidence.start < evidence.end <= hit.end
            assert evidence.quote == hit.text[evidence.start - hit.start : evidence.end - hit.start]


def test_the_quotation_is_the_sentence_that_says_it_at_the_articles_own_offsets() -> None:
    [piece] = write("Calls cost nothing. [1]")
    assert piece
    assert [evidence.quote for evidence in piece.evidence] == ["They cost nothing per call."]
    [piece] = write("The best answers: closed models. [2]")
    assert piece
    assert (piece.evidence[0].quote, piece.evidence[0].start) == ("Closed models answer best.", 100)


def test_a_list_items_quotation_is_the_item() -> None:
    text = "Open models offer:\n- privacy at home\n- a low price"
    at = text.index("- privacy"), text.index("- a low")
    blocks = Block("paragraph", 0, at[0] - 1), Block("item", at[0], at[1] - 1), Block("item", at[1], len(text))
    [piece] = write("* Their price is low. [1]", hits=[make_hit(text, blocks)])
    assert piece.kind == "item"
    assert [evidence.quote for evidence in piece.evidence] == ["a low price"]


def test_a_statement_about_something_else_than_its_passage_is_not_supported() -> None:
    model = ScriptedModel(["Bananas grow upwards. [1]"])
    [piece] = Generative(model).write(Question("Why?", "en"), "Why?", PASSAGES, Call())
    assert piece.evidence == ()
    assert not supported(piece)


def test_sentences_without_a_footnote_are_dropped() -> None:
    pieces = write(
        "Sure! Here is why:\n", "Models keep data at home. [1] This I made up. So is this. [7] ", "Hope it helps"
    )
    assert [piece.text for piece in pieces] == ["Models keep data at home."]


def test_marks_and_markdown_are_gone_from_the_text() -> None:
    [one, two, three] = write("**Data** stays at *home* [1]. \n- `Models` answer best [2]\n2) Data stays home. [1]")
    assert (one.kind, one.text) == ("sentence", "Data stays at home.")
    assert (two.kind, two.text) == ("item", "Models answer best")
    assert (three.kind, three.text) == ("item", "Data stays home.")


@pytest.mark.parametrize(
    "says",
    ["NOT_IN_ARTICLES", "NOT_IN_ARTICLES.", " NOT_IN_ARTICLES\n", "**NOT_IN_ARTICLES** [1]",
     "NOT_IN_ARTICLES. Yet models keep data at home. [1]", "NOT_IN_ARTICLES\nModels keep data at home. [1]",
     "not in articles", "NOT\\_IN\\_ARTICLES", ""],
)  # fmt: skip
def test_a_model_that_finds_no_answer_gives_nothing(says: str) -> None:
    assert write(says) == []
    assert write(*says) == []


def test_a_model_that_finds_no_answer_is_not_listened_to_any_longer() -> None:
    model = ScriptedModel(["NOT_IN_ARTICLES. ", "But "], fails="crashed")
    assert list(Generative(model).write(Question("Why?", "en"), "Why?", PASSAGES, Call())) == []


def test_a_failure_comes_after_the_statements_before_it() -> None:
    written = Generative(ScriptedModel(["Data stays home. [1] And"], fails="timed out")).write(
        Question("Why?", "en"), "Why?", PASSAGES, Call()
    )
    assert next(written).text == "Data stays home."
    with pytest.raises(ModelFailed, match="timed out"):
        next(written)


@pytest.mark.parametrize(
    ("says", "text"),
    [
        ("[Data](http://evil.example) stays at home. [1]", "Data stays at home."),
        ("![Data](http://evil.example/x.png) stays at home. [1]", "Data stays at home."),
        ("[Data][1] stays at home. [1]", "[Data] stays at home."),
        ("Data <a href='http://evil.example'>stays</a> at home. [1]", "Data stays at home."),
        ("Data stays in `<b>` at home. [1]", "Data stays in <b> at home."),
        ("Data < home. [1]", "Data < home."),
    ],
)
def test_links_in_what_a_model_says_lose_their_target(says: str, text: str) -> None:
    assert [piece.text for piece in write(says)] == [text]


@pytest.mark.parametrize(
    ("says", "kept"),
    [
        ("Closed models: try https://closed.example/try. [2]", True),
        ("Closed models: see (https://closed.example/more). [2]", True),
        ("Closed models: try https://closed.example/try. [1]", False),
        ("Closed models: try https://closed.example/try/evil. [2]", False),
        ("Closed models: try https://closed.example. [2]", False),
        ("Closed models: try https://closed.example/try@evil.example. [2]", False),
        ("Closed models: try HTTP://EVIL.EXAMPLE now. [2]", False),
        ("Closed models: try www.evil.example now. [2]", False),
        ("Closed models: write to mailto:a@evil.example now. [2]", False),
        ("Closed models: try <http://evil.example> now. [2]", False),
        ("Closed models: [2](http://evil.example)", False),
        ("[2]: http://evil.example 'Closed models'", False),
    ],
)
def test_an_address_that_no_cited_passage_gives_drops_its_statement(says: str, kept: bool) -> None:
    assert bool(write(says)) == kept


@given(st.lists(HOSTILE, max_size=25).map(lambda parts: "Data stays at home " + "".join(parts) + " [1] [2]"))
@example("Data stays \\[at home\\](//evil.example 't'). [1]")
@example("Data <<b>a href='//evil.example'>stays</a> at home. [1]")
@example("Data <<b>javascript:alert(1)> stays at home. [1]")
@example("Data stays `[at home](//evil.example)`. [1]")
def test_nothing_a_model_says_becomes_a_link_a_picture_or_a_tag(text: str) -> None:
    notes = Footnotes()
    for piece in write(text):
        list(notes.add(piece))
    parsed = MarkdownIt("commonmark", {"html": True}).parse(notes.text)
    kinds = {token.type for block in parsed for token in (block, *(block.children or ()))}
    assert not kinds & {"link_open", "image", "html_inline", "html_block"}, notes.text
    assert "evil.example" not in re.sub(r"(?<!:)//evil\.example", "", notes.text)
