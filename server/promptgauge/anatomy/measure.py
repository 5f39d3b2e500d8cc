"""Measure: the tokens of a message's parts, as they are sent.

Template tags and comments do not count, nor do the values of slots, which nobody knows. Of a template's branches the
largest is taken, and a loop's body counts once.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from promptgauge.formats.model import Message, Tag
from promptgauge.text import Span
from promptgauge.tokens import Tally, count

_LOOPS = frozenset({"for", "each"})


class Measure:
    """The counted text of one message; `tokens` of neighbouring spans add up to `total`."""

    __slots__ = ("_after", "_starts", "_tally", "at_most", "per_item", "total")

    def __init__(self, message: Message, encoding: str) -> None:
        statements = [tag for tag in message.tags if tag.kind == "statement"]
        self.at_most = any(tag.name == "if" for tag in statements)
        self.per_item = any(tag.name in _LOOPS for tag in statements)
        holes = [tag.span for tag in message.tags] + (_lesser_branches(message, encoding) if self.at_most else [])
        kept = _complement(holes, len(message.text))
        self._starts = [span.start for span in kept]
        self._after = [0, *accumulate(span.end - span.start for span in kept)]
        self._tally = Tally("".join(message.text[slice(*span)] for span in kept), encoding)
        self.total = self._tally.total

    def tokens(self, span: Span) -> int:
        """The tokens of a span of the message's text."""
        return self._tally.at(self._counted(span.end)) - self._tally.at(self._counted(span.start))

    def _counted(self, offset: int) -> int:
        """How many counted characters stand before an offset."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return 0
        inside = offset - self._starts[index]
        return min(self._after[index] + inside, self._after[index + 1])


def _complement(holes: list[Span], length: int) -> list[Span]:
    kept: list[Span] = []
    at = 0
    for hole in sorted(holes):
        if hole.start > at:
            kept.append(Span(at, hole.start))
        at = max(at, hole.end)
    if at < length:
        kept.append(Span(at, length))
    return kept


def _lesser_branches(message: Message, encoding: str) -> list[Span]:
    """The branches that are not counted: of each `if` all but the largest."""
    dropped: list[Span] = []
    open_blocks: list[tuple[str, list[int]]] = []
    tags = [tag for tag in message.tags if tag.kind == "statement"]
    for tag in tags:
        if tag.name in ("elif", "else") and open_blocks and open_blocks[-1][0] == "if":
            open_blocks[-1][1].extend((tag.span.start, tag.span.end))
        elif tag.name == "endif":
            while open_blocks and open_blocks[-1][0] != "if":
                open_blocks.pop()
            if open_blocks:
                borders = [*open_blocks.pop()[1], tag.span.start]
                branches = [Span(a, b) for a, b in zip(borders[::2], borders[1::2], strict=True)]
                dropped += _without_largest(message, branches, dropped, encoding)
        elif not tag.name.startswith("end") and _has_end(tag, tags):
            open_blocks.append((tag.name, [tag.span.end]))
    return dropped


def _has_end(tag: Tag, tags: list[Tag]) -> bool:
    return any(other.name == f"end{tag.name}" and other.span.start > tag.span.start for other in tags)


def _without_largest(message: Message, branches: list[Span], dropped: list[Span], encoding: str) -> list[Span]:
    if len(branches) < 2:
        return []
    sizes = []
    for branch in branches:
        holes = [tag.span for tag in message.tags if tag.span.overlaps(branch)]
        holes += [span for span in dropped if span.overlaps(branch)]
        shifted = [Span(max(h.start, branch.start), min(h.end, branch.end)).shift(-branch.start) for h in holes]
        text = message.text[slice(*branch)]
        sizes.append(count("".join(text[slice(*s)] for s in _complement(shifted, len(text))), encoding))
    largest = sizes.index(max(sizes))
    return [branch for index, branch in enumerate(branches) if index != largest]
