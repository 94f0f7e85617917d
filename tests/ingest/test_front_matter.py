"""Front matter: every field, and every way to get one wrong."""

import pytest

from ingest.front_matter import LIMIT, split
from ingest.rejection import Rejected

ALL = """---
id: bread/rye
title: Rye bread
language: en
url: https://example.org/rye
author: A. Baker
ai_generated: true
created: 2026-01-02
updated: 2026-03-01
tags: [rye, bread]
summary: How to bake
  with rye.
translation_of: roggebrood
local_only: false
---
# Rye
"""


def fields(lines: str) -> dict[str, object]:
    return split(f"---\n{lines}\n---\nText.")[0]


def test_all_fields_are_read() -> None:
    assert split(ALL) == (
        {
            "id": "bread/rye",
            "title": "Rye bread",
            "language": "en",
            "url": "https://example.org/rye",
            "author": "A. Baker",
            "ai_generated": True,
            "created": "2026-01-02",
            "updated": "2026-03-01",
            "tags": ("rye", "bread"),
            "summary": "How to bake with rye.",
            "translation_of": "roggebrood",
            "local_only": False,
        },
        "# Rye\n",
    )


@pytest.mark.parametrize(
    "text", ["", "# Rye", "Text\n---\ntitle: x\n---\n", "---\ntitle: never closed\n", "----\nx\n----\n"]
)
def test_a_text_without_front_matter_is_all_body(text: str) -> None:
    assert split(text) == ({}, text)


@pytest.mark.parametrize("text", ["---\n---\nText.", "---\n\n---\nText.", "---\ntitle:\nurl: ''\ntags: []\n---\nText."])
def test_empty_fields_are_absent(text: str) -> None:
    found, body = split(text)
    assert not any(found.values())
    assert body == "Text."


def test_unknown_fields_are_passed_over() -> None:
    assert fields("layout: post\n1: x\ntitle: Rye") == {"title": "Rye"}


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("title: 1984", "1984"),
        ("title: 'no'", "no"),
        ("id: 1.5", "1.5"),
        ('title: "  two   spaces "', "two spaces"),
        ("title: Één 🎉", "Één 🎉"),
    ],
)
def test_texts(line: str, value: str) -> None:
    assert list(fields(line).values()) == [value]


@pytest.mark.parametrize(
    ("given", "code"), [("en", "en"), ("EN", "en"), ("en-US", "en"), ("nl_NL", "nl"), ("'no'", "no")]
)
def test_a_language_is_its_two_letter_code(given: str, code: str) -> None:
    assert fields(f"language: {given}") == {"language": code}


@pytest.mark.parametrize("tags", ["[rye, 2026]", "rye, 2026", "\n  - rye\n  - '2026'"])
def test_tags_are_a_list_or_a_line(tags: str) -> None:
    assert fields(f"tags: {tags}") == {"tags": ("rye", "2026")}


@pytest.mark.parametrize(
    "written", ["2026-03-01", "'2026-03-01'", "2026-03-01 10:00:00", "2026-03-01T23:30:00Z", "'2026-03-01T10:00'"]
)
def test_dates(written: str) -> None:
    assert fields(f"updated: {written}") == {"updated": "2026-03-01"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("title: [a, b]", "title: ['a', 'b'] is not a text"),
        ("title: yes", "title: True is not a text; put quotes around it"),
        ("language: no", "language: False is not a text; put quotes around it"),
        ("language: english", "language: 'english' is not a code of two letters"),
        ("id: {a: b}", "id: {'a': 'b'} is not a text"),
        ("tags: {a: b}", "tags: {'a': 'b'} is not a text"),
        ("tags: [[a]]", "tags: ['a'] is not a text"),
        ("ai_generated: maybe", "ai_generated: 'maybe' is neither true nor false"),
        ("local_only: 1", "local_only: 1 is neither true nor false"),
        ("updated: yesterday", "updated: 'yesterday' is not a date like 2026-03-01"),
        ("created: 2026", "created: 2026 is not a date"),
        ("created: [2026-03-01]", "is not a date"),
        ("created: 2026-02-30", "is not valid YAML: day is out of range"),
        ("title: a: b", "is not valid YAML"),
        ("title: 'open", "is not valid YAML"),
        ("title: !!python/object:os.system x", "is not valid YAML"),
        ("- a\n- b", "['a', 'b'] is not a list of fields"),
        ("A sentence between two rules", "is not a list of fields"),
        ("a: " + "[" * 30_000, "is not valid YAML"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(line: str, reason: str) -> None:
    with pytest.raises(Rejected) as caught:
        fields(line)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


def test_too_much_of_it_is_refused() -> None:
    with pytest.raises(Rejected, match=f"at most {LIMIT} are read"):
        fields("summary: " + "x" * LIMIT)


def test_aliases_that_stand_for_gigabytes_are_refused_in_no_time() -> None:
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12))
    with pytest.raises(Rejected, match="title"):
        fields(f"l0: &l0 x\n{levels}\ntitle: *l11")
    with pytest.raises(Rejected, match="created"):
        fields(f"l0: &l0 x\n{levels}\ncreated: *l11")
