"""Liquid templates: tags, variables, includes and blocks that do not close, scanned as the language defines them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from promptgauge.formats.jinja_template import Template
from promptgauge.formats.model import Include, Problem, Tag, Variable
from promptgauge.text import Span

_OPEN = re.compile(r"\{\{-?|\{%-?[ \t\r\n]*(?P<name>#|\w*)")
_PATH = re.compile(r"(?:\"[^\"]*\"|'[^']*'|(?P<path>(?<![\w.|])[^\W\d][\w-]*)(?P<colon>\s*:(?!:))?)")
_FILTER = re.compile(r"\|\s*\w+")
_LINE_END = re.compile(r"[\r\n]|\Z")
_QUOTED = re.compile(r"\s*[\"'](?P<path>[^\"']*)[\"']")
_BLOCKS = frozenset({"if", "unless", "case", "for", "tablerow", "capture"})
_INCLUDES = frozenset({"include", "render"})
_WORDS = frozenset(
    {"and", "or", "contains", "in", "true", "false", "nil", "null", "empty", "blank", "reversed", "limit", "offset",
     "cols", "by", "with", "as", "for", "forloop", "tablerowloop", "continue"}
)  # fmt: skip


class _Reading:
    """What has been read of a template so far."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.tags: list[Tag] = []
        self.variables: dict[str, Variable] = {}
        self.includes: list[Include] = []
        self.problem: Problem | None = None
        self.own: set[str] = set()
        # The blocks that are open: their tag, and the name that a loop sets, with whether it was one before.
        self.blocks: list[tuple[Tag, str]] = []

    def complain(self, span: Span, message: str) -> None:
        self.problem = self.problem or Problem("template-syntax", span, message)


def read_liquid(content: str) -> Template:
    """Read `content` as Liquid does. Nothing is rendered; unknown tags and filters are fine."""
    reading = _Reading(content)
    for span, inner, name in _tags(reading):
        if name is None:
            reading.tags.append(Tag(span, "output"))
            _use(reading, inner)
        else:
            _statement(reading, span, inner, name)
    for tag, _ in reading.blocks[-1:]:
        reading.complain(tag.span, f"the block `{tag.name}` is never closed: add `{{% end{tag.name} %}}` where it ends")
    return Template(tuple(reading.tags), tuple(reading.variables.values()), tuple(reading.includes), reading.problem)


def _tags(reading: _Reading) -> Iterator[tuple[Span, Span, str | None]]:
    """Each tag's place, the place of its inside behind the name, and its name (None for an output)."""
    content, at = reading.content, 0
    while match := _OPEN.search(content, at):
        name = match["name"] if match.group().startswith("{%") else None
        close = content.find("}}" if name is None else "%}", match.end())
        if close < 0:
            line = _LINE_END.search(content, match.start())
            assert line
            reading.complain(Span(match.start(), line.start()), "this tag is never closed")
            return
        at = close + 2
        span = Span(match.start(), at)
        if name in ("comment", "raw"):
            closing = re.compile(rf"\{{%-?\s*end{name}\s*-?%\}}").search(content, at)
            if closing is None:
                reading.complain(span, f"the block `{name}` is never closed: add `{{% end{name} %}}` where it ends")
                return
            at = closing.end()
            if name == "comment":
                reading.tags.append(Tag(Span(span.start, at), "comment"))
            else:
                reading.tags += [Tag(span, "raw"), Tag(Span(*closing.span()), "raw")]
            continue
        yield span, Span(match.end(), close), name


def _statement(reading: _Reading, span: Span, inner: Span, name: str) -> None:
    content = reading.content
    if name == "#":
        reading.tags.append(Tag(span, "comment"))
        return
    if name in _INCLUDES:
        reading.tags.append(Tag(span, "include", name))
        quoted = _QUOTED.match(content, *inner)
        if quoted:
            reading.includes.append(Include(quoted["path"], Span(*quoted.span("path"))))
        _use(reading, Span(quoted.end() if quoted else inner.start, inner.end))
        return
    # The names that every engine shares: `unless` is a branch like `if`, `elsif` one like `elif`.
    shared = {"unless": "if", "endunless": "endif", "elsif": "elif"}.get(name, name)
    tag = Tag(span, "statement", shared)
    reading.tags.append(tag)
    if name.startswith("end"):
        _close(reading, span, name[3:])
        return
    words = content[slice(*inner)].split()
    own = words[0] if words and name in ("for", "tablerow", "assign", "capture", "increment", "decrement") else ""
    start = content.index(own, inner.start) + len(own) if own else inner.start
    _use(reading, Span(start, inner.end))
    own = own.rstrip("=")
    if name in _BLOCKS:
        loops = name in ("for", "tablerow") and own not in reading.own
        reading.blocks.append((Tag(span, "statement", name), own if loops else ""))
    if own:
        reading.own.add(own)


def _close(reading: _Reading, span: Span, name: str) -> None:
    if not any(tag.name == name for tag, _ in reading.blocks):
        if name in _BLOCKS:
            reading.complain(span, f"`end{name}` closes nothing")
        return
    while reading.blocks:
        tag, own = reading.blocks.pop()
        reading.own.discard(own)
        if tag.name == name:
            return
        close = f"{{% end{tag.name} %}}"
        reading.complain(tag.span, f"the block `{tag.name}` is never closed: add `{close}` where it ends")


def _use(reading: _Reading, inner: Span) -> None:
    """Take up the variables of an expression: what is no string, filter, keyword, named argument or own name."""
    filters = [Span(*match.span()) for match in _FILTER.finditer(reading.content, *inner)]
    for match in _PATH.finditer(reading.content, *inner):
        name = match["path"]
        if not name or match["colon"] or name in _WORDS or name in reading.own:
            continue
        if any(match.start() in span for span in filters):
            continue
        reading.variables.setdefault(name, Variable(name, Span(*match.span("path"))))
