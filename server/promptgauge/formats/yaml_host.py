"""YAML as a host of prompts: its nodes with their places, and the source map of a scalar.

PyYAML parses; what it does not tell is which characters of a scalar's source made which characters of its value.
That is worked out here for each of the five styles and compared with PyYAML's own value: where the two differ, the
whole scalar becomes one piece that cannot be cut, which is coarse but never wrong.
"""

from __future__ import annotations

import re

import yaml

from promptgauge.formats.model import Problem
from promptgauge.formats.tree import Node, duplicate_key
from promptgauge.text import Piece, SourceMap, Span, Text

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BREAK = r"(?:\r\n|[\r\n\x85\u2028\u2029])"
_FOLD = rf"[ \t]*{_BREAK}(?:[ \t]*{_BREAK})*[ \t]*"
_TOKENS = {
    "": re.compile(rf"(?P<fold>{_FOLD})"),
    "'": re.compile(rf"(?P<fold>{_FOLD})|(?P<quote>'')"),
    '"': re.compile(
        rf"(?P<joined>\\{_BREAK}[ \t]*)|(?P<escape>\\(?:x..|u....|U........|.))|(?P<fold>{_FOLD})", re.DOTALL
    ),
}
_ESCAPES = {
    "0": "\0", "a": "\x07", "b": "\x08", "t": "\t", "\t": "\t", "n": "\n", "v": "\x0b", "f": "\x0c", "r": "\r",
    "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_LINE_BREAK = re.compile(_BREAK)


def parse(content: str, base: int = 0) -> tuple[Node | None, Problem | None]:
    """The root value of `content`, and the problem that ended the reading, if any (a duplicate key is one).

    Several documents in one file become one array. `base` is the place of `content` in its file; it is added to
    the problem's span only. Nothing is constructed and aliases stay shared, so a YAML bomb stays small.
    """
    roots: list[yaml.Node] = []
    loader = _Loader(content)
    try:
        while loader.check_node():
            roots.append(loader.get_node())
        memo: dict[int, Node] = {}
        trees = [_tree(root, memo) for root in roots]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = error.problem or error.context or "it does not parse"
        at = min(mark.index if mark else 0, len(content))
        return None, _problem(content, at, base, f"not valid YAML: {what}; mend it, or quote the value")
    except yaml.reader.ReaderError:
        return None, _problem(content, 0, base, "not valid YAML: it holds a control character; delete it")
    except RecursionError:
        return None, _problem(content, 0, base, "nested too deeply to be read")
    finally:
        loader.dispose()
    if not trees:
        return None, None
    root = trees[0] if len(trees) == 1 else Node(Span(0, len(content)), items=trees, kind="array")
    twice = duplicate_key(root)
    if twice:
        problem = _problem(content, twice.span.start, base, f"the key {twice.value!r} stands twice; keep one of them")
        return root, problem
    return root, None


def _tree(node: yaml.Node, memo: dict[int, Node]) -> Node:
    """The node without its tags; a node that is reached twice (an alias) stays one."""
    known = memo.get(id(node))
    if known:
        return known
    span = Span(node.start_mark.index, node.end_mark.index)
    tree = memo[id(node)] = Node(span, kind="scalar")
    if isinstance(node, yaml.MappingNode):
        tree.kind = "object"
        for key, value in node.value:
            tree.keys.append(_tree(key, memo))
            tree.items.append(_tree(value, memo))
    elif isinstance(node, yaml.SequenceNode):
        tree.kind = "array"
        tree.items.extend(_tree(item, memo) for item in node.value)
    else:
        tree.value = str(node.value) if node.tag == "tag:yaml.org,2002:str" else _plain(node)
        tree.style = node.style or ""
    return tree


def _plain(node: yaml.Node) -> object:
    """The value of a scalar that YAML does not take for a string."""
    value = str(node.value)
    kind = node.tag.rpartition(":")[2]
    if kind == "null":
        return None
    if kind == "bool":
        return value.lower() in ("true", "yes", "on")
    try:
        return float(value) if kind == "float" else int(value) if kind == "int" else value
    except ValueError:
        return value


def _problem(content: str, at: int, base: int, message: str) -> Problem:
    text = Text(content)
    line = text.line_span(text.line_of(min(at, len(content))))
    start = min(at, line.end)
    return Problem("host-syntax", Span(start, max(line.end, start)).shift(base), message)


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
        build.add(raw[at : match.start()], Span(at, match.start()).shift(base), verbatim=True)
        file = Span(*match.span()).shift(base)
        kind, chars = match.lastgroup, match.group()
        if kind == "fold":
            breaks = len(_LINE_BREAK.findall(chars))
            build.add(" " if breaks == 1 else "\n" * (breaks - 1), file, verbatim=False)
        elif kind == "quote":
            build.add("'", file, verbatim=False)
        elif kind == "escape":
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
    filled = [line for line in lines if raw[slice(*line)].strip(" \r\n")]
    most = len(raw[slice(*filled[0])]) - len(raw[slice(*filled[0])].lstrip(" ")) if filled else 0
    # An indentation indicator in the header may make the indentation smaller than the first line's.
    for indent in range(most, -1, -1):
        build = _Builder()
        (_fold_lines if folded else _literal_lines)(build, raw, lines, indent, base)
        pieces, decoded = build.result()
        if decoded.startswith(value):
            return _cut(pieces, len(value)), value
    return [], ""


def _literal_lines(build: _Builder, raw: str, lines: list[Span], indent: int, base: int) -> None:
    for line in lines:
        start = min(line.start + indent, line.end)
        body = raw[start : line.end].rstrip("\r\n")
        build.add(body, Span(start, start + len(body)).shift(base), verbatim=True)
        end = Span(line.start + len(raw[slice(*line)].rstrip("\r\n")), line.end)
        chars = raw[slice(*end)]
        build.add("\n" if chars else "", end.shift(base), verbatim=chars == "\n")


def _fold_lines(build: _Builder, raw: str, lines: list[Span], indent: int, base: int) -> None:
    bodies = []
    for line in lines:
        start = min(line.start + indent, line.end)
        body = raw[start : line.end].rstrip("\r\n")
        bodies.append((body, Span(start, start + len(body)), line))
    blank, previous, after = 0, None, lines[0].start if lines else 0
    for body, span, line in bodies:
        if not body:
            blank += 1
            continue
        if previous is None:
            breaks = "\n" * blank
        elif previous[0] not in " \t" and body[0] not in " \t":
            breaks = "\n" * blank or " "
        else:
            breaks = "\n" * (blank + 1)
        build.add(breaks, Span(after, span.start).shift(base), verbatim=False)
        build.add(body, span.shift(base), verbatim=True)
        blank, previous, after = 0, body, span.end
        last = line
    if previous is not None:
        build.add("\n" * (blank + 1), Span(after, max(last.end, lines[-1].end)).shift(base), verbatim=False)


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
