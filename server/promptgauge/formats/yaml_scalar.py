"""Which characters of a YAML scalar's source made which characters of its value, for each of the five styles.

PyYAML does not tell. It is worked out here and compared with PyYAML's own value: where the two differ, the whole
scalar becomes one piece that cannot be cut, which is coarse but never wrong.
"""

from __future__ import annotations

import re

from promptgauge.formats.tree import Node
from promptgauge.text import Piece, SourceMap, Span, Text

_BREAK = r"(?:\r\n|[\r\n\x85\u2028\u2029])"
_FOLD = rf"[ \t]*{_BREAK}(?:[ \t]*{_BREAK})*[ \t]*"
# A run of spaces that ends no line is a token as well, lest each of its characters be tried as the start of a fold.
_SPACES = r"[ \t]+"
_TOKENS = {
    "": re.compile(rf"(?P<fold>{_FOLD})|{_SPACES}"),
    "'": re.compile(rf"(?P<fold>{_FOLD})|(?P<quote>'')|{_SPACES}"),
    '"': re.compile(
        rf"(?P<joined>\\{_BREAK}[ \t]*(?:{_BREAK}[ \t]*)*)|(?P<escape>\\(?:x..|u....|U........|.))"
        rf"|(?P<fold>{_FOLD})|{_SPACES}",
        re.DOTALL,
    ),
}
_ESCAPES = {
    "0": "\0", "a": "\x07", "b": "\x08", "t": "\t", "\t": "\t", "n": "\n", "v": "\x0b", "f": "\x0c", "r": "\r",
    "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_LINE_BREAK = re.compile(_BREAK)
_FIRST_WORD = re.compile(r"[^ \r\n]")


def scalar_map(content: str, node: Node) -> SourceMap:
    """The source map of a string's value; spans are offsets in `content`."""
    span, value, style = node.span, str(node.value), node.style
    raw = content[slice(*span)]
    if style in ("|", ">"):
        built = _block_pieces(raw, span.start, value, folded=style == ">")
    else:
        quote = 1 if style else 0
        built = _flow_pieces(raw[quote : len(raw) - quote], span.start + quote, style)
    pieces, decoded = built
    if decoded != value or not pieces:
        inner = Span(span.start + 1, span.start + 1) if style and not value else span
        return SourceMap((Piece(Span(0, len(value)), inner, not value),))
    return SourceMap(tuple(pieces))


class _Builder:
    """Collects pieces in order; neighbouring verbatim pieces become one."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.chars: list[str] = []
        self.length = 0

    def add(self, chars: str, file: Span, *, verbatim: bool) -> None:
        if not chars:
            return
        text = Span(self.length, self.length + len(chars))
        last = self.pieces[-1] if self.pieces else None
        if verbatim and last and last.verbatim and last.file.end == file.start:
            self.pieces[-1] = Piece(Span(last.text.start, text.end), Span(last.file.start, file.end), True)
        else:
            self.pieces.append(Piece(text, file, verbatim))
        self.chars.append(chars)
        self.length = text.end

    def result(self) -> tuple[list[Piece], str]:
        return self.pieces, "".join(self.chars)


def _flow_pieces(raw: str, base: int, style: str) -> tuple[list[Piece], str]:
    """The pieces of a plain, single-quoted or double-quoted scalar, its quotes taken off."""
    build = _Builder()
    at = 0
    for match in _TOKENS[style].finditer(raw):
        kind, chars = match.lastgroup, match.group()
        if kind is None:
            continue
        build.add(raw[at : match.start()], Span(at, match.start()).shift(base), verbatim=True)
        file = Span(*match.span()).shift(base)
        breaks = len(_LINE_BREAK.findall(chars))
        if kind == "fold":
            build.add(" " if breaks == 1 else "\n" * (breaks - 1), file, verbatim=False)
        elif kind == "joined":
            build.add("\n" * (breaks - 1), file, verbatim=False)
        elif kind == "quote":
            build.add("'", file, verbatim=False)
        else:
            build.add(_unescape(chars[1:]), file, verbatim=False)
        at = match.end()
    build.add(raw[at:], Span(at, len(raw)).shift(base), verbatim=True)
    return build.result()


def _unescape(code: str) -> str:
    if len(code) > 1:
        try:
            return chr(int(code[1:], 16))
        except (ValueError, OverflowError):
            return code
    return _ESCAPES.get(code, code)


def _block_pieces(raw: str, base: int, value: str, *, folded: bool) -> tuple[list[Piece], str]:
    """The pieces of a block scalar: its lines without their indentation, line breaks folded where the style asks."""
    text = Text(raw)
    lines = [text.line_span(i, with_end=True) for i in range(1, text.line_count)]
    build = _Builder()
    (_fold_lines if folded else _literal_lines)(build, raw, lines, block_indent(raw, value), base)
    pieces, decoded = build.result()
    return (_cut(pieces, len(value)), value) if decoded.startswith(value) else ([], "")


def block_indent(raw: str, value: str) -> int:
    """How many spaces the lines of a block scalar `raw` (its header first) lose in its `value`.

    Told by the first character that is neither space nor line end: what stands before it in the source and not in
    the value is indentation. This needs no look at the header's indicator or at what the scalar stands in.
    """
    body = Text(raw).line_span(0, with_end=True).end
    shown, told = _FIRST_WORD.search(raw, body), _FIRST_WORD.search(value)
    if not shown or not told:
        return 0
    in_file = shown.start() - max(raw.rfind("\n", body, shown.start()), raw.rfind("\r", body, shown.start()), body - 1)
    return in_file - (told.start() - value.rfind("\n", 0, told.start()))


def _literal_lines(build: _Builder, raw: str, lines: list[Span], indent: int, base: int) -> None:
    for line in lines:
        start = min(line.start + indent, line.end)
        body = raw[start : line.end].rstrip("\r\n")
        build.add(body, Span(start, start + len(body)).shift(base), verbatim=True)
        end = Span(line.start + len(raw[slice(*line)].rstrip("\r\n")), line.end)
        chars = raw[slice(*end)]
        build.add("\n" if chars else "", end.shift(base), verbatim=chars == "\n")


def _fold_lines(build: _Builder, raw: str, lines: list[Span], indent: int, base: int) -> None:
    blank, previous, after = 0, "", lines[0].start if lines else 0
    for line in lines:
        start = min(line.start + indent, line.end)
        body = raw[start : line.end].rstrip("\r\n")
        if not body:
            blank += 1
            continue
        if not previous:
            breaks = "\n" * blank
        elif previous[0] not in " \t" and body[0] not in " \t":
            breaks = "\n" * blank or " "
        else:
            breaks = "\n" * (blank + 1)
        build.add(breaks, Span(after, start).shift(base), verbatim=False)
        span = Span(start, start + len(body))
        build.add(body, span.shift(base), verbatim=True)
        blank, previous, after = 0, body, span.end
    if lines:
        breaks = "\n" * (blank + 1 if previous else blank)
        build.add(breaks, Span(after, lines[-1].end).shift(base), verbatim=False)


def _cut(pieces: list[Piece], length: int) -> list[Piece]:
    """The pieces of the first `length` characters (chomping drops final line breaks)."""
    kept: list[Piece] = []
    for piece in pieces:
        if piece.text.start >= length:
            break
        if piece.text.end <= length:
            kept.append(piece)
        elif piece.verbatim:
            size = length - piece.text.start
            kept.append(Piece(Span(piece.text.start, length), Span(piece.file.start, piece.file.start + size), True))
        else:
            kept.append(Piece(Span(piece.text.start, length), piece.file, False))
    return kept
