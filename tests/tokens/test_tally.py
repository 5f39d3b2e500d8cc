"""Tally: parts sum to the whole, and each border says what stands before it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgauge.tokens import ENCODINGS, Tally, count
from promptgauge.tokens.counting import remembered_count
from promptgauge.tokens.cutting import LONGEST
from tests.tokens.texts import any_texts, hard_texts

TEXT = "# Rules\n\nAnswer in JSON.\n  - If it's late, say so.\n\n## Examples\nInput: a1b2\nOutput: {}\n"


@given(any_texts)
def test_the_total_is_the_count_of_the_text(text: str) -> None:
    for encoding in ENCODINGS:
        assert count(text, encoding) == Tally(text, encoding).total


@given(any_texts, st.lists(st.integers(-2, 90), max_size=6))
def test_parts_sum_to_the_whole_wherever_the_borders_are(text: str, borders: list[int]) -> None:
    tally = Tally(text)
    at = [0, *(tally.at(border) for border in sorted(borders)), tally.total]
    assert tally.total == sum(right - left for left, right in pairwise(at))


@given(any_texts)
def test_the_ends_are_nothing_and_all(text: str) -> None:
    tally = Tally(text)
    assert 0 == tally.at(0) == tally.at(-1)
    assert tally.total == tally.at(len(text)) == tally.at(len(text) + 1)


@given(hard_texts.filter(str.strip), hard_texts)
def test_a_border_at_an_exact_cut_parts_the_text_as_if_each_part_stood_alone(left: str, right: str) -> None:
    left, right = left + ".\n", "x" + right
    tally = Tally(left + right)
    assert count(left) == tally.at(len(left))
    assert count(right) == tally.total - tally.at(len(left))


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_border_inside_a_line_counts_what_stands_before_it(encoding: str) -> None:
    tally = Tally(TEXT, encoding)
    assert [count(TEXT[:end], encoding) for end in range(len(TEXT) + 1)] == [
        tally.at(end) for end in range(len(TEXT) + 1)
    ]


def test_borders_inside_a_run_without_a_cut_are_counted_from_its_last_cut() -> None:
    text = "a" * (2 * LONGEST + 10)
    tally = Tally(text)
    assert count(text[: LONGEST + 3]) == tally.at(LONGEST + 3)
    assert count(text) == tally.total


def test_offsets_are_those_of_the_text_before_surrogates_are_replaced() -> None:
    text = "a \ud83d\ude00 b \ud83d c\nend"
    tally = Tally(text)
    for offset in (0, 2, 4, 7, 8, text.index("end"), len(text)):
        assert count(text[:offset]) == tally.at(offset)


def test_an_edit_counts_only_the_edited_line_again() -> None:
    Tally(TEXT * 50)
    before = remembered_count.cache_info().misses
    Tally((TEXT * 50).replace("a1b2", "never seen before", 1))
    assert 1 == remembered_count.cache_info().misses - before
