"""The excerpt of a finding: the marks stand under the characters, whatever the line holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgauge.output.excerpt import columns, excerpt
from promptgauge.output.style import coloured, plain
from promptgauge.text import Span, Text
from tests.output.hand import span_of


def shown(content: str, words: str) -> list[str]:
    return list(excerpt(Text(content), span_of(content, words), plain()))


@pytest.mark.parametrize(
    ("content", "words", "expected"),
    [
        ("one two three", "two", ["  1 | one two three", "    |     ^^^"]),
        ("\tone\ttwo", "two", ["  1 |     one    two", "    |            ^^^"]),
        ("价格 is 5", "is", ["  1 | 价格 is 5", "    |      ^^"]),
        ("见价格", "价格", ["  1 | 见价格", "    |   ^^^^"]),
        ("全角\u3000空格", "空格", ["  1 | 全角  空格", "    |       ^^^^"]),
        ("ok 👍 go", "go", ["  1 | ok 👍 go", "    |       ^^"]),
        ("a 👩\u200d🚀 b", "b", ["  1 | a 👩🚀 b", "    |        ^"]),
        ("cafe\u0301 noir", "noir", ["  1 | cafe\u0301 noir", "    |      ^^^^"]),
        ("a\u202eb c", "c", ["  1 | a\N{REPLACEMENT CHARACTER}b c", "    |     ^"]),
        ("\x1b[31mred", "red", ["  1 | \N{REPLACEMENT CHARACTER}[31mred", "    |      ^^^"]),
        ("a\u2028b", "b", ["  1 | a b", "    |   ^"]),
    ],
    ids=lambda value: repr(value) if isinstance(value, str) else "",
)
def test_the_marks_stand_under_the_words(content: str, words: str, expected: list[str]) -> None:
    assert expected == shown(content, words)


def test_the_gutter_is_as_wide_as_the_number_of_the_line() -> None:
    assert ["  12 | here", "     | ^^^^"] == shown("\n" * 11 + "here", "here")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_end_is_not_shown(end: str) -> None:
    assert ["  2 | two", "    | ^^^"] == shown(f"one{end}two{end}three", "two")


def test_of_a_span_over_several_lines_the_first_is_marked_and_the_last_named() -> None:
    assert ["  1 | one two", "    |     ^^^ to line 3"] == shown("one two\nthree\nfour", "two\nthree\nfour")


def test_a_span_that_takes_in_the_line_end_stays_on_its_line() -> None:
    assert ["  1 | one", "    | ^^^"] == shown("one\ntwo", "one\n")


def test_a_place_without_characters_has_one_mark() -> None:
    assert ["  1 | one", "    |    ^"] == list(excerpt(Text("one"), Span(3, 3), plain()))


def test_the_end_of_an_empty_text_can_be_marked() -> None:
    assert ["  1 |", "    | ^"] == list(excerpt(Text(""), Span(0, 0), plain()))


def test_a_long_line_is_cut_behind_the_words() -> None:
    line, marks = shown("word " * 40, "word")
    assert line.startswith("  1 | word word")
    assert line.endswith("…")
    assert "    | ^^^^" == marks


def test_a_long_line_is_cut_before_the_words() -> None:
    line, marks = shown("x" * 300 + " here", "here")
    assert line.startswith("  1 | …xxx")
    assert line.endswith(" here")
    assert line.index("here") == marks.index("^^^^")


def test_a_long_line_is_cut_within_the_words() -> None:
    line, marks = shown("a" + "b" * 300, "b" * 300)
    assert line.endswith("b…")
    assert len(line) == len(marks)


@given(
    st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=250),
    st.integers(0, 250),
    st.integers(0, 250),
)
def test_neither_line_is_wider_than_the_window(content: str, start: int, length: int) -> None:
    start = min(start, len(content))
    line, marks = excerpt(Text(content), Span(start, min(start + length, len(content))), plain())
    assert columns(line) <= len("  1 | ") + 100 + 2
    assert columns(marks) <= len("  1 | ") + 100 + 2


def test_the_marks_have_the_colour_that_is_asked_for() -> None:
    _, marks = excerpt(Text("one"), Span(0, 3), coloured(), "yellow")
    assert marks.endswith("\033[33m^^^\033[0m")


def test_of_a_secret_only_the_beginning_is_shown() -> None:
    secret = "sk-" + "proj-q7Rw2ZkL9vTb4XnM8sHd1PfYc6Gj3KmQ5tWx"
    line = f"with {secret} now"
    assert [f"  1 | with sk-pr{'*' * (len(secret) - 5)} now", f"    | {' ' * (len(line) - 3)}^^^"] == shown(line, "now")
