"""Semantic Kernel's own template language: `{{$name}}`, `{{"value"}}` and `{{plugin.function $name key=$other}}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from promptgauge.formats.jinja_template import Template
from promptgauge.formats.model import Problem, Tag, Variable
from promptgauge.text import Span

_CLOSE = re.compile(r"\}\}|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'", re.DOTALL)
_TOKEN = re.compile(r"(?:\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[^\s\"']|[\"'])+", re.DOTALL)
_VARIABLE = re.compile(r"\$(?P<name>\w+)", re.ASCII)
_VALUE = re.compile(r"(?P<quote>[\"']).*(?P=quote)", re.DOTALL)
_FUNCTION = re.compile(r"\w+(?:\.\w+)?", re.ASCII)
_NAMED = re.compile(r"\w+\s*=\s*(?P<value>.+)", re.ASCII | re.DOTALL)
_EQUALS = re.compile(r"\s*=\s*")
_LINE_END = re.compile(r"[\r\n]|\Z")


def read_semantic_kernel_template(content: str) -> Template:
    """The blocks of `content`, the variables that they read, and the first block that does not parse."""
    tags: list[Tag] = []
    variables: dict[str, Variable] = {}
    problem: Problem | None = None
    for block in _blocks(content):
        if isinstance(block, Problem):
            problem = problem or block
            continue
        inner = Span(block.start + 2, block.end - 2)
        if not content[slice(*inner)].strip():
            continue  # `{{}}` is sent as it is
        tags.append(Tag(block, "output"))
        tokens = [Span(*match.span()) for match in _TOKEN.finditer(content, *inner)]
        for token in tokens:
            for name, span in _variables(content, token):
                variables.setdefault(name, Variable(name, span))
        what = _flaw([content[slice(*token)] for token in tokens])
        if what and problem is None:
            problem = Problem("template-syntax", block, what)
    return Template(tuple(tags), tuple(variables.values()), problem=problem)


def _blocks(content: str) -> Iterator[Span | Problem]:
    """The places of the blocks; a quoted `}}` closes none."""
    start = content.find("{{")
    while start >= 0:
        at = start + 2
        # In `{{{{x}}` the innermost pair opens the block.
        while content.startswith("{", at):
            start, at = start + 1, at + 1
        while (match := _CLOSE.search(content, at)) and match.group() != "}}":
            at = match.end()
        if match is None:
            plain = content.find("}}", start)
            if plain < 0:
                line = _LINE_END.search(content, start)
                yield Problem(
                    "template-syntax", Span(start, line.start() if line else start + 2), "`{{` is never closed"
                )
                return
            yield Problem("template-syntax", Span(start, plain + 2), "a quote in this block is never closed")
            at = plain + 2
        else:
            at = match.end()
            yield Span(start, at)
        start = content.find("{{", at)


def _variables(content: str, token: Span) -> Iterator[tuple[str, Span]]:
    """The variable that a token is, or that a named argument hands over."""
    chars = content[slice(*token)]
    start = token.start
    equals = _EQUALS.search(chars) if chars[0] not in "\"'$" else None
    if equals:
        start += equals.end()
    match = _VARIABLE.match(content, start, token.end)
    if match:
        yield match["name"], Span(*match.span())


def _flaw(tokens: list[str]) -> str:
    """What is wrong with a block; an empty string if it parses."""
    first, *rest = tokens
    if first.startswith("$"):
        if not _VARIABLE.fullmatch(first):
            return f"`{first}` is no variable: only letters, digits and `_` may follow the `$`"
        return "nothing can follow a variable" if rest else ""
    if first[0] in "\"'":
        if not _VALUE.fullmatch(first):
            return f"the value {first} does not end with its quote"
        return "nothing can follow a value" if rest else ""
    if not _FUNCTION.fullmatch(first):
        return f"`{first}` is no function: write `name` or `plugin.name`, or `$name` for a variable"
    for number, argument in enumerate(_glued(rest)):
        named = _NAMED.fullmatch(argument)
        value = named["value"] if named else argument
        if not (_VARIABLE.fullmatch(value) or _VALUE.fullmatch(value)):
            return f"the argument `{value}` is neither a `$variable` nor a quoted value"
        if number and not named:
            return f"the argument `{value}` needs a name: only the first may go without"
    return ""


def _glued(tokens: list[str]) -> list[str]:
    """The arguments, those put together that have spaces around their `=`."""
    glued: list[str] = []
    for token in tokens:
        if glued and (token.startswith("=") or glued[-1].endswith("=")):
            glued[-1] += token
        else:
            glued.append(token)
    return glued
