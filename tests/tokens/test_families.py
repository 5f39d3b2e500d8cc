"""Families: which models they hold, and the factor for a text by what is written in it."""

from __future__ import annotations

import json

import pytest

from promptgauge.data import data_file
from promptgauge.tokens import encoding_for
from promptgauge.tokens.families import family_of, writing

ENGLISH = "Answer politely, and never promise a refund before the order was checked. " * 3


def name_of(model: str) -> str | None:
    family = family_of(model)
    return family.name if family else None


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("claude-3-5-sonnet-20241022", "Claude 3 to 4.6"),
        ("claude-opus-4-6", "Claude 3 to 4.6"),
        ("claude-opus-4-7", "Claude 4.7 and later"),
        ("anthropic/claude-sonnet-5", "Claude 4.7 and later"),
        ("us.anthropic.claude-3-haiku-20240307-v1:0", "Claude 3 to 4.6"),
        ("gemini-2.5-pro", "Gemini and Gemma"),
        ("meta-llama/Llama-3.1-8B-Instruct", "Llama 3"),
        ("mistral-large-latest", "Mistral"),
        ("our-own-model", None),
    ],
)
def test_the_longest_beginning_decides(model: str, expected: str | None) -> None:
    assert expected == name_of(model)


def test_no_family_holds_a_model_that_is_counted_exactly() -> None:
    table = json.loads(data_file("families.json").read_text(encoding="utf-8"))
    assert [] == [m for family in table["families"] for m in family["models"] if encoding_for(m)[1]]


def test_every_factor_lies_between_its_bounds() -> None:
    table = json.loads(data_file("families.json").read_text(encoding="utf-8"))
    factors = [factor for family in table["families"] for factor in family["factors"].values()]
    assert [] == [factor for factor in factors if factor != sorted(factor)]
    assert all("*" in family["factors"] for family in table["families"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ENGLISH, {"english"}),
        ("Größe, Maß und Übermaß für alle Fälle prüfen.", {"accented"}),
        ('{"a": [1, 2], "b": {"c": "d"}}', {"code"}),
        ("回答必须简短。", {"han", "english"}),
        ("Отвечай коротко", {"cyrillic"}),
        ("", {"english"}),
    ],
)
def test_the_kinds_of_writing(text: str, expected: set[str]) -> None:
    assert expected >= set(writing(text)) > set()


def test_a_mixed_text_has_a_factor_between_those_of_its_parts() -> None:
    family = family_of("deepseek-chat")
    assert family
    english, han = family.factors["english"], family.factors["han"]
    mixed = family.factor(ENGLISH + "回答必须简短" * 20)
    assert han.middle < mixed.middle < english.middle
    assert english == family.factor(ENGLISH)
