"""Places as JSON: lines and columns from 1, as editors show them, and offsets from 0, all in code points."""

from __future__ import annotations

from typing import Any

from promptgauge.text import Span, Text


def point(text: Text, offset: int) -> dict[str, int]:
    """One place of a file."""
    line, column = text.position(offset)
    return {"line": line + 1, "column": column + 1, "offset": offset}


def span(text: Text, place: Span) -> dict[str, Any]:
    """A stretch of a file; `end` is the place after its last character."""
    return {"start": point(text, place.start), "end": point(text, place.end)}
