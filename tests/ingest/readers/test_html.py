"""HTML: the page's own words in their structure, and what it says about itself."""

from pathlib import Path

import pytest

from ingest.about import About
from ingest.reader import parse
from ingest.readers.html import links
from ingest.rejection import Rejected, Unwanted
from knowledge.article import Article
from tests.ingest.articles import read_text, stretches

WORDS = "A loaf of rye bread needs flour, water, salt and time, and it keeps for a week if it is wrapped in a cloth of linen. "
ARTICLE = f"""
<h1>Rye <em>bread</em></h1><p>{WORDS}It is <b>dark</b>,<br>and <a href="/x">good</a>.</p>
<h2>What does it need?</h2><p>These things:</p>
<ul><li>Flour &mdash; rye<ul><li>fine</li><li>coarse</li></ul></li><li><p>Water</p><p>Not too cold.</p></li></ul>
<ol><li>Mix</li><li>Wait</li></ol>
<table><tr><th>Step</th><th>Hours</th></tr><tr><td>Proof</td><td>12</td></tr></table>
<dl><dt>Crumb</dt><dd>The inside of a loaf.</dd></dl>
<pre>mix
  wait</pre><p>Call <code>bake()</code> or <code>a*b</code>.</p><blockquote><p>Wait.</p></blockquote>
<figure><img src=a.png alt="A loaf"><figcaption>Photo by Mira</figcaption></figure>
"""
AROUND = "<html lang=en><head><title>Rye bread | Korst</title>{head}</head><body><nav>Home Shop</nav>{body}<footer>© Korst</footer></body></html>"
FORMS = {
    "main": f"<main>{ARTICLE}</main>",
    "article": f"<article>{ARTICLE}</article>",
    "div": f"<div><div class=c>{ARTICLE}</div></div>",
}


def article(body: str, head: str = "", url: str | None = None, kind: str = "text/html") -> Article:
    return parse(AROUND.format(head=head, body=body).encode(), About("page", ".html", "page", url, kind))


@pytest.mark.parametrize("form", FORMS)
def test_structure_is_kept_and_what_stands_around_left_out(form: str) -> None:
    read = article(FORMS[form])
    assert (read.title, read.language) == ("Rye bread", "en")
    assert read.text.startswith(f"# Rye bread\n\n{WORDS}It is dark,\nand good.\n\n## What does it need?")
    assert stretches(read, "item") == [
        "- Flour — rye", "- fine", "- coarse", "- Water\n  Not too cold.", "1. Mix", "2. Wait", "- Crumb\n  The inside of a loaf.",
    ]  # fmt: skip
    assert stretches(read, "table") == ["| Step | Hours |\n| --- | --- |\n| Proof | 12 |"]
    assert stretches(read, "code") == ["```\nmix\n  wait\n```"]
    assert "Call bake() or `a*b`." in read.text
    assert stretches(read, "quote") == ["> Wait."]
    assert {block.path for block in read.blocks if block.kind == "item"} == {("What does it need?",)}
    for noise in ("Home Shop", "Korst", "Photo", "A loaf<"):
        assert noise not in read.text


def test_tables_within_tables_are_layout_and_each_cell_is_told_once() -> None:
    """Twenty in each other, every one with a row beside: rendered again at each level it would be a million cells."""
    cells = "".join(f"<table><tr><td>Level {level}.</td></tr><tr><td>" for level in range(20))
    read = article(f"<main><h1>Rye bread</h1><p>{WORDS}</p>{cells}The innermost.</main>")
    for level in range(20):
        assert read.text.count(f"Level {level}.") == 1
    assert read.text.count("The innermost.") == 1


HEAD = """<meta name=author content="Site"><meta property="article:published_time" content="2026-01-02T08:00:00Z">
<link rel=canonical href="/rye"><meta name=description content="On rye.">
<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "dateModified": "2020-01-01"},
{"@type": "Article", "author": [{"name": "A. Baker"}, {"name": "M. Miller"}], "dateModified": "2026-03-01T09:00"}]}</script>"""


def test_what_the_page_says_about_itself_becomes_metadata() -> None:
    read = article(FORMS["main"], HEAD, "https://korst.example/rye?print=1")
    assert (read.author, read.created, read.updated) == ("A. Baker, M. Miller", "2026-01-02", "2026-03-01")
    assert (read.url, read.summary) == ("https://korst.example/rye", "On rye.")


@pytest.mark.parametrize(
    "head",
    [
        "<link rel=canonical href='https://evil.example/'>",
        "<link rel=canonical href='javascript:x'>",
        "<script type='application/ld+json'>{broken</script>",
        "<script type='application/ld+json'>" + "[" * 50_000 + "</script>",
        '<script type=\'application/ld+json\'>[1, null, {"@type": 3, "author": {"name": 5}}]</script>',
        "<meta property='article:modified_time' content='yesterday'>",
        "<meta name=author content='https://www.facebook.com/korst'>",
    ],
)
def test_what_it_says_wrongly_does_no_harm(head: str) -> None:
    read = article(FORMS["main"], head, "https://korst.example/rye")
    assert (read.url, read.author, read.updated) == ("https://korst.example/rye", None, None)


