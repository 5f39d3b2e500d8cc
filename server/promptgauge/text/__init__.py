"""Characters, lines, spans and source maps: the ground that everything else stands on. Imports nothing of ours."""

from promptgauge.text.decode import DecodeError, decode
from promptgauge.text.sourcemap import Edit, Piece, SourceMap
from promptgauge.text.text import Encoding, Position, Span, Text

__all__ = [
    "DecodeError",
    "Edit",
    "Encoding",
    "Piece",
    "Position",
    "SourceMap",
    "Span",
    "Text",
    "decode",
]
