"""``/demo``: an article page of a made-up knowledge site, with the widget on it under a strict policy."""

from html import escape

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from ui.addresses import address
from ui.pages.article import body_html, facts
from ui.server.held import Held

router = APIRouter()

SHOWN = "open-source-vs-closed-source-ai-models"
POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types footnote"
)
MENU = ("Articles", "Guides", "Glossary", "About")


@router.get("/demo", response_class=HTMLResponse, include_in_schema=False)
def demo(service: Held) -> HTMLResponse:
    """The bundled article on open and closed models where it is known, else the first article there is."""
    catalogue = service.knowledge.catalogue
    article = catalogue.article(SHOWN) or next(catalogue.articles(), None)
    if article is None:
        return HTMLResponse("<!doctype html><title>Demo</title><p>There is no article yet.</p>", 404)
    menu = "".join(f"<li><span>{name}</span></li>" for name in MENU)
    page = (
        f'<!doctype html><html lang="{escape(article.language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(article.title)} - Open Models Explained</title>"
        f'<link rel="canonical" href="{escape(address(article.article_id, None))}">'
        '<link rel="stylesheet" href="footnote/demo.css"></head><body>'
        f'<header><strong>Open Models Explained</strong><nav aria-label="Site"><ul>{menu}</ul></nav></header>'
        f'<main><h1>{escape(article.title)}</h1><p class="about">{facts(article)}</p>'
        f"{body_html(article, '')}</main>"
        "<footer>A demonstration page. The widget on it runs under a strict policy.</footer>"
        '<script async src="widget/v1/loader.js" data-site="demo" data-contact-url="demo#contact"></script>'
        "</body></html>"
    )
    return HTMLResponse(page, headers={"Content-Security-Policy": POLICY})
