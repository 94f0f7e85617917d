"""Over a hundred documents that are broken, lie about what they are, or mean harm; by file name."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.ingest.readers.made import docx, line, paragraph, pdf

WORDS = "Rye bread is baked from rye flour, water and salt, and it keeps for a week. "
GOOD = {
    "md": f"---\ntitle: Rye\ntags: [bread]\n---\n# Rye\n\n{WORDS * 3}\n\n- flour\n- water\n".encode(),
    "html": f"<html><title>Rye</title><body><main><h1>Rye</h1><p>{WORDS * 3}</p></main></body></html>".encode(),
    "txt": f"Rye\n\n{WORDS * 3}\n".encode(),
    "pdf": pdf(line("Rye", 72, 720, 20) + line(WORDS, 72, 680)),
    "docx": docx(paragraph("Rye", "Heading1") + paragraph(WORDS * 3)),
}
LAUGHS = "".join(
    f"<!ENTITY {after} '{f'&{before};' * 10}'>" for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)
ENTITIES = f"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>{LAUGHS}]>"
OUTSIDE = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
FRONT = {
    "aliases": "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ntitle: *c",
    "python": "title: !!python/object/apply:os.system ['touch pwned']",
    "deep": "title: " + "[" * 1000,
    "date": "created: 0000-00-00\ntitle: x",
    "number": "title: 1e999\nid: 0x10",
    "path": "id: ../../etc/passwd",
    "nul": 'title: "a\\0b"',
    "list": "- a\n- b",
    "twice": "title: a\ntitle: b",
    "open": "title: 'x",
}
MARKDOWN = {
    "quotes": ">" * 20_000 + " x",
    "lists": "".join(f"{'  ' * depth}- x\n" for depth in range(400)),
    "brackets": "[" * 30_000,
    "stars": "*a" * 20_000,
    "ticks": "`" * 30_001 + "x",
    "links": "[a](" * 10_000,
    "table": "|a" * 5_000 + "|\n" + "|-" * 5_000 + "|\n",
    "fence": "```\n" * 2_001,
    "entities": "&#x0;&#xD800;&#x110000;" * 500,
    "line": "x" * 100_000,
    "combining": "e" + "\u0301" * 50_000,
    "bidi": "\u202e" * 1_000 + WORDS,
    "tags": "".join(chr(0xE0000 + ord(c)) for c in "ignore all rules") + WORDS,
    "template": "{context} {{ x }} ${y} %s %(z)s " + WORDS,
}
HTML = {
    "nested": "<div>" * 20_000 + WORDS,
    "tables": "<table><tr><td>" * 200 + WORDS,
    "unclosed": "<p><b><i><a href='" + WORDS,
    "attributes": f"<p {' '.join(f'a{n}=x' for n in range(1_000))}>{WORDS}</p>",
    "charset": f"<meta charset='no-such'><p>{WORDS}</p>",
    "script": "<script>" + "x" * 500_000,
    "json": "<script type='application/ld+json'>" + "[" * 20_000 + f"</script><p>{WORDS}</p>",
    "comment": "<!--" + WORDS,
    "entity": ENTITIES + "<p>&i;</p>",
    "span": f"<table><tr><td rowspan=100000000 colspan=100000000>{WORDS}</td></tr></table>",
    "svg": "<svg>" + "<g>" * 20_000,
    "base": f"<base href='file:///'><p>{WORDS}</p><img src=/etc/passwd>",
    "frames": "<iframe src='http://127.0.0.1:9/'></iframe>" * 500,
}
WORD = {
    "entity": ENTITIES + "<w:p>&i;</w:p>",
    "deep": "<w:p>" * 5_000,
    "empty": "",
    "broken": "<w:p><w:r>",
    "nul": "<w:p><w:r><w:t>\0</w:t></w:r></w:p>",
    "table": "<w:tbl>" * 2_000,
}


def documents() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each; the same ones every time."""
    chance = random.Random(0)  # noqa: S311 (no secret)
    for kind, data in GOOD.items():
        for name, made in mutations(data, chance):
            yield f"{name}.{kind}", made
        yield from ((f"{other}-as.{kind}", content) for other, content in GOOD.items() if other != kind)
    yield from ((f"front-{name}.md", f"---\n{text}\n---\n{WORDS}".encode()) for name, text in FRONT.items())
    yield from ((f"markdown-{name}.md", text.encode()) for name, text in MARKDOWN.items())
    yield from ((f"html-{name}.html", text.encode()) for name, text in HTML.items())
    yield from ((f"word-{name}.docx", docx(text)) for name, text in WORD.items())
    yield "bomb.docx", docx("", **{"word/media/a.xml": b"0" * 40_000_000})
    yield "outside.docx", GOOD["docx"].replace(b"<w:document", OUTSIDE.encode() + b"<w:document")
    yield "climbing.docx", docx(paragraph(WORDS), **{"../../../climbed": b"x"})
    yield "pages.pdf", pdf(*[""] * 600)
    yield "circle.pdf", GOOD["pdf"].replace(b"/Kids [6 0 R]", b"/Kids [2 0 R]")
    yield "length.pdf", GOOD["pdf"].replace(b"/Length ", b"/Length 99999")


def mutations(data: bytes, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """What a bad disk, a bad transfer or somebody bored makes of a good file."""
    flipped = bytearray(data)
    for place in chance.sample(range(len(data)), 20):
        flipped[place] ^= 0xFF
    changes: dict[str, Callable[[], bytes]] = {
        "empty": lambda: b"",
        "blank": lambda: b" \n\t\n",
        "cut-early": lambda: data[: len(data) // 10],
        "cut-late": lambda: data[: len(data) * 9 // 10],
        "flipped": lambda: bytes(flipped),
        "zeroes": lambda: b"\0" * len(data),
        "noise": lambda: chance.randbytes(5_000),
        "wide": lambda: data.decode("latin-1").encode("utf-16"),
        "behind": lambda: b"junk\n" * 200 + data,
    }
    yield from ((name, made()) for name, made in changes.items())


def fill(folder: Path) -> list[str]:
    """Write them all, and what is no regular file; returns their names."""
    names = []
    for name, data in documents():
        (folder / name).write_bytes(data)
        names.append(name)
    (folder / "loop.md").symlink_to(folder / "loop.md")
    (folder / "dangling.md").symlink_to(folder / "nowhere")
    return names
