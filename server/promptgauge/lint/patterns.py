"""Patterns: rules that are a regular expression, run under a time limit so that none can hold up a run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from promptgauge.anatomy.model import Place
from promptgauge.lint.checks.model import Hit
from promptgauge.text import Span

if TYPE_CHECKING:
    from promptgauge.lint.conditions import ByPattern
    from promptgauge.lint.subject import Subject

SECONDS = 1.0
"""How long one pattern may take for one prompt."""
_MOST_CHARACTERS = 2000
_LONGEST_SHOWN = 60


class PatternTimeout(Exception):
    """A pattern that was stopped; the message says so and what to do."""


def fault_of(pattern: str) -> str:
    """Why a pattern cannot be used, in words for its author; an empty string where it can."""
    if len(pattern) > _MOST_CHARACTERS:
        return f"the pattern is longer than {_MOST_CHARACTERS:,} characters; make several rules of it"
    import regex  # type: ignore[import-untyped]

    try:
        _compiled(pattern)
    except (regex.error, OverflowError, RecursionError) as error:
        at = getattr(error, "pos", None)
        place = f" at character {at + 1}" if isinstance(at, int) else ""
        what = getattr(error, "msg", str(error))
        return f"this is no regular expression: {what}{place}"
    return ""


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> Any:
    import regex

    return regex.compile(pattern)


def pattern_finder(when: ByPattern) -> Callable[[Subject, Mapping[str, float]], Iterator[Hit]]:
    """The function that finds the hits of a pattern in a prompt; their value `match` is the text that matched.

    What matches nothing, or stands in a comment of the template, is no hit. It raises `PatternTimeout`.
    """
    kinds = frozenset(when.kinds)

    def find(subject: Subject, _limits: Mapping[str, float]) -> Iterator[Hit]:
        end = time.monotonic() + SECONDS
        for number, message in enumerate(subject.parts.prompt.messages):
            segments = [s.place.span for s in subject.parts.segments if s.place.message == number and s.kind in kinds]
            comments = [tag.span for tag in message.tags if tag.kind == "comment"]
            for span in _matches(when.pattern, message.text, end):
                outside = kinds and not any(span.start in segment for segment in segments)
                if outside or any(span.start in comment for comment in comments):
                    continue
                yield Hit(Place(number, span), {"match": _shown(message.text[slice(*span)])})

    return find


def _matches(pattern: str, text: str, end: float) -> Iterator[Span]:
    # The lock of the interpreter is let go while it matches: the language server goes on answering.
    matches = _compiled(pattern).finditer(text, timeout=max(end - time.monotonic(), 0.001), concurrent=True)
    try:
        for match in matches:
            if match.end() > match.start():
                yield Span(*match.span())
    except TimeoutError:
        raise PatternTimeout(
            f"its pattern took longer than {SECONDS:g} s on one prompt and was stopped; "
            "repeats inside repeats, as in (a+)+, run away: make it simpler"
        ) from None


def _shown(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST_SHOWN else words[: _LONGEST_SHOWN - 1] + "…"
