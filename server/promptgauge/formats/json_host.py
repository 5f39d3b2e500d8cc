"""JSON as a host of prompts: its values with their places, and the source map of a string.

The standard library reads strings and numbers and says what is wrong; it keeps no places, so objects and arrays are
walked here.
"""

from __future__ import annotations

import json
import re
from json.decoder import scanstring

from promptgauge.formats.model import Problem
from promptgauge.formats.tree import Node, duplicate_key
from promptgauge.text import Piece, SourceMap, Span, Text

_SPACE = re.compile(r"[ \t\r\n]*")
_ESCAPE = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.")
_SCALAR = re.compile(r"[^\s,\]}]+")


def parse(content: str) -> tuple[Node | None, Problem | None]:
    """The root value of `content`, or the problem that kept it from being read (a duplicate key is one)."""
    try:
        json.loads(content)
        root, _ = _value(content, _skip(content, 0))
    except json.JSONDecodeError as error:
        at = min(error.pos, len(content))
        return None, _problem(content, at, f"not valid JSON: {error.msg[0].lower()}{error.msg[1:]}")
    except RecursionError:
        return None, _problem(content, 0, "nested too deeply to be read")
    twice = duplicate_key(root)
    if twice:
        return root, _problem(content, twice.span.start, f"the key {twice.value!r} stands twice; keep one of them")
    return root, None


def _problem(content: str, at: int, message: str) -> Problem:
    text = Text(content)
    return Problem("host-syntax", Span(at, max(at, text.line_span(text.line_of(at)).end)), message)


def _skip(content: str, at: int) -> int:
    match = _SPACE.match(content, at)
    assert match
    return match.end()


def _value(content: str, at: int) -> tuple[Node, int]:
    """The value at `at` of a text that is known to be valid, and the place after it."""
    char = content[at]
    if char == '"':
        value, end = scanstring(content, at + 1)
        return Node(Span(at, end), value), end
    if char not in "[{":
        match = _SCALAR.match(content, at)
        assert match
        return Node(Span(*match.span()), json.loads(match.group())), match.end()
    node = Node(Span(at, at), kind="array" if char == "[" else "object")
    at = _skip(content, at + 1)
    while content[at] not in "]}":
        if node.kind == "object":
            key, at = _value(content, at)
            node.keys.append(key)
            at = _skip(content, _skip(content, at) + 1)
        item, at = _value(content, at)
        node.items.append(item)
        at = _skip(content, at)
        if content[at] == ",":
            at = _skip(content, at + 1)
    node.span = Span(node.span.start, at + 1)
    return node, at + 1


def string_map(content: str, span: Span) -> SourceMap:
    """The source map of the string literal at `span` (its quotes inside)."""
    raw = content[span.start + 1 : span.end - 1]
    base = span.start + 1
    pieces: list[Piece] = []
    at = length = 0
    for match in _ESCAPE.finditer(raw):
        if match.start() > at:
            size = match.start() - at
            pieces.append(Piece(Span(length, length + size), Span(at, match.start()).shift(base), True))
            length += size
        pieces.append(Piece(Span(length, length + 1), Span(*match.span()).shift(base), False))
        length += 1
        at = match.end()
    if at < len(raw) or not pieces:
        pieces.append(Piece(Span(length, length + len(raw) - at), Span(at, len(raw)).shift(base), True))
    return SourceMap(tuple(pieces))
