"""Jinja templates: tags, variables, includes and what does not parse, all told by Jinja's own lexer and parser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from promptgauge.formats.model import Include, Problem, Tag, TagKind, Variable
from promptgauge.text import Span, Text

if TYPE_CHECKING:
    from jinja2 import Environment

_TAG = re.compile(r"\{[{%#]")
_LINE_END = re.compile(r"\r\n|\r")
_BEGINS: dict[str, TagKind] = {
    "variable_begin": "output",
    "block_begin": "statement",
    "comment_begin": "comment",
    "raw_begin": "raw",
    "raw_end": "raw",
}
_ENDS = frozenset({"variable_end", "block_end", "comment_end"})
_INCLUDES = frozenset({"include", "import", "from", "extends"})
_UNKNOWN_TAG = re.compile(r"unknown tag '(\w+)'")
_INNERMOST = re.compile(r"innermost block that needs to be closed is '(\w+)'")


@dataclass(frozen=True, slots=True)
class Template:
    """What a template is made of; all spans are offsets in the text that was given."""

    tags: tuple[Tag, ...] = ()
    variables: tuple[Variable, ...] = ()
    includes: tuple[Include, ...] = ()
    problem: Problem | None = None


def has_tags(content: str) -> bool:
    """Whether there is anything that Jinja would look at."""
    return _TAG.search(content) is not None


def read_template(content: str) -> Template:
    """Read `content` as Jinja does. Nothing is rendered; unknown filters, tests and globals are fine."""
    if not has_tags(content):
        return Template()
    # Jinja turns every line end into one line feed; an equally long text keeps its offsets ours.
    source = _LINE_END.sub(lambda match: " \n" if len(match.group()) == 2 else "\n", content)
    tokens, broken = _lex(source)
    tags = _tags(source, tokens)
    names, problem = _parse(source, tokens, tags)
    return Template(tags, _variables(tokens, names), _includes(tokens), broken or problem)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    value: str
    span: Span


@cache
def _environment() -> Environment:
    from jinja2 import Environment

    return Environment(
        keep_trailing_newline=True, extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols", "jinja2.ext.i18n"]
    )


def _lex(source: str) -> tuple[list[_Token], Problem | None]:
    """The tokens with their places, and the problem that ended them."""
    from jinja2 import TemplateSyntaxError

    tokens: list[_Token] = []
    at = 0
    try:
        for _, kind, value in _environment().lex(source):
            # White space control drops characters before a tag; everything else follows on.
            while not source.startswith(value, at):
                at += 1
            tokens.append(_Token(kind, value, Span(at, at + len(value))))
            at += len(value)
    except TemplateSyntaxError as error:
        start = max((token.span.start for token in tokens if token.kind in _BEGINS), default=at)
        text = Text(source)
        line = text.line_span(min(error.lineno, text.line_count) - 1)
        span = Span(start, text.line_span(text.line_of(start)).end) if line.end <= start else line
        if error.message and error.message.startswith("Missing end of"):
            span = Span(at, min(at + 2, len(source)))
        return tokens, _problem(span, error.message)
    return tokens, None


def _problem(span: Span, message: str | None) -> Problem:
    what = message or "it does not parse"
    return Problem("template-syntax", span, what[0].lower() + what[1:].rstrip("."))


def _unclosed(tags: tuple[Tag, ...], name: str) -> Problem | None:
    """The problem of the last block `name` that has no end."""
    open_tags: list[Tag] = []
    for tag in tags:
        if tag.kind == "statement" and tag.name == name:
            open_tags.append(tag)
        elif tag.name == f"end{name}" and open_tags:
            open_tags.pop()
    if not open_tags:
        return None
    return _problem(open_tags[-1].span, f"the block `{name}` is never closed: add `{{% end{name} %}}` where it ends")


def _tags(source: str, tokens: list[_Token]) -> tuple[Tag, ...]:
    tags: list[Tag] = []
    begin: _Token | None = None
    name = ""
    for token in tokens:
        if token.kind in ("raw_begin", "raw_end"):
            tags.append(Tag(_trimmed(source, token.span, token.value), "raw"))
        elif token.kind in _BEGINS:
            begin, name = token, ""
        elif begin and token.kind in _ENDS:
            kind = _BEGINS[begin.kind]
            if kind == "statement" and name in _INCLUDES:
                kind = "include"
            start = _trimmed(source, begin.span, begin.value).start
            tags.append(Tag(Span(start, token.span.end), kind, name))
            begin = None
        elif begin and not name and begin.kind == "block_begin" and token.kind == "name":
            name = token.value
    return tuple(tags)


def _trimmed(source: str, span: Span, value: str) -> Span:
    """A tag's span with the white space before it that its `-` takes away (the lexer adds what stands after)."""
    start = span.start
    if value.rstrip().endswith("-") or value.lstrip().startswith("{%-"):
        while start > 0 and source[start - 1].isspace():
            start -= 1
    return Span(start, span.end)


