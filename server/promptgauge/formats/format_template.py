"""Format strings as LangChain fills them: `str.format` with names only, so that braces that are meant are doubled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from promptgauge.formats.jinja_template import Template
from promptgauge.formats.model import Problem, Tag, Variable
from promptgauge.text import Span

_BRACE = re.compile(r"\{\{|\}\}|\{|\}")
_FIELD = re.compile(r"(?P<name>[^\W\d]\w*)(?:\.\w+|\[[^\]{}]*\])*(?:![rsa])?(?::[^{}]*)?\}")
_LINE_END = re.compile(r"[\r\n]")
_LONGEST_SHOWN = 30


def read_format_template(content: str) -> Template:
    """The fields of `content`, their names in order of first use, and the first brace that is neither."""
    tags: list[Tag] = []
    variables: dict[str, Variable] = {}
    problem: Problem | None = None
    for found in _fields(content):
        if isinstance(found, Problem):
            problem = problem or found
            continue
        name, span = found
        tags.append(Tag(span, "output"))
        variables.setdefault(name, Variable(name, span))
    return Template(tuple(tags), tuple(variables.values()), problem=problem)


def _fields(content: str) -> Iterator[tuple[str, Span] | Problem]:
    at = 0
    while brace := _BRACE.search(content, at):
        at = brace.end()
        if len(brace.group()) == 2:
            continue
        field = _FIELD.match(content, at) if brace.group() == "{" else None
        if field:
            at = field.end()
            yield field["name"], Span(brace.start(), at)
        elif brace.group() == "{":
            yield _not_a_field(content, brace.start())
        else:
            message = "this brace closes nothing: double it (`}}`) to send it"
            yield Problem("template-syntax", Span(*brace.span()), message)


def _not_a_field(content: str, start: int) -> Problem:
    line = _LINE_END.search(content, start, start + _LONGEST_SHOWN)
    end = line.start() if line else min(start + _LONGEST_SHOWN, len(content))
    message = "this brace opens no slot, and filling the template fails: double it (`{{` and `}}`) to send it"
    return Problem("template-syntax", Span(start, max(end, start + 1)), message)
