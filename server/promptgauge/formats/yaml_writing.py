"""Text as it is written into a YAML scalar: in the scalar's own style where that holds, else the scalar anew.

What is offered here is only likely; whoever takes it reads the edited file again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from promptgauge.formats.model import Message
from promptgauge.formats.yaml_scalar import block_indent
from promptgauge.text import Edit, Span, Text

_LINE_END = re.compile(r"\r\n|\r|\n")
_HEADER = re.compile(r"[|>][-+0-9]*(?P<note>[^\r\n]*)")
_BEFORE = re.compile(r" *(?:[-?](?: +|$))*")
# What only double quotes can hold: characters that are not printable, and all line ends but the line feed.
_HIDDEN = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_SHORT = {"\0": "\\0", "\a": "\\a", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\v": "\\v", "\f": "\\f", "\r": "\\r",
          "\x1b": "\\e", '"': '\\"', "\\": "\\\\"}  # fmt: skip
_QUOTED = re.compile(f'["\\\\]|[\t\n]|{_HIDDEN.pattern}')


def ways(text: Text, target: Message, span: Span, change: Edit, wanted: str) -> Iterator[Edit]:
    """The edits that may put `wanted` into the scalar, the smallest first.

    `span` is what changes in the message's text; `change` has the whole units of the file that made it, and the
    characters that should be made there instead, not escaped yet.
    """
    place, chars = change
    scalar = target.host.span
    raw = text.content[slice(*scalar)]
    style = raw[:1]
    if style == '"':
        yield Edit(place, _escaped(chars))
    elif not _HIDDEN.search(chars):
        if style == "|":
            yield from _lines(text, target, span, wanted)
        elif "\n" not in chars:
            yield Edit(place, chars.replace("'", "''") if style == "'" else chars)
    if style != '"' and not _HIDDEN.search(wanted) and (style in ("|", ">") or "\n" in wanted.strip("\n")):
        block = _block(text, target, raw, wanted)
        if block is not None:
            yield Edit(scalar, block)
    note, tail = _rest(raw) if style in ("|", ">") else ("", "")
    yield Edit(scalar, f'"{_escaped(wanted)}"{note}{tail}')


def _escaped(chars: str) -> str:
    """The characters as they stand between double quotes."""
    return _QUOTED.sub(lambda match: _SHORT.get(match.group()) or _code(ord(match.group())), chars)


def _code(number: int) -> str:
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _lines(text: Text, target: Message, span: Span, wanted: str) -> Iterator[Edit]:
    """The lines of a literal block that change, without the rest of it."""
    scalar = target.host.span
    raw = text.content[slice(*scalar)]
    first = target.text.count("\n", 0, span.start)
    last = target.text.count("\n", 0, span.end)
    inside = Text(raw)
    # The file's line 0 is the block's header; the last line of the text decides how the block ends.
    if last >= target.text.rstrip("\n").count("\n") or last + 1 >= inside.line_count:
        return
    start = target.text.rfind("\n", 0, span.start) + 1
    end = wanted.index("\n", span.end + len(wanted) - len(target.text))
    lines = wanted[start:end].split("\n")
    indent = " " * block_indent(raw, target.text)
    place = Span(inside.line_span(first + 1).start, inside.line_span(last + 1).end)
    yield Edit(place.shift(scalar.start), _line_end(text).join(indent + line if line else "" for line in lines))


def _block(text: Text, target: Message, raw: str, wanted: str) -> str | None:
    """The whole scalar as a literal block; None where no block can hold it."""
    if not wanted.strip(" \n"):
        return None
    scalar = target.host.span
    line = text.content[text.line_span(text.line_of(scalar.start)).start : scalar.start]
    match = _BEFORE.match(line)
    assert match
    # The parent's column: that of the key before the scalar, else that of the last dash.
    parent = len(match.group()) if match.group() != line else len(line.rstrip()) - 1
    is_block = raw[:1] in ("|", ">")
    indent = block_indent(raw, target.text) if is_block else 0
    if indent <= max(parent, 0):
        indent = max(parent, 0) + 2
    end = _line_end(text)
    body = wanted.rstrip("\n")
    breaks = len(wanted) - len(body)
    leads = next(line for line in body.split("\n") if line).startswith((" ", "\t"))
    header = "|" + (str(indent - max(parent, 0)) if leads else "") + ("-" if breaks == 0 else "+" if breaks > 1 else "")
    note, tail = _rest(raw) if is_block else ("", "")
    if breaks > 1:
        tail = end * (breaks if is_block else breaks - 1)
    elif breaks and is_block:
        tail = tail or end
    lines = (" " * indent + line if line else "" for line in body.split("\n"))
    return header + note + end + end.join(lines) + tail


def _rest(raw: str) -> tuple[str, str]:
    """The comment in a block's header, and the line ends after the block."""
    match = _HEADER.match(raw)
    body = raw.rstrip(" \r\n")
    at = len(body)
    ends = _LINE_END.search(raw, at)
    return (match["note"] if match else ""), raw[ends.start() :] if ends else ""


def _line_end(text: Text) -> str:
    match = _LINE_END.search(text.content)
    return match.group() if match else "\n"
