"""The lines of a message with what can be seen on each: headings, labels, list items, fences, tables, tags, slots."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from promptgauge.formats.model import Message, Tag
from promptgauge.text import Span, Text

_HEADING = re.compile(r"(?P<marks>#{1,6})(?!#)[ \t]*(?P<title>[^\s#].*?)[ \t]*#*$")
_BOLD = re.compile(r"(?P<mark>\*\*|__)(?P<title>[^*_]+(?:[*_][^*_]+)*)(?P=mark)[ \t]*[:：]?$")
_BRACKETED = re.compile(r"[\[【](?P<title>[^\[\]【】]{2,60})[\]】][ \t]*[:：]?$")
_BULLET = re.compile(r"(?P<mark>[-*+•·–](?=[ \t])|\(?\d{1,3}[.)、](?=[ \t]|\D)|\(?[a-zA-Z][.)](?=[ \t]))[ \t]*(?P<rest>\S.*)?$")
_LABEL = re.compile(
    r"(?:\*\*|__|`)?(?P<label>[^\W\d_][^:：\n`*{}<>\"“”|]{0,48}?)(?:\*\*|__|`)?[ \t]*[:：](?!//)(?:\*\*|__)?(?:[ \t]+|(?<=：)|$|(?=[\"“‘{\[]))(?P<rest>.*)$"
)
_FENCE = re.compile(r"(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)$")
_ITEM_MARK = re.compile(r"^(?:[-*+]|\d{1,3}[.)])[ \t]+(?=[`~]{3})")
_RULE = re.compile(r"(?:[-*_=~#][ \t]*){3,}$")
_TAG_LINE = re.compile(r"<(?P<close>/)?(?P<name>[A-Za-z][\w.:-]*)(?P<attributes>(?:\s[^<>]*)?)>(?P<rest>.*)$")
_CAPS = re.compile(r"[A-Z][A-Z0-9 &/()'’-]{3,60}$")
_WORD = re.compile(r"\w")


@dataclass(slots=True)
class Line:
    """One line of a message and what it looks like; empty strings and zeros where it does not.

    `span` is its place in the message's text without the line end. `level` is a heading's depth: 1 to 6 for `#`,
    7 for a bold or bracketed line of its own, 8 for a line in capitals, 9 for a label with nothing behind it.
    `bullet` is a list item's mark and `label` the words before a colon; `rest` is what follows them.
    `fence` is `open`, `close` or `in`. `slots`: `none`, `some`, or `all` where nothing but template tags (with
    their quotes and delimiters) stands on the line. `visible` is the line with its template tags taken out.
    """

    index: int
    span: Span
    text: str
    indent: int = 0
    level: int = 0
    title: str = ""
    bullet: str = ""
    label: str = ""
    rest: str = ""
    fence: str = ""
    info: str = ""
    tag: str = ""
    tag_closes: bool = False
    slots: str = "none"
    outputs: bool = False
    comment: bool = False
    table: bool = False
    rule: bool = False
    visible: str = ""

    @property
    def blank(self) -> bool:
        return not self.text


def read_lines(message: Message) -> list[Line]:
    """The lines of a message, in order."""
    text = Text(message.text)
    lines = [_line(text, index) for index in range(text.line_count)]
    _mark_slots(lines, message.tags)
    _mark_comments(lines, message.text)
    _mark_fences(lines)
    _unwrap(lines)
    for line in lines:
        if line.text and not line.fence and line.slots != "all" and not line.comment:
            _mark_shape(line)
    return lines


def _line(text: Text, index: int) -> Line:
    span = text.line_span(index)
    raw = text.content[slice(*span)]
    stripped = raw.strip()
    indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
    return Line(index, span, stripped, indent, visible=stripped)


def _mark_slots(lines: list[Line], tags: tuple[Tag, ...]) -> None:
    starts = [line.span.start for line in lines]
    holes: dict[int, list[Span]] = {}
    for tag in tags:
        index = max(0, bisect_left(starts, tag.span.start + 1) - 1)
        while index < len(lines) and lines[index].span.start < tag.span.end:
            line = lines[index]
            cut = Span(max(tag.span.start, line.span.start), min(tag.span.end, line.span.end))
            if cut.start < cut.end:
                holes.setdefault(index, []).append(cut)
                if tag.kind == "comment":
                    line.comment = True
                elif line.text:
                    line.slots = "some"
                    line.outputs = line.outputs or tag.kind == "output"
            index += 1
    for index, spans in holes.items():
        line = lines[index]
        # The line is rebuilt without its tags: cheaper than masking the whole text.
        parts, at = [], line.span.start
        source = _source(lines, index)
        for span in spans:
            parts.append(source[at - line.span.start : span.start - line.span.start])
            at = max(at, span.end)
        parts.append(source[at - line.span.start :])
        line.visible = "".join(parts).strip()
        only = not _WORD.search(_DELIMITER.sub("", line.visible))
        if line.comment:
            line.comment = only and line.slots == "none"
        if line.slots == "some" and only:
            line.slots = "all"


_DELIMITER = re.compile(r"</?[\w.:-]+[^<>]*>|[\"'`]")


def _source(lines: list[Line], index: int) -> str:
    line = lines[index]
    return " " * (line.span.end - line.span.start - len(line.text)) + line.text if line.indent else line.text


def _mark_comments(lines: list[Line], content: str) -> None:
    """HTML comments that fill whole lines."""
    inside = False
    for line in lines:
        if inside or line.text.startswith("<!--"):
            end = line.text.find("-->")
            inside = end < 0
            line.comment = True


def _mark_fences(lines: list[Line]) -> None:
    mark = ""
    opened: list[Line] = []
    for line in lines:
        match = _FENCE.match(_ITEM_MARK.sub("", line.text, count=1))
        if mark:
            if match and match["mark"].startswith(mark) and not match["info"].strip():
                line.fence, mark = "close", ""
            else:
                line.fence = "in"
        elif match:
            mark, line.fence, line.info = match["mark"], "open", match["info"].strip().lower()
            opened = [line]
            continue
        if mark or line.fence == "close":
            opened.append(line)
        if line.fence == "close":
            opened = []
    for line in opened if mark else ():
        # A fence that never closes fences nothing.
        line.fence = line.info = ""


def _unwrap(lines: list[Line]) -> None:
    """Take the fence off a prompt that is wrapped in one as a whole."""
    filled = sum(1 for line in lines if line.text)
    for line in lines:
        if line.fence == "open" and line.info in ("", "markdown", "md", "text", "txt", "prompt"):
            end = next((i for i in range(line.index + 1, len(lines)) if lines[i].fence == "close"), None)
            inside = sum(1 for i in range(line.index + 1, end) if lines[i].text) if end else 0
            if end and inside * 10 > filled * 6:
                for i in range(line.index + 1, end):
                    lines[i].fence = ""


def _mark_shape(line: Line) -> None:
    text = line.text
    if _RULE.match(text):
        line.rule = True
        return
    if text.startswith("|") and text.count("|") > 1:
        line.table = True
        return
    heading = _HEADING.match(text)
    if heading:
        line.level, line.title = len(heading["marks"]), _clean(heading["title"])
        label = _LABEL.match(line.title)
        if label:
            line.label, line.rest = _clean(label["label"]), label["rest"].strip()
        return
    tag = _TAG_LINE.match(text)
    if tag and (not tag["rest"] or f"</{tag['name']}>" in tag["rest"] or text.endswith(">")):
        line.tag, line.tag_closes, line.rest = tag["name"].lower(), bool(tag["close"]), tag["rest"].strip()
        return
    body = text
    bullet = _BULLET.match(text)
    if bullet and not _BOLD.match(text):
        line.bullet, body = bullet["mark"], bullet["rest"] or ""
    bold = _BOLD.match(body)
    if bold and not line.bullet:
        line.level, line.title = 7, _clean(bold["title"])
        label = _LABEL.match(line.title)
        line.label = _clean(label["label"]) if label else line.title
        line.rest = label["rest"].strip() if label else ""
        return
    label = _LABEL.match(body)
    if label and len(label["label"].split()) <= 7:
        line.label, line.rest = _clean(label["label"]), label["rest"].strip()
        if not line.rest and not line.bullet:
            line.level, line.title = 9, line.label
        return
    line.rest = body
    if line.bullet:
        return
    bracketed = _BRACKETED.match(text)
    if bracketed:
        line.level, line.title = 7, _clean(bracketed["title"])
    elif _CAPS.match(text):
        line.level, line.title = 8, text


def _clean(title: str) -> str:
    return title.strip(" \t*_`:：#").strip()
