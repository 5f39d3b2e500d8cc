"""The line of a file with a span underlined, as a terminal shows it: tabs, wide characters and long lines included."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import combining, east_asian_width

from promptgauge.output.style import Style
from promptgauge.text import Span, Text
from promptgauge.text.secrets import masked

_WIDTH = 100
_LEAD = 12
_TAB = 4
_ELLIPSIS = "…"
# They change the shape of the character before them, not the place of the next.
_JOINERS = frozenset("\u200d\ufe0e\ufe0f")


def excerpt(text: Text, span: Span, style: Style, colour: str = "red") -> Iterator[str]:
    """The first line of a span and, below it, the marks under its characters.

    A line wider than 100 columns is cut around the span; of a span over several lines the first is marked, and where
    it ends is said. Of secrets only the beginning is shown.
    """
    line = text.line_of(span.start)
    whole = text.line_span(line)
    shown = masked(text.content)[slice(*whole)]
    first = span.start - whole.start
    last = max(first, min(span.end, whole.end) - whole.start)
    cells = [_cell(char) for char in shown]
    before, marked, after = _window(cells, first, last)
    number = str(line + 1)
    gutter = " " * len(number)
    yield f"  {style.paint('dim', f'{number} |')} {before}{marked}{after}".rstrip()
    end = text.line_of(max(span.start, span.end - 1))
    further = f" to line {end + 1}" if end > line else ""
    marks = "^" * max(1, columns(marked))
    yield f"  {style.paint('dim', f'{gutter} |')} {' ' * columns(before)}{style.paint(colour, marks)}{further}"


def _window(cells: list[str], first: int, last: int) -> tuple[str, str, str]:
    """What is shown before the marked characters, those themselves, and what is shown behind them."""
    start, end = _borders([columns(cell) for cell in cells], first)
    before = (_ELLIPSIS if start else "") + "".join(cells[start:first])
    if end < last:
        return before, "".join(cells[first:end]) + _ELLIPSIS, ""
    after = "".join(cells[last:end]) + (_ELLIPSIS if end < len(cells) else "")
    return before, "".join(cells[first:last]), after


def _borders(widths: list[int], first: int) -> tuple[int, int]:
    """The range of cells that are shown: all of them if they fit, else a window that begins a little before `first`."""
    if sum(widths) <= _WIDTH:
        return 0, len(widths)
    start, lead = first, 0
    while start and lead + widths[start - 1] <= _LEAD:
        start -= 1
        lead += widths[start]
    end, room = start, _WIDTH
    while end < len(widths) and widths[end] <= room:
        room -= widths[end]
        end += 1
    # At the end of a line there is room for more of what stands before.
    while start and widths[start - 1] <= room:
        start -= 1
        room -= widths[start]
    return start, end


def _cell(char: str) -> str:
    """What is shown for a character: itself, blanks, or a mark for one that would move the cursor."""
    if char == "\t":
        return " " * _TAB
    if char in _JOINERS:
        return ""
    if char.isspace():
        return " " * columns(char)
    return char if char.isprintable() else "\N{REPLACEMENT CHARACTER}"


def columns(words: str) -> int:
    """How many columns a terminal takes for some characters: two for wide East Asian ones and emoji."""
    if words.isascii():
        return len(words)
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in words)
