"""Skeletons: the samples of an answer's JSON shape that stand in a prompt, and whether their punctuation holds.

A skeleton is no JSON: it holds placeholders, types, alternatives and comments in place of values. So only what no
reading can save is an error: a missing comma, a quote inside a string, a bracket that closes nothing.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from promptgauge.text import Span

_TOKEN = re.compile(
    r"(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<string>\"(?:[^\"\\\n]|\\.)*\")|(?P<mark>[{}\[\],:])|(?P<break>\n)"
    r"|(?P<space>[ \t\r]+)|(?P<blob>[^{}\[\],:\"\n]+)|(?P<quote>\")",
    re.DOTALL,
)
_FIELD = re.compile(r"\{\s*(?:\"[^\"\n]{1,60}\"|'[^'\n]{1,60}'|[A-Za-z_]\w*)\s*:")
_PAIRS = {"{": "}", "[": "]"}
_MOST = 20_000


class Shape(NamedTuple):
    """A skeleton's place in a text; `error` says what is wrong at `error_at`, None if nothing is."""

    span: Span
    error: str | None
    error_at: Span | None
    has_type: bool


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


def find_shapes(text: str, within: Span) -> list[Shape]:
    """The JSON shapes inside a stretch of the text, outermost only, in order."""
    shapes: list[Shape] = []
    at = within.start
    while True:
        match = _FIELD.search(text, at, within.end)
        if not match:
            return shapes
        shape = _read(text, match.start(), within.end)
        if shape:
            shapes.append(shape)
            at = max(shape.span.end, match.start() + 1)
        else:
            at = match.end()


def _read(text: str, start: int, end: int) -> Shape | None:
    """The shape that begins at `start`; None where nothing closes it."""
    tokens = [
        _Token(match.lastgroup or "", match.group(), match.start())
        for match in _TOKEN.finditer(text, start, min(end, start + _MOST))
        if match.lastgroup not in ("space", "comment")
    ]
    stack: list[str] = []
    for index, token in enumerate(tokens):
        if token.kind != "mark":
            continue
        if token.text in _PAIRS:
            stack.append(_PAIRS[token.text])
        elif token.text in "}]":
            if not stack or stack.pop() != token.text:
                message = f"`{token.text}` closes nothing here"
                return _with_error(text, tokens, start, index, message)
            if not stack:
                return _checked(text, tokens[: index + 1], start)
    return None


def _with_error(text: str, tokens: list[_Token], start: int, index: int, message: str) -> Shape:
    checked = _checked(text, tokens[: index + 1], start)
    if checked.error:
        return checked
    token = tokens[index]
    return checked._replace(error=message, error_at=Span(token.at, token.at + len(token.text)))


def _checked(text: str, tokens: list[_Token], start: int) -> Shape:
    last = tokens[-1]
    span = Span(start, last.at + len(last.text))
    has_type = '"type"' in text[slice(*span)] and '"properties"' in text[slice(*span)]
    for index in range(1, len(tokens)):
        error = _error(text, tokens, index)
        if error:
            return Shape(span, error[0], error[1], has_type)
    return Shape(span, None, None, has_type)


def _error(text: str, tokens: list[_Token], index: int) -> tuple[str, Span] | None:
    before, token = tokens[index - 1], tokens[index]
    touches = before.at + len(before.text) == token.at
    if before.kind == "string" and token.kind == "blob" and touches and token.text[0].isalnum():
        return "a quote stands inside a string without a backslash", Span(before.at, token.at + len(token.text.rstrip()))
    if token.kind == "break" and index + 2 < len(tokens) and _ends_value(before):
        following = [t for t in tokens[index : index + 6] if t.kind != "break"]
        if len(following) > 1 and following[0].kind == "string" and following[1].text == ":":
            return "a comma is missing after this line", Span(_line_start(text, before.at), before.at + len(before.text))
    if token.text == "," and token.kind == "mark":
        following = [t for t in tokens[index + 1 : index + 5] if t.kind != "break"]
        if following and following[0].text in ("}", "]"):
            return "a comma stands before the closing bracket", Span(token.at, token.at + 1)
    return None


def _ends_value(token: _Token) -> bool:
    if token.kind == "string" or token.text in ("}", "]"):
        return True
    return token.kind == "blob" and not token.text.rstrip().endswith(("|", "...", "…", "/", "-", "="))


def _line_start(text: str, at: int) -> int:
    start = text.rfind("\n", 0, at) + 1
    return start + len(text[start:at]) - len(text[start:at].lstrip())
