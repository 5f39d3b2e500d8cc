"""Vague orders: the words are named, and quoted ones do not count."""

from __future__ import annotations

import pytest

from promptgauge.anatomy.vague import find_vague
from tests.anatomy.prompts import anatomy


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("- Give sources where appropriate.", ["where appropriate"]),
        ("- Gib gegebenenfalls eine Quelle an.", ["gegebenenfalls"]),
        ("- Give the source of each figure.", []),
        ('- Do not write "if necessary".', []),
        ("```\nGive sources where appropriate.\n```", []),
    ],
)
def test_the_words_that_leave_it_open_are_named(source: str, expected: list[str]) -> None:
    assert expected == [vague.words for vague in find_vague(anatomy(f"You answer letters.\n\n{source}"))]
