"""Which template engine a text is written for, and its tags laid out over the messages."""

from __future__ import annotations

import re
from typing import NamedTuple

from promptgauge.formats.brace_template import read_brace_template
from promptgauge.formats.jinja_template import Template, has_tags, read_template
from promptgauge.formats.model import Engine, Host, Message, Problem, Purpose, Role, Tag, Variable
from promptgauge.text import SourceMap, Span

# `${{ x }}` belongs to a pipeline's own language and only quotes what looks like Jinja.
_OTHER_LANGUAGE = re.compile(r"\$\{\{")
_FENCE = re.compile(r"^[ \t]*(```|~~~).*?^[ \t]*\1", re.MULTILINE | re.DOTALL)


class Read(NamedTuple):
    """A text as its engine reads it."""

    engine: Engine
    template: Template


def guess_template(content: str, purpose: Purpose) -> Read:
    """Read a text whose ending names no engine.

    Jinja, if it holds Jinja tags outside code blocks that all parse; else `{name}` slots. A coding assistant
    reads its files as they are, so they have no engine.
    """
    if purpose == "assistant":
        return Read("none", Template())
    bare = _FENCE.sub("", content)
    if has_tags(bare) and not _OTHER_LANGUAGE.search(bare):
        template = read_template(content)
        if template.problem is None and (template.variables or any(t.kind == "statement" for t in template.tags)):
            return Read("jinja", template)
    template = read_brace_template(content)
    return Read("brace", template) if template.variables else Read("none", Template())


def verbatim_message(content: str, role: Role, span: Span, tags: tuple[Tag, ...], header: Span | None) -> Message:
    """The message that stands at `span` as it is; `tags` are those of the whole file."""
    inside = tuple(
        Tag(Span(max(tag.span.start, span.start), min(tag.span.end, span.end)).shift(-span.start), tag.kind, tag.name)
        for tag in tags
        if tag.span.overlaps(span)
    )
    return Message(role, content[slice(*span)], SourceMap.identity(span), Host("verbatim", span), inside, header)


def mapped(template: Template, source_map: SourceMap) -> tuple[tuple[Variable, ...], Problem | None]:
    """A template's variables and problem with their places in the file."""
    variables = tuple(Variable(v.name, source_map.to_file(v.span)) for v in template.variables)
    problem = template.problem
    return variables, problem and problem._replace(span=source_map.to_file(problem.span))
