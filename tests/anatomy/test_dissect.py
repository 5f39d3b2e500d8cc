"""The whole of it: places, order, and sizes at which a second look at every line would show."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgauge.anatomy import KINDS
from tests.anatomy.prompts import anatomy, chat, labelled, plain, said

PIECES = st.sampled_from(
    ["# Examples", "Input: big dog", "Output: animal", "", "- if x, do y", "```", '{"a": 1}', "<example>", "</example>",
     "| a | b |", "Return JSON.", "Bad: `x`", "Good: `y`", "---", "Note:", "  - nested", "例：", "[", "]", "**Tone**"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("\n".join))
def test_segments_and_examples_lie_in_order_inside_the_text(text: str) -> None:
    found = anatomy(plain(text))
    size = len(found.prompt.messages[0].text)
    borders = [at for segment in found.segments for at in segment.place.span]
    assert sorted(borders) == borders
    assert all(0 <= at <= size for at in borders)
    starts = [example.places[0].span for example in found.examples]
    assert sorted(starts) == starts
    assert {segment.kind for segment in found.segments} <= set(KINDS)


@given(st.lists(PIECES, max_size=25).map("\n".join))
def test_no_two_examples_share_a_character(text: str) -> None:
    spans = [example.places[0].span for example in anatomy(plain(text)).examples]
    assert not any(a.overlaps(b) for a, b in pairwise(spans))


def test_places_name_their_message() -> None:
    found = anatomy(chat(("system", "If it rains, say so."), ("user", "Return JSON.")))
    assert [0] == [condition.place.message for condition in found.conditions]
    assert "Return JSON." == said(found, found.output.at)


LARGE = {
    "one long line": "if you use it, return json " * 4_000,
    "one long word": "a" * 50_000,
    "marks": "-" * 50_000 + "a",
    "digits": "1." * 20_000,
    "headings": "## Part\n" * 10_000,
    "labels": "Example:\n" * 10_000,
    "halves": labelled([("some words", "other words")] * 2_000),
    "leads": "Here are examples that are so:\n\n" * 2_000,
    "open brackets": "Output format:\n" + '{"a":' * 10_000,
    "deep elements": "<a>\n" * 5_000 + "</a>\n" * 5_000,
    "a wide table": "|" + " cell |" * 5_000,
    "backslashed quotes": 'Output format: {"a": ' + '"\\' * 10_000,
    "an open angle": "<" + "a" * 50_000,
    "open quotes": "“" * 50_000,
}


@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE.keys())
def test_large_prompts_are_read_in_one_pass(text: str) -> None:
    found = anatomy(plain(text))
    assert found.tokens == sum(segment.tokens for segment in found.segments)
