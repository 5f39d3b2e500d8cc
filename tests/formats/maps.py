"""What holds for the source map of every message, whatever its format."""

from __future__ import annotations

from promptgauge.formats import Message
from promptgauge.text import Span


def assert_in_order(message: Message) -> None:
    """The pieces follow one another, without a gap on the message's side, inside the host."""
    at_text, at_file = 0, 0
    for piece in message.map.pieces:
        assert at_text == piece.text.start
        assert at_file <= piece.file.start <= piece.file.end
        at_text, at_file = piece.text.end, piece.file.end
    assert len(message.text) == at_text
    assert message.host.span.start <= message.span.start <= message.span.end <= message.host.span.end


def assert_verbatim(message: Message, content: str) -> None:
    """Verbatim pieces hold the very characters of the file."""
    for piece in message.map.pieces:
        if piece.verbatim:
            assert message.text[slice(*piece.text)] == content[slice(*piece.file)]


def assert_maps_back(message: Message) -> None:
    """Each character maps to characters of the file that map to it."""
    for piece in message.map.pieces:
        for offset in range(*piece.text):
            place = message.map.to_file(Span(offset, offset + 1))
            back = {message.map.to_text(at) for at in range(*place)}
            assert {offset if piece.verbatim else piece.text.start} == back
