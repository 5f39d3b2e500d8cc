"""Kinds: which part of a prompt each unit belongs to, by a reader's rules of thumb in the order a reader applies them.

The first rule that holds decides, and its words are kept as the reason.
"""

from __future__ import annotations

from typing import NamedTuple

from promptgauge.anatomy.evidence import signs_of
from promptgauge.anatomy.model import Kind
from promptgauge.anatomy.outline import Section
from promptgauge.anatomy.units import Unit

_LONG = frozenset({"21 to 45 words", "over 45 words"})
_BINDS = frozenset({"item", "a must", "to you", "imperative"})
_SPEAKS = frozenset({"imperative", "to you", "a must", "says what you are"})


class Verdict(NamedTuple):
    """The kind of a unit and the reason in a few words."""

    kind: Kind
    why: str


def classify(units: list[Unit]) -> list[Verdict]:
    """The verdict on each unit, in their order."""
    signs = [signs_of(unit) for unit in units]
    reference = _reference_sections(units, signs)
    verdicts: list[Verdict] = []
    decided: dict[int, Verdict] = {}
    for index, unit in enumerate(units):
        following = signs[index + 1] if index + 1 < len(units) else set()
        before = decided[id(units[index - 1])] if index else None
        parent = decided.get(id(unit.parent)) if unit.parent else None
        verdict = (
            _by_slots(unit, signs[index], following, last=index == len(units) - 1)
            or _by_shape(unit, signs[index], before, units[index - 1] if index else None)
            or _by_section(unit, signs[index], reference)
            or _by_parent(unit, parent)
            or _by_words(unit, signs[index])
        )
        decided[id(unit)] = verdict
        verdicts.append(verdict)
    return _name_headings(units, verdicts)


def _by_slots(unit: Unit, own: set[str], following: set[str], *, last: bool) -> Verdict | None:
    if own & {"all slots", "a slot with a label"}:
        return Verdict("input", "run-time data goes in here")
    if "control flow" in own:
        return Verdict("input", "template control flow")
    if last and unit.first.label and not unit.first.rest:
        return Verdict("input", "the label after which the model writes")
    introduces = unit.shape in ("heading", "tag") or "label only" in own
    if introduces and following & {"all slots", "a slot with a label"}:
        return Verdict("input", "it introduces run-time data")
    return None


def _by_shape(unit: Unit, own: set[str], before: Verdict | None, above: Unit | None) -> Verdict | None:
    if unit.shape == "comment":
        return Verdict("other", "a comment")
    if unit.shape == "rule":
        return Verdict("other", "a line that parts")
    section = unit.section
    if unit.first.tag_closes and before:
        return Verdict(before.kind, "it closes what stands above")
    if unit.shape in ("heading", "tag"):
        kind = (section.kind if section and section.start == unit.start else None) or (
            section.inherited() if section else None
        )
        return Verdict("knowledge" if kind == "example" else kind, "its title says so") if kind else None
    if unit.shape == "block":
        inherited = section.inherited() if section else None
        if inherited == "output_format":
            return Verdict("output_format", "a block in a section about the answer")
        if "data block" in own and "placeholders" in own:
            return Verdict("output_format", "a block of data with placeholders")
        if before and above and above.section is section and above.text.endswith((":", "：", ":**")):
            return Verdict(before.kind, "a block that the line above leads to")
        if "a command line" in own:
            return Verdict("instruction", "commands to run")
        return Verdict("knowledge", "a block of code or data to look at")
    return None


def _by_section(unit: Unit, own: set[str], reference: set[int]) -> Verdict | None:
    section = unit.section
    inherited = section.inherited() if section else None
    if inherited == "output_format":
        return Verdict("output_format", f"it stands under “{_title(section)}”")
    if inherited == "edge_case":
        return Verdict("edge_case", f"it stands under “{_title(section)}”")
    if inherited == "knowledge" and not own & {"imperative", "says what you are"}:
        return Verdict("knowledge", f"it stands under “{_title(section)}”")
    if id(section) in reference:
        return Verdict("knowledge", "a long section that states and seldom asks")
    return None


def _by_parent(unit: Unit, parent: Verdict | None) -> Verdict | None:
    if parent and unit.parent and unit.parent.text.endswith((":", "：", ":**")):
        if parent.kind in ("edge_case", "output_format", "knowledge"):
            return Verdict(parent.kind, "it belongs to the line that leads to it")
    return None


def _by_words(unit: Unit, own: set[str]) -> Verdict:
    section = unit.section
    inherited = section.inherited() if section else None
    if "begins with if" in own or ("conditional" in own and own & _BINDS):
        return Verdict("edge_case", "it holds only in some case")
    if "about the answer" in own:
        return Verdict("output_format", "it says what the answer looks like")
    if unit.shape == "table":
        return Verdict("knowledge", "a table")
    if own & {"json-like", "mostly placeholders"} and not own & {"imperative", "to you", "a slot"}:
        return Verdict("output_format", "a shape with placeholders")
    if inherited in ("knowledge", "example") and "imperative" not in own:
        return Verdict("knowledge", f"it stands under “{_title(section)}”")
    if own & _SPEAKS:
        return Verdict("instruction", "it tells the model what to do")
    if own & {"a statement", "definition"} and own & _LONG:
        return Verdict("knowledge", "it states something at length and asks nothing")
    if inherited == "input":
        return Verdict("input", f"it stands under “{_title(section)}”")
    return Verdict("instruction", "nothing speaks for another kind")


def _title(section: Section | None) -> str:
    """The title of the section that lends its kind."""
    while section and section.kind is None:
        section = section.parent
    return section.title if section else ""


def _reference_sections(units: list[Unit], signs: list[set[str]]) -> set[int]:
    """Sections of some length whose units state things and seldom speak to the model."""
    groups: dict[int, list[set[str]]] = {}
    kinds: dict[int, Section] = {}
    for unit, own in zip(units, signs, strict=True):
        if unit.section and unit.shape in ("item", "prose", "table"):
            groups.setdefault(id(unit.section), []).append(own)
            kinds[id(unit.section)] = unit.section
    found: set[int] = set()
    for key, group in groups.items():
        if len(group) < 8 or kinds[key].inherited() not in (None, "knowledge"):
            continue
        speaks = sum(bool(own & {"imperative", "to you"}) for own in group)
        if speaks * 5 <= len(group):
            found.add(key)
    return found


def _name_headings(units: list[Unit], verdicts: list[Verdict]) -> list[Verdict]:
    """A title that names no kind takes the kind of what it introduces."""
    result = list(verdicts)
    for index in range(len(units) - 2, -1, -1):
        unit, following = units[index], units[index + 1]
        if unit.shape not in ("heading", "tag") or result[index].why in _SURE:
            continue
        section = following.section
        inside = section is unit.section or (section is not None and section.parent is unit.section)
        if inside and result[index + 1].kind != "other":
            result[index] = Verdict(result[index + 1].kind, "it introduces what follows")
    return result


_SURE = frozenset(
    {
        "its title says so",
        "it introduces run-time data",
        "run-time data goes in here",
        "template control flow",
        "it closes what stands above",
        "the label after which the model writes",
    }
)
