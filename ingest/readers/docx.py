"""DOCX: turned into HTML by mammoth, which keeps headings, lists and tables, and then read as a page is.

The archive's directory is looked at first: 250 kB can hold 200 MB. Text that Word hides does not come along.
"""

import io
import zipfile
from typing import Any

from lxml import etree, html

from ingest.readers import flow, markdown
from ingest.readers.draft import Draft
from ingest.rejection import Rejected

MOST_FILES = 5000
MOST_BYTES = 200_000_000
# A file that shrinks to less than a hundredth is a bomb, but small ones may.
RATIO = 100
SMALL = 5_000_000

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CORE = {"{*}title": "title", "{*}creator": "author", "{*}created": "created", "{*}modified": "updated"}
WHITE = {"FFFFFF", "FFFFFFFF"}


def draft(data: bytes) -> Draft:
    """The document as a draft.

    Raises:
        Rejected: no DOCX, damaged, or larger than it should be once unpacked.
    """
    import mammoth

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive)
            fields = _fields(archive)
            visible = _without_hidden(archive)
        converted = mammoth.convert_to_html(io.BytesIO(visible), convert_image=mammoth.images.img_element(lambda _: {}))
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, ValueError, NotImplementedError, OSError) as error:
        raise Rejected(f"no DOCX that can be read ({' '.join(str(error).split())[:100]})") from error
    if not converted.value.strip():
        raise Rejected("no text in it")
    return Draft(flow.markdown(html.fromstring(f"<body>{converted.value}</body>")), markdown.blocks, fields)


def _check(archive: zipfile.ZipFile) -> None:
    files = archive.infolist()
    unpacked = sum(file.file_size for file in files)
    bombs = [f for f in files if f.file_size > SMALL and f.file_size > RATIO * max(f.compress_size, 1)]
    if len(files) > MOST_FILES or unpacked > MOST_BYTES or bombs:
        raise Rejected(f"{len(files):,} files of {unpacked:,} bytes in it; that is no article")


def _fields(archive: zipfile.ZipFile) -> dict[str, Any]:
    if "docProps/core.xml" not in archive.namelist():
        return {}
    found: dict[str, Any] = {}
    for element in _xml(archive.read("docProps/core.xml")).iter():
        name = "{*}" + etree.QName(element).localname
        if name in CORE and element.text and element.text.strip():
            text = " ".join(element.text.split())
            found[CORE[name]] = text[:10] if CORE[name] in ("created", "updated") else text
    return found


def _without_hidden(archive: zipfile.ZipFile) -> bytes:
    """The archive anew, without runs that Word hides or prints in white."""
    styles = _xml(archive.read("word/styles.xml")) if "word/styles.xml" in archive.namelist() else None
    hiding = {
        style.get(f"{W}styleId") for style in (styles.iter(f"{W}style") if styles is not None else ()) if _hides(style)
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as copy:
        for file in archive.infolist():
            content = archive.read(file)
            if file.filename.startswith("word/") and file.filename.endswith(".xml"):
                content = _shown(content, hiding)
            copy.writestr(file.filename, content)
    return made.getvalue()


def _shown(content: bytes, hiding: set[str | None]) -> bytes:
    root = _xml(content)
    for run in list(root.iter(f"{W}r")):
        named = {style.get(f"{W}val") for style in run.iter(f"{W}rStyle")}
        if _hides(run) or named & hiding:
            run.getparent().remove(run)
    return bytes(etree.tostring(root))


def _hides(element: Any) -> bool:
    """Does a run or a style hide its text? In white on a shade it is seen."""
    properties = element.find(f"{W}rPr")
    if properties is None:
        return False
    vanish = [one for name in ("vanish", "webHidden", "specVanish") for one in properties.iterfind(f"{W}{name}")]
    color, shade = properties.find(f"{W}color"), properties.find(f"{W}shd")
    white = color is not None and str(color.get(f"{W}val")).upper() in WHITE and shade is None
    return white or any(one.get(f"{W}val") not in ("0", "false", "off") for one in vanish)


def _xml(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
