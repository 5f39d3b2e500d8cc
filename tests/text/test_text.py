"""Lines and positions, against a slow reference that counts character by character."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgauge.text import Encoding, Position, Span, Text

_contents = st.text(alphabet="ab\r\n\t é\u2028\x0b\x85😀\ud800\udc00", max_size=30)
_encodings = st.sampled_from(["utf-8", "utf-16", "utf-32"])


def size(char: str, encoding: Encoding) -> int:
    """The code units of one character, by its number alone."""
    number = ord(char)
    if encoding == "utf-8":
        return 1 if number < 0x80 else 2 if number < 0x800 else 3 if number < 0x10000 else 4
    return 2 if encoding == "utf-16" and number > 0xFFFF else 1


def slow_position(content: str, offset: int, encoding: Encoding) -> Position:
    line = start = at = 0
    while at < offset:
        step = 2 if content[at : at + 2] == "\r\n" else 1
        if content[at] in "\r\n" and at + step <= offset:
            line, start = line + 1, at + step
        at += step
    return Position(line, sum(size(char, encoding) for char in content[start:offset]))


@given(_contents, _encodings)
def test_a_position_is_what_counting_gives(content: str, encoding: Encoding) -> None:
    text = Text(content)
    for offset in range(len(content) + 1):
        assert slow_position(content, offset, encoding) == text.position(offset, encoding)


@given(_contents, _encodings)
def test_a_position_leads_back_to_its_offset(content: str, encoding: Encoding) -> None:
    text = Text(content)
    for offset in range(len(content) + 1):
        at_line_end = offset > 0 and content[offset - 1 : offset + 1] == "\r\n"
        expected = offset - 1 if at_line_end else offset
        assert expected == text.offset(text.position(offset, encoding), encoding)


@given(_contents, _encodings, st.integers(-1, 8), st.integers(-1, 40))
def test_any_position_is_the_last_offset_that_it_reaches(
    content: str, encoding: Encoding, line: int, character: int
) -> None:
    text = Text(content)
    actual = text.offset(Position(line, character), encoding)
    if line < 0:
        assert 0 == actual
    elif line >= text.line_count:
        assert len(content) == actual
    else:
        span = text.line_span(line)
        reached = [
            o for o in range(span.start, span.end + 1) if text.position(o, encoding).character <= max(character, 0)
        ]
        assert max(reached) == actual


@given(_contents)
def test_lines_are_what_editors_cut(content: str) -> None:
    text = Text(content)
    assert re.split(r"\r\n|\r|\n", content) == [text.line(line) for line in range(text.line_count)]
    assert content == "".join(content[slice(*text.line_span(i, with_end=True))] for i in range(text.line_count))


@pytest.mark.parametrize("char", ["\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x85"])
def test_only_cr_and_lf_end_a_line(char: str) -> None:
    assert 1 == Text(f"a{char}b").line_count


def test_an_offset_beyond_the_ends_is_taken_as_the_end() -> None:
    text = Text("ab\ncd")
    assert Position(0, 0) == text.position(-3)
    assert Position(1, 2) == text.position(99)


def test_half_of_a_surrogate_pair_means_the_start_of_the_character() -> None:
    assert 1 == Text("a😀b").offset(Position(0, 2), "utf-16")
    assert 1 == Text("a😀b").offset(Position(0, 3), "utf-8")


def test_spans_overlap_only_if_they_share_a_character() -> None:
    assert Span(0, 2).overlaps(Span(1, 3))
    assert not Span(0, 2).overlaps(Span(2, 3))
    assert not Span(1, 1).overlaps(Span(0, 1))
    assert 1 in Span(1, 2)
    assert 2 not in Span(1, 2)
    assert Span(3, 5) == Span(1, 3).shift(2)
