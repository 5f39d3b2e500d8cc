"""A map of pieces leads from a message's text to the file and back."""

from __future__ import annotations

from promptgauge.text import Piece, SourceMap, Span

# The file holds "ab\nc" with the line feed written as an escape, in quotes; the text is a, b, line feed, c.
ESCAPED = SourceMap(
    (
        Piece(Span(0, 2), Span(1, 3), True),
        Piece(Span(2, 3), Span(3, 5), False),
        Piece(Span(3, 4), Span(5, 6), True),
    )
)


def test_a_span_maps_to_the_characters_that_made_it() -> None:
    assert Span(2, 5) == ESCAPED.to_file(Span(1, 3))
    assert Span(5, 6) == ESCAPED.to_file(Span(3, 4))
    assert Span(1, 6) == ESCAPED.to_file(Span(0, 4))


def test_an_empty_span_stands_before_the_next_character_and_at_the_end_after_the_last() -> None:
    assert Span(3, 3) == ESCAPED.to_file(Span(2, 2))
    assert Span(6, 6) == ESCAPED.to_file(Span(4, 4))


def test_any_character_of_an_escape_leads_to_the_character_that_it_makes() -> None:
    assert [None, 0, 1, 2, 2, 3, None] == [ESCAPED.to_text(at) for at in range(7)]


def test_what_lies_between_pieces_made_no_character() -> None:
    indented = SourceMap((Piece(Span(0, 2), Span(2, 4), True), Piece(Span(2, 3), Span(6, 7), True)))
    assert [None, None, 0, 1, None, None, 2, None] == [indented.to_text(at) for at in range(8)]


def test_an_identity_map_only_shifts() -> None:
    same = SourceMap.identity(Span(10, 14))
    assert Span(11, 13) == same.to_file(Span(1, 3))
    assert 2 == same.to_text(12)
    assert Span(14, 14) == same.to_file(Span(4, 4))
