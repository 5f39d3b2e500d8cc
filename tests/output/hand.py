"""Results made by hand: a text with findings at given words."""

from __future__ import annotations

from collections.abc import Sequence

from promptgauge.formats import read_document
from promptgauge.lint.model import Finding, Level, Related, Result
from promptgauge.output.run import Run
from promptgauge.text import Span, Text


def span_of(content: str, words: str) -> Span:
    start = content.index(words)
    return Span(start, start + len(words))


def finding(content: str, words: str, level: Level = "warning", related: str = "") -> Finding:
    """A finding at some words of a text; `related` are words elsewhere in it."""
    return Finding(
        code="PG999",
        name="hand-made",
        level=level,
        span=span_of(content, words),
        message="3 words are too many.",
        advice="Drop one.",
        values={"words": 3},
        related=(Related(span_of(content, related), "the others"),) if related else (),
        prompt=0,
    )


def result(content: str, findings: Sequence[Finding] = (), path: str = "a.txt") -> Result:
    text = Text(content)
    document = read_document(text, path, "text", None, lambda _: None)
    return Result(path, text, document, (), tuple(findings))


def run(content: str, *findings: Finding) -> Run:
    return Run([result(content, findings)], seen=1)
