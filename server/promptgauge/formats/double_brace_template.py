"""`{{name}}` slots that a program looks for and fills: no blocks, no expressions, and nothing that can be wrong."""

from __future__ import annotations

import re

from promptgauge.formats.jinja_template import Template
from promptgauge.formats.model import Tag, Variable
from promptgauge.text import Span

_SLOT = re.compile(r"(?<![{$])\{\{[ \t]*([A-Za-z_][\w.-]*)[ \t]*\}\}(?!\})")


def read_double_brace_template(content: str) -> Template:
    """The slots of `content` and their variables, in order of first use."""
    tags: list[Tag] = []
    variables: dict[str, Variable] = {}
    for match in _SLOT.finditer(content):
        tags.append(Tag(Span(*match.span()), "output"))
        variables.setdefault(match[1], Variable(match[1], Span(*match.span(1))))
    return Template(tuple(tags), tuple(variables.values()))
