"""Questions about spans that are in order and apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from promptgauge.formats.model import Tag
from promptgauge.text import Span


def holds(spans: Sequence[Span], offset: int) -> bool:
    """Whether one of `spans` holds the character at `offset`."""
    index = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return index >= 0 and offset in spans[index]


def tags_inside(tags: Sequence[Tag], span: Span) -> tuple[Tag, ...]:
    """The parts of `tags` that lie in `span`, as places in what stands there."""
    inside: list[Tag] = []
    for index in range(bisect_right(tags, span.start, key=lambda tag: tag.span.end), len(tags)):
        tag = tags[index]
        if tag.span.start >= span.end:
            break
        cut = Span(max(tag.span.start, span.start), min(tag.span.end, span.end))
        inside.append(Tag(cut.shift(-span.start), tag.kind, tag.name))
    return tuple(inside)
