"""JUnit XML: one test case a check of the gate. A failure here is what closes the gate, and nothing else is."""

import re
from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree as xml

from evals.baseline import Check

# Characters that XML 1.0 does not allow, whatever an article or a model brings.
FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
KINDS = {"fail": "failure", "stale": "failure", "error": "error", "skipped": "skipped", "accepted failure": "skipped"}


def junit(checks: Sequence[Check]) -> str:
    """The document, in the form Jenkins and GitLab read (https://github.com/testmoapp/junitxml)."""
    root = xml.Element("testsuites", _counts(checks))
    for (suite, configuration), own in groupby(checks, key=lambda check: (check.suite, check.configuration)):
        found = list(own)
        element = xml.SubElement(root, "testsuite", {"name": _clean(f"{suite}.{configuration}")} | _counts(found))
        for check in found:
            _case(element, check)
    xml.indent(root)
    return xml.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _case(parent: xml.Element, check: Check) -> None:
    names = {"classname": f"{check.suite}.{check.configuration}", "name": check.name, "time": f"{check.seconds:.3f}"}
    element = xml.SubElement(parent, "testcase", {name: _clean(value) for name, value in names.items()})
    if check.scores:
        properties = xml.SubElement(element, "properties")
        for name, score in check.scores.items():
            xml.SubElement(properties, "property", {"name": name, "value": f"{score:.4g}"})
    if kind := KINDS.get(check.judgement):
        xml.SubElement(element, kind, {"type": check.judgement, "message": _clean(check.reason)})


def _counts(checks: Sequence[Check]) -> dict[str, str]:
    kinds = [KINDS.get(check.judgement) for check in checks]
    counted = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    return {"tests": str(len(checks))} | {name: str(kinds.count(kind)) for name, kind in counted.items()}


def _clean(text: str) -> str:
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