def _parse(source: str, tokens: list[_Token], tags: tuple[Tag, ...]) -> tuple[frozenset[str], Problem | None]:
    """The names that are read from outside, and what does not parse."""
    from jinja2 import TemplateSyntaxError, meta

    environment = _environment().overlay()
    ends = {tag.name for tag in tags if tag.kind == "statement"}
    known: set[str] = set()
    while True:
        try:
            tree = environment.parse(source)
            break
        except TemplateSyntaxError as error:
            unknown = _UNKNOWN_TAG.search(error.message or "")
            # A tag with its own end tag belongs to an extension of the project's, not to a slip of the pen.
            if unknown and f"end{unknown[1]}" in ends and unknown[1] not in known:
                known.add(unknown[1])
                environment = environment.overlay(extensions=[_block_extension(frozenset(known))])
                continue
            block = _INNERMOST.search(error.message or "")
            problem = _unclosed(tags, block[1]) if block else None
            return _names_without_tree(tokens), problem or _problem(_place(source, tags, error.lineno), error.message)
        except RecursionError:
            return frozenset(), _problem(Span(0, 0), "nested too deeply to be read")
    environment.filters = _AnyName(environment.filters)
    environment.tests = _AnyName(environment.tests)
    return frozenset(meta.find_undeclared_variables(tree)), None


class _AnyName(dict[str, Any]):
    """A table in which every filter or test exists: which ones a project has cannot be told from a template."""

    def __contains__(self, name: object) -> bool:
        return True

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(name, _any_filter)

    def __missing__(self, name: str) -> Any:
        return _any_filter


def _any_filter(value: Any, *_: Any, **__: Any) -> Any:
    return value


@cache
def _block_extension(names: frozenset[str]) -> Any:
    """A Jinja extension that reads each of `names` as a block up to its end tag."""
    from jinja2 import nodes
    from jinja2.ext import Extension

    def parse(self: Any, parser: Any) -> Any:
        token = next(parser.stream)
        while parser.stream.current.type != "block_end":
            next(parser.stream)
        body = parser.parse_statements((f"name:end{token.value}",), drop_needle=True)
        return nodes.Scope(body, lineno=token.lineno)

    return type("Blocks", (Extension,), {"tags": set(names), "parse": parse, "identifier": "-".join(sorted(names))})


def _place(source: str, tags: tuple[Tag, ...], line: int) -> Span:
    """The first statement or output tag on a line (from 1), else the line."""
    text = Text(source)
    span = text.line_span(min(max(line, 1), text.line_count) - 1)
    for tag in tags:
        if tag.kind != "comment" and tag.span.start <= span.end and tag.span.end > span.start:
            return Span(tag.span.start, min(tag.span.end, span.end))
    return span


def _names_without_tree(tokens: list[_Token]) -> frozenset[str]:
    """The names that open an output tag: the best that can be told of a template that does not parse."""
    names: set[str] = set()
    fresh = False
    for token in tokens:
        if token.kind == "variable_begin":
            fresh = True
        elif fresh and token.kind != "whitespace":
            fresh = False
            if token.kind == "name":
                names.add(token.value)
    return frozenset(names)


def _variables(tokens: list[_Token], names: frozenset[str]) -> tuple[Variable, ...]:
    """The variables in order of their first use."""
    found: dict[str, Variable] = {}
    before = ""
    for token in tokens:
        if token.kind == "whitespace":
            continue
        if token.kind == "name" and token.value in names and token.value not in found and before not in (".", "|"):
            found[token.value] = Variable(token.value, token.span)
        before = token.value
    return tuple(found.values())


def _includes(tokens: list[_Token]) -> tuple[Include, ...]:
    includes: list[Include] = []
    statement: list[_Token] | None = None
    for token in tokens:
        if token.kind == "block_begin":
            statement = []
        elif token.kind == "block_end" and statement is not None:
            names = [t.value for t in statement if t.kind == "name"]
            if names and names[0] in _INCLUDES:
                optional = names[-2:] == ["ignore", "missing"] or "missing" in names
                paths = (t for t in statement if t.kind == "string")
                includes.extend(Include(t.value[1:-1], t.span, optional) for t in paths)
            statement = None
        elif statement is not None and token.kind != "whitespace":
            statement.append(token)
    return tuple(includes)
