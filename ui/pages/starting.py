"""The page at ``/`` until the chat is loaded, in the browser's language."""

from ui.pages.words import accepted, words

# Reloads itself; says so to whoever reads it as a program, too.
PAGE = (
    '<!doctype html><html lang="{language}"><meta charset="utf-8"><meta http-equiv="refresh" content="1">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark">'
    "<style>body {{ font: 1.1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 20vh auto; padding: 0 1rem; }}"
    "</style><title>Footnote</title><p>{said}</p></html>"
)


def starting(languages: str) -> tuple[str, str]:
    """Language and HTML of the page, for a browser's ``Accept-Language``."""
    language = accepted(languages)
    return language, PAGE.format(language=language, said=words(language)("starting"))
