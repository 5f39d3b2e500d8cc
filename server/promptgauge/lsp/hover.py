"""Hover: on a finding the page of its rule, elsewhere the part of the prompt under the cursor."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from promptgauge.anatomy.model import Anatomy, Kind, Place, Segment
from promptgauge.lint.model import Finding, Result
from promptgauge.text import Span
from promptgauge.text.secrets import masked

Explain = Callable[[str], str]

_KINDS: dict[Kind, str] = {
    "instruction": "Instructions",
    "edge_case": "Edge cases",
    "output_format": "Output format",
    "example": "Examples",
    "knowledge": "Knowledge",
    "input": "Input",
    "other": "Other text",
}
_LONGEST_HEADING = 60


class Hover(NamedTuple):
    """What to show, as Markdown, and the span of the file that it is about."""

    markdown: str
    span: Span


def hover(result: Result, offset: int, explain: Explain) -> Hover | None:
    """What there is to say about the character at `offset` of the file; None where that is nothing."""
    findings = sorted(
        (finding for finding in result.findings if _touches(finding.span, offset)),
        key=lambda finding: finding.span.end - finding.span.start,
    )
    if findings:
        pages = [_page(finding, explain) for finding in findings]
        return Hover("\n\n---\n\n".join(dict.fromkeys(pages)), findings[0].span)
    for anatomy in result.anatomies:
        found = _part(anatomy, offset)
        if found is not None:
            return found
    return None


def _touches(span: Span, offset: int) -> bool:
    """Whether a cursor at `offset` is on the span; an empty span is hit by the cursor that stands at it."""
    return offset in span or (span.start == span.end == offset)


def _page(finding: Finding, explain: Explain) -> str:
    return f"{finding.message}\n\n{finding.advice}\n\n{explain(finding.code)}".strip()


def _part(anatomy: Anatomy, offset: int) -> Hover | None:
    for index, message in enumerate(anatomy.prompt.messages):
        at = message.map.to_text(offset)
        if at is None:
            continue
        for segment in anatomy.segments:
            if segment.place.message == index and at in segment.place.span:
                lines = [_segment(segment, anatomy), *_example(anatomy, index, at)]
                return Hover("\n\n".join(lines), message.map.to_file(segment.place.span))
    return None


def _segment(segment: Segment, anatomy: Anatomy) -> str:
    heading = " ".join(masked(segment.heading).replace("`", "'").split())
    if len(heading) > _LONGEST_HEADING:
        heading = heading[: _LONGEST_HEADING - 1] + "…"
    title = f"**{_KINDS[segment.kind]}**" + (f" under `{heading}`" if heading else "")
    share = f" ({100 * segment.tokens / anatomy.tokens:.0f} % of {anatomy.tokens:,})" if anatomy.tokens else ""
    most = "at most " if anatomy.at_most else ""
    item = ", counting one item of each loop" if anatomy.per_item else ""
    size = f"{most}{segment.tokens:,} tokens{share}{item}, counted with {anatomy.encoding}"
    return f"{title}: {size}." + (f"\n\nWhy: {masked(segment.why)}" if segment.why else "")


def _example(anatomy: Anatomy, message: int, at: int) -> list[str]:
    """The worked example that holds the character `at` of a message, if there is one."""
    for index, example in enumerate(anatomy.examples, 1):
        if any(_holds(place, message, at) for place in example.places):
            return [f"Example {index} of {len(anatomy.examples)}: {example.tokens:,} tokens. Why: {example.why}"]
    return []


def _holds(place: Place, message: int, at: int) -> bool:
    return place.message == message and at in place.span
