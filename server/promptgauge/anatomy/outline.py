"""The outline of a message: its sections, told by headings, bold lines, labels of their own and XML tags."""

from __future__ import annotations

import re
from dataclasses import dataclass

from promptgauge.anatomy import lexicon
from promptgauge.anatomy.lines import Line
from promptgauge.anatomy.model import Kind

_LABEL_LEVEL = 9
BLOCK = "(block)"


@dataclass(slots=True)
class Section:
    """The lines from `start` (its title) to `end`, both inside; `kind` is what its title says, None if nothing.

    `level` is the heading's level of `Line`, 0 for an XML element.
    """

    title: str
    level: int
    start: int
    end: int
    parent: Section | None
    kind: Kind | None
    tag: str = ""

    def inherited(self) -> Kind | None:
        """The kind of the nearest section around that has one; what stands under examples is example."""
        section: Section | None = self
        nearest: Kind | None = None
        while section:
            if section.kind == "example":
                return "example"
            nearest = nearest or section.kind
            section = section.parent
        return nearest


def kind_of_title(title: str) -> Kind | None:
    """The kind of part that a title names."""
    if lexicon.EXAMPLE_END.search(title):
        return None
    if lexicon.EXAMPLE_TITLE.search(title):
        return "example"
    if lexicon.EDGE_TITLE.search(title):
        return "edge_case"
    if lexicon.INPUT_TITLE.search(title):
        return "input"
    if lexicon.OUTPUT_TITLE.search(title):
        return "output_format"
    if lexicon.REFERENCE_TITLE.search(title):
        return "knowledge"
    if lexicon.INSTRUCTION_TITLE.search(title):
        return "instruction"
    if lexicon.KNOWLEDGE_TITLE.search(title):
        return "knowledge"
    return None


def read_outline(lines: list[Line]) -> list[Section | None]:
    """The innermost section of each line, None before the first; a title's line belongs to its own section."""
    closes = _closing_tags(lines)
    open_sections: list[Section] = []
    result: list[Section | None] = []
    for line in lines:
        while open_sections and open_sections[-1].tag and line.index > open_sections[-1].end:
            open_sections.pop()
        if _ends_label(open_sections, lines, line):
            open_sections.pop()
        started = _start(line, closes)
        if started:
            while open_sections and _closes(open_sections[-1], started, lines):
                open_sections.pop()
            started.parent = open_sections[-1] if open_sections else None
            open_sections.append(started)
        for section in open_sections:
            if not section.tag:
                section.end = line.index
        result.append(open_sections[-1] if open_sections else None)
    return result


def _closes(section: Section, started: Section, lines: list[Line]) -> bool:
    """Whether a new title ends a section; a label that follows a label at once stands under it."""
    if section.tag or started.level > section.level:
        return False
    bare = all(lines[i].blank for i in range(section.start + 1, started.start))
    return not (bare and section.level == started.level == _LABEL_LEVEL and section.kind == "example")


def _start(line: Line, closes: dict[int, int]) -> Section | None:
    if line.tag and line.index in closes:
        title = line.tag.replace("_", " ").replace("-", " ")
        return Section(title, 99, line.index, closes[line.index], None, kind_of_title(title), line.tag)
    if line.index in closes:
        title = _START_MARK.sub("", line.text.strip(_MARKS))
        return Section(title, 99, line.index, closes[line.index], None, kind_of_title(title), BLOCK)
    if line.level:
        return Section(line.title, line.level, line.index, line.index, None, kind_of_title(line.title))
    return None


def _closing_tags(lines: list[Line]) -> dict[int, int]:
    """For each line that opens an XML element alone, the line that closes it."""
    waiting: dict[str, list[int]] = {}
    closes: dict[int, int] = {}
    for line in lines:
        if not line.tag:
            continue
        if line.tag_closes:
            starts = waiting.get(line.tag)
            if starts:
                closes[starts.pop()] = line.index
        elif f"</{line.tag}>" in line.text.lower() :
            closes[line.index] = line.index
        elif not line.text.endswith("/>"):
            waiting.setdefault(line.tag, []).append(line.index)
    closes.update(_end_marks(lines))
    return closes


_MARKS = " \t#*=-_[]<>:"
_START_MARK = re.compile(r"^(?:start|begin)(?: of)?\s+", re.IGNORECASE)
_END_MARK = re.compile(r"^end(?: of)?\s+(?P<name>.+)$", re.IGNORECASE)


def _end_marks(lines: list[Line]) -> dict[int, int]:
    """Blocks that are closed in words: `START NOTES` or `NOTES` down to `END NOTES`."""
    closes: dict[int, int] = {}
    starts: dict[str, int] = {}
    for line in lines:
        name = line.text.strip(_MARKS).lower()
        if not name or len(name) > 60 or line.fence or line.bullet:
            continue
        end = _END_MARK.match(name)
        if end and end["name"] in starts:
            start = starts.pop(end["name"])
            if line.index - start > 1:
                closes[start] = line.index
        elif line.level or _START_MARK.match(name):
            starts.setdefault(_START_MARK.sub("", name), line.index)
    return closes


def _ends_label(open_sections: list[Section], lines: list[Line], line: Line) -> bool:
    """Whether a paragraph after a blank line ends a section that only a label opened."""
    if not open_sections or open_sections[-1].level != _LABEL_LEVEL or line.blank or line.index == 0:
        return False
    section = open_sections[-1]
    if not lines[line.index - 1].blank or line.index - 1 == section.start:
        return False
    if all(lines[i].blank for i in range(section.start + 1, line.index)):
        return False
    return not (line.bullet or line.fence or line.table or line.label or line.indent or line.text[:1] in "{[<\"“|")
