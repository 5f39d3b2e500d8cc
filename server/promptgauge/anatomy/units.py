"""Units: what a reader takes as one statement: a list item with its wrapped lines, a block, a table, a sentence line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from promptgauge.anatomy.lines import Line
from promptgauge.anatomy.outline import Section

UnitShape = Literal["heading", "item", "block", "table", "rule", "tag", "comment", "prose"]
_WRAP_WIDTH = 55
_SENTENCE_END = tuple(".!?:;。！？：；…)\"'”")


@dataclass(slots=True)
class Unit:
    """The lines of one statement. `section` is the innermost section of its first line; `parent` the list item or
    lead-in above that it belongs to."""

    shape: UnitShape
    lines: list[Line]
    section: Section | None
    parent: Unit | None = None
    text: str = field(default="")

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def start(self) -> int:
        return self.lines[0].index

    @property
    def end(self) -> int:
        return self.lines[-1].index


def read_units(lines: list[Line], sections: list[Section | None], in_example: set[int]) -> list[Unit]:
    """The units of a message in order, those inside examples left out."""
    units: list[Unit] = []
    for line in lines:
        if line.blank or line.index in in_example:
            continue
        shape = _shape(line)
        last = units[-1] if units else None
        if last and last.end == line.index - 1 and _continues(last, line, shape):
            last.lines.append(line)
        elif last and line.fence in ("in", "close") and last.shape == "block" and last.lines[-1].fence in ("open", "in"):
            last.lines.append(line)
        else:
            units.append(Unit(shape, [line], sections[line.index]))
    for unit in units:
        unit.text = " ".join(line.visible for line in unit.lines)
    _set_parents(units)
    return units


def _shape(line: Line) -> UnitShape:
    if line.comment:
        return "comment"
    if line.fence:
        return "block"
    if line.table:
        return "table"
    if line.rule:
        return "rule"
    if line.level:
        return "heading"
    if line.tag:
        return "tag"
    return "item" if line.bullet else "prose"


def _continues(unit: Unit, line: Line, shape: UnitShape) -> bool:
    """Whether a line goes on with the unit right above it."""
    before = unit.lines[-1]
    if unit.shape == "block":
        return before.fence in ("open", "in")
    if unit.shape == "table" or unit.shape == "comment":
        return shape == unit.shape
    if shape != "prose" or unit.shape not in ("item", "prose") or line.slots == "all" or before.slots == "all":
        return False
    if line.text[0] in "{}[]<\"|" or before.text.endswith(("{", "[", "}", "]", ",")):
        return line.text[0] in "{}[]\"" or before.text.endswith(("{", "[", ","))
    if unit.shape == "item" and line.indent > unit.first.indent:
        return not line.label or not before.text.endswith(_SENTENCE_END)
    wrapped = len(before.text) >= _WRAP_WIDTH and not before.text.endswith(_SENTENCE_END)
    return wrapped or (line.text[0].islower() and not before.text.endswith(_SENTENCE_END))


def _set_parents(units: list[Unit]) -> None:
    """An item's parent is the nearest less indented item above, or the lead-in that ends in a colon."""
    stack: list[Unit] = []
    for index, unit in enumerate(units):
        if unit.shape == "heading" or unit.shape == "rule":
            stack = []
            continue
        while stack and stack[-1].first.indent >= unit.first.indent and not _leads(stack[-1], unit):
            stack.pop()
        unit.parent = stack[-1] if stack else None
        before = units[index - 1] if index else None
        if unit.parent is None and before and before.shape in ("prose", "item") and before.text.endswith((":", "：")):
            unit.parent = before
        if unit.shape in ("item", "prose"):
            stack.append(unit)


def _leads(unit: Unit, below: Unit) -> bool:
    return unit.shape == "prose" and below.shape == "item" and unit.text.endswith((":", "："))