HIDDEN = [
    "<p hidden>NEEDLE</p>", "<p style='display: none'>NEEDLE</p>", "<p style='visibility:hidden'>NEEDLE</p>",
    "<p style='opacity:0'>NEEDLE</p>", "<p style='opacity: 0.0;'>NEEDLE</p>", "<p style='font-size:0'>NEEDLE</p>",
    "<p style='font-size:1px'>NEEDLE</p>", "<p style='color:#fff'>NEEDLE</p>", "<p style='color: white'>NEEDLE</p>",
    "<p style='color:rgb(255, 255, 255)'>NEEDLE</p>", "<p style='color:transparent'>NEEDLE</p>",
    "<p style='color:rgba(0,0,0,0)'>NEEDLE</p>", "<p style='position:absolute;left:-9999px'>NEEDLE</p>",
    "<p style='text-indent:-9999px'>NEEDLE</p>", "<p style='clip:rect(0,0,0,0)'>NEEDLE</p>",
    "<p style='width:1px;height:1px;overflow:hidden'>NEEDLE</p>", "<div style='display:none'><p>so <b>NEEDLE</b></p></div>",
    "<style>.x{display:none}</style><p class='a x'>NEEDLE</p>", "<style>p#y , .z { font-size : 0 }</style><p id=y>NEEDLE</p>",
    "<!-- NEEDLE -->", "<script>NEEDLE</script>", "<noscript>NEEDLE</noscript>", "<template>NEEDLE</template>",
    "<svg><text>NEEDLE</text></svg>", "<dialog>NEEDLE</dialog>", "<textarea>NEEDLE</textarea>", "<input value=NEEDLE>",
    "<img alt=NEEDLE>", "<select><option>NEEDLE</select>", "<button>NEEDLE</button>",
    "<p>\U000e004e\U000e0045N\u200bEE\u202eDLE\u2066</p>",
]  # fmt: skip


@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize("form", ["main", "div"])
def test_hidden_text_does_not_reach_the_article(form: str, hidden: str) -> None:
    read = article(FORMS[form].replace("<ol>", f"{hidden}<ol>"))
    if hidden.startswith("<p>"):  # the visible letters stay
        assert "NEEDLE" in read.text
        assert not set("\u200b\u202e\u2066\U000e004e") & set(read.text)
    else:
        assert "NEEDLE" not in read.text
        assert "1. Mix" in read.text


@pytest.mark.parametrize(
    "shown",
    [
        "<p style='color:#fff;background:#000'>NEEDLE</p>",
        "<div style='background-color:navy'><p style='color:white'>NEEDLE</p></div>",
        "<style>@media print {.x{display:none}}</style><p class=x>NEEDLE</p>",
        "<p style='font-size:10px;margin-left:-5px'>NEEDLE</p>",
        "<p style='background-color:#fff'>NEEDLE</p>",
        "<details><summary>More</summary>NEEDLE</details>",
    ],
)
def test_what_is_shown_is_not_taken_for_hidden(shown: str) -> None:
    assert "NEEDLE" in article(FORMS["main"].replace("<ol>", f"{shown}<ol>")).text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("<title>Käse</title><main><p>Käse</p></main>".encode(), "text/html"),
        ("<title>Käse</title><main><p>Käse</p></main>".encode("latin-1"), "text/html; charset=ISO-8859-1"),
        ("<meta charset=iso-8859-15><main><p>Käse</p></main>".encode("latin-1"), "text/html"),
        ("<main><p>Käse</p></main>".encode("utf-16"), "text/html"),
        (b"\xef\xbb\xbf" + "<main><p>Käse</p></main>".encode(), "text/html; charset=latin-1"),
        ("<main><p>Käse</p></main>".encode("latin-1"), "text/html; charset=utf-8"),
        ("<?xml version='1.0' encoding='utf-8'?><main><p>Käse</p></main>".encode(), "text/html; charset=nonsense"),
    ],
)
def test_letters_survive_every_encoding(data: bytes, kind: str) -> None:
    assert parse(data, About("a", ".html", "a", None, kind)).text == "Käse"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty page"),
        (b"<html><body><script>app()</script></body></html>", "no text on the page"),
        (b"<main>" + b"<a href=x>y</a>" * 60_000, "more than 50,000 elements"),
    ],
)
def test_a_page_without_an_article_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        parse(data, About("a", ".html", "a"))


def test_a_page_that_asks_not_to_be_indexed_is_unwanted() -> None:
    with pytest.raises(Unwanted, match="noindex"):
        article(FORMS["main"], "<meta name=robots content='noindex, follow'>")


def test_links_are_found_and_nofollow_is_heard() -> None:
    page = (
        b"<base href='https://a.test/b/'><a href=c>c</a><a href=' /d '>d</a><a rel=nofollow href=e>e</a><a name=f>f</a>"
    )
    assert links(page, "text/html") == ["https://a.test/b/c", "https://a.test/d"]
    assert links(b"<meta name=robots content=nofollow>" + page, "text/html") == []


def test_a_file_is_read_like_a_page(tmp_path: Path) -> None:
    read = read_text(tmp_path, AROUND.format(head="", body=FORMS["div"]), "rye.html")
    assert (read.article_id, read.title, read.url) == ("rye", "Rye bread", None)
