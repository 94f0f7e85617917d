"""The page of one article, where footnotes lead when the article has no address of its own."""

from html import escape

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from knowledge.article import Article, Block
from knowledge.page import OWN
from ui.pages.render import article_html
from ui.server.held import Held

router = APIRouter()

POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"


@router.get(f"/{OWN}{{article_id:path}}", response_class=HTMLResponse, include_in_schema=False)
def article(article_id: str, service: Held) -> HTMLResponse:
    """The page of an article without an address of its own."""
    found = service.knowledge.catalogue.article(article_id)
    if found is None:
        return HTMLResponse("<!doctype html><title>Not found</title><p>There is no such article.</p>", 404)
    return HTMLResponse(page(found), headers={"Content-Security-Policy": POLICY})


def page(article: Article) -> str:
    """A whole HTML document; the only thing it loads is our style sheet."""
    original = f' · <a href="{escape(article.url)}">original page</a>' if article.url else ""
    root = "../" * (article.article_id.count("/") + 1)
    body = body_html(article, root)
    return (
        f'<!doctype html><html lang="{escape(article.language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(article.title)}</title>"
        f'<link rel="stylesheet" href="{root}footnote/article.css"></head><body><main>'
        f'<p class="back"><a href="{root}">Ask a question</a></p><h1>{escape(article.title)}</h1>'
        f'<p class="about">{facts(article)}{original}</p>{body}</main></body></html>'
    )


def facts(article: Article) -> str:
    """Author, date, and whether a model wrote it, as HTML."""
    shown = [article.author, article.updated or article.created, "AI-generated text" if article.ai_generated else None]
    return " · ".join(escape(fact) for fact in shown if fact)


def body_html(article: Article, root: str) -> str:
    """The article's text below its title; ``root`` leads from its page to ours."""
    return article_html(_markdown(article), article.article_id, root)


def _markdown(article: Article) -> str:
    """The article's blocks as Markdown, the title left out: it is the page's heading."""
    shown = [block for block in article.blocks if block.kind != "heading" or block.path]
    return "\n\n".join(_block(article, block) for block in shown) if shown else article.text


def _block(article: Article, block: Block) -> str:
    text = article.text[block.start : block.end]
    if block.kind == "heading":
        return f"{'#' * min(6, len(block.path) + 1)} {block.path[-1]}"
    return "- " + text.lstrip("•–").lstrip() if text[0] in "•–" else text
