"""Findings for people: file, place, level, code, message, the line with the span underlined, and what to do."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from promptgauge.lint.model import LEVELS, Finding, Result
from promptgauge.output.run import Run
from promptgauge.output.style import Style
from promptgauge.text import Span, Text

_WIDTH = 100
_MOST_NAMED = 5


def report(run: Run, style: Style) -> str:
    """The whole report of a run: findings, what could not be read, and the summary."""
    blocks = [_finding(result, finding, style) for result in run.results for finding in result.findings]
    blocks += [f"{style.paint('bold', trouble.path)}: {trouble.message}" for trouble in run.skipped]
    return "\n".join([*blocks, *summary(run, style)]) + "\n"


def _finding(result: Result, finding: Finding, style: Style) -> str:
    line, column = result.text.position(finding.span.start)
    place = f"{result.path}:{line + 1}:{column + 1}:"
    head = f"{style.paint('bold', place)} {style.level(finding.level)} {style.paint('bold', finding.code)} {finding.name}"
    lines = [head, *_wrapped(finding.message, "  ")]
    lines += _excerpt(result.text, finding.span, style)
    for related in finding.related:
        at = result.text.position(related.span.start)
        lines += _wrapped(f"{result.path}:{at.line + 1}:{at.character + 1}: {related.message}", "  ")
    lines += _wrapped(finding.advice, "  → ", "    ")
    return "\n".join(lines) + "\n"


def _wrapped(words: str, indent: str, further: str | None = None) -> list[str]:
    return textwrap.wrap(
        words, _WIDTH, initial_indent=indent, subsequent_indent=further or indent, break_on_hyphens=False
    )


def _excerpt(text: Text, span: Span, style: Style) -> Iterator[str]:
    """The first line of a span with its characters underlined; a long line is cut around them."""
    line = text.line_of(span.start)
    whole = text.line_span(line)
    first = span.start - whole.start
    last = max(first + 1, min(span.end, whole.end) - whole.start)
    shown = text.line(line)
    offset = 0
    if len(shown) > _WIDTH:
        offset = max(0, min(first - 10, len(shown) - _WIDTH))
        shown = shown[offset : offset + _WIDTH]
    before = shown[: first - offset]
    marked = shown[first - offset : last - offset]
    number = str(line + 1)
    gutter = " " * len(number)
    yield f"  {style.paint('dim', number + ' |')} {_flat('…' if offset else '')}{_flat(shown)}"
    pad = " " * (_columns(before) + bool(offset))
    yield f"  {style.paint('dim', gutter + ' |')} {pad}{style.paint('red', '^' * max(1, _columns(marked)))}"


def _flat(words: str) -> str:
    """Characters that would move the cursor, made visible or blank."""
    return "".join(" " if c == "\t" else c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in words)


def _columns(words: str) -> int:
    """How many columns a terminal takes for some characters (wide East Asian ones take two)."""
    if words.isascii():
        return len(words)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in words)


def summary(run: Run, style: Style) -> list[str]:
    """What was read, what was found, and what looked like a prompt and was not read."""
    found = [(level, run.count(level)) for level in LEVELS]
    counts = ", ".join(f"{number} {_plural(level, number)}" for level, number in found if number)
    files = len(run.results)
    lines = []
    if files:
        prompts = "" if run.prompts == files else f" with {run.prompts:,} {_plural('prompt', run.prompts)}"
        lines.append(
            f"{files:,} {_plural('file', files)}{prompts}, {run.tokens:,} tokens, {run.seconds:.2f} s: "
            f"{style.paint('bold', counts) if counts else style.paint('green', 'no findings')}"
        )
    else:
        lines.append(f"{style.paint('bold', 'Nothing was read')}: no prompt among {run.seen:,} {_plural('file', run.seen)}")
    if run.troubles:
        number = len(run.troubles)
        lines.append(style.paint("red", f"{number} {_plural('file', number)} could not be read, see above"))
    if run.as_text:
        lines.append(f"Read as plain text, as nothing tells their format: {_named(run.as_text)}")
    if run.passed_over:
        number = len(run.passed_over)
        lines.append(
            f"{number} more {_plural('file', number)} {'looks' if number == 1 else 'look'} like a prompt and "
            f"{'was' if number == 1 else 'were'} not read: {_named(run.passed_over)}\n"
            "  Name them, or add a glob to `include` in promptgauge.toml."
        )
    return lines


def _plural(noun: str, number: int) -> str:
    return noun if number == 1 or noun == "information" else f"{noun}s"


def _named(paths: Sequence[str]) -> str:
    more = len(paths) - _MOST_NAMED
    return ", ".join(paths[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
