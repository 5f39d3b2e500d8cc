"""Documents and anatomies made by hand, so that the engine is tested without the reader and the dissector."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from promptgauge.anatomy.model import Anatomy, Condition, Example, Kind, OutputContract, Place, Segment
from promptgauge.formats.model import Document, Host, Message, Prompt, Role
from promptgauge.text import SourceMap, Span


def place(text: str, part: str, message: int = 0) -> Place:
    """Where `part` stands in `text`."""
    start = text.index(part)
    return Place(message, Span(start, start + len(part)))


def message(text: str, role: Role = "unknown", source: SourceMap | None = None) -> Message:
    """A message that stands in the file as it is, or as `source` says."""
    where = source or SourceMap.identity(Span(0, len(text)))
    return Message(role, text, where, Host("verbatim", where.to_file(Span(0, len(text)))))


def prompt(text: str, role: Role = "unknown", **more: Any) -> Prompt:
    """A prompt of one message that stands in the file as it is."""
    return Prompt((message(text, role),), **more)


def anatomy(
    text: str,
    *,
    segments: Sequence[tuple[Kind, str, int]] = (),
    examples: Sequence[tuple[str, int]] = (),
    conditions: Sequence[str] = (),
    output: OutputContract | None = None,
    made: Prompt | None = None,
    **more: Any,
) -> Anatomy:
    """An anatomy of `text`; its tokens are those of the segments. A segment that begins with `#` has a heading."""
    parts = tuple(
        Segment(kind, place(text, part), tokens, part.splitlines()[0] if part.startswith("#") else "", "by hand")
        for kind, part, tokens in segments
    )
    total = sum(segment.tokens for segment in parts)
    fields: dict[str, Any] = {
        "prompt": made or prompt(text),
        "segments": parts,
        "examples": tuple(Example((place(text, part),), None, None, None, n, "by hand") for part, n in examples),
        "conditions": tuple(Condition(place(text, part), "if") for part in conditions),
        "facts": (),
        "output": output or OutputContract(),
        "drifts": (),
        "reasoning": None,
        "multi_step": False,
        "tokens": total,
        "message_tokens": (total,),
        "encoding": "o200k_base",
    }
    return Anatomy(**{**fields, **more})


def document(*anatomies: Anatomy) -> Document:
    """The document that these anatomies were made from."""
    return Document("text", tuple(one.prompt for one in anatomies))
