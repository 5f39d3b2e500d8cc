"""Choices: lists of labels, with the place of each."""

from __future__ import annotations

import pytest

from promptgauge.anatomy.choices import find_choices
from promptgauge.anatomy.model import Place
from promptgauge.formats import read_document
from promptgauge.text import Text
from tests.anatomy.prompts import anatomy, labelled, said


def choices(source: str) -> list[list[str]]:
    return [[label.name for label in choice.labels] for choice in find_choices(anatomy(source))]


@pytest.mark.parametrize(
    "source",
    [
        'Answer with "low", "middle" or "high".',
        "Answer with `low`, `middle`, or `high`.",
        "Answer with 'low', 'middle' or 'high'.",
        "Antworte mit „egal“, nein: mit “low”, “middle” oder “high”.",
        "Answer with\n“low” / “middle” / “high”.",
        'Return JSON:\n\n{"urgency": "low | middle | high"}',
        'Return JSON:\n\n{"urgency": "low|middle|high"}',
    ],
)
def test_a_list_is_a_run_of_quoted_labels(source: str) -> None:
    assert [["low", "middle", "high"]] == choices(source)


@pytest.mark.parametrize(
    "source",
    [
        'Answer with "yes" or "no".',
        'Say "low" for a question, "middle" for a complaint and never "high".',
        'Return JSON:\n\n{"urgency": "string | null | number"}',
        labelled(
            [('It is "a", "b" or "c".', '"low", "middle", "high"'), ("It rains again.", '"low", "middle", "high"')]
        ),
        '```\nANSWERS = ["low", "middle", "high"]\n```',
    ],
)
def test_what_is_said_of_single_words_or_shown_is_no_list(source: str) -> None:
    assert [] == choices(source)


def test_each_label_has_its_place() -> None:
    found = anatomy('Answer with "low", "middle" or "high".')
    places = [label.place for choice in find_choices(found) for label in choice.labels]
    assert ["low", "middle", "high"] == [said(found, place) for place in places if isinstance(place, Place)]


def test_the_schema_of_the_file_gives_a_list() -> None:
    source = (
        "model: gpt-4o\nmessages:\n  - role: user\n    content: Sort it.\nresponseFormat: json_schema\njsonSchema: |-\n"
        '  {"name": "a", "schema": {"type": "object", "properties": {"to": {"enum": ["low", "middle", "high"]}}}}\n'
    )
    document = read_document(Text(source), "a.prompt.yml", None, None, lambda _: None)
    [choice] = find_choices(anatomy(document.prompts[0]))
    assert (True, {"low", "middle", "high"}) == (choice.declared, choice.names)
