"""Examples told by XML elements: `<example>` around each, or `<examples>` around all."""

from __future__ import annotations

from collections.abc import Iterator

from promptgauge.anatomy.content import is_demonstration
from promptgauge.anatomy.example_labels import labelled
from promptgauge.anatomy.example_parts import parts_of
from promptgauge.anatomy.labels import half_of
from promptgauge.anatomy.outline import Section
from promptgauge.anatomy.stretches import Found, Page, Region

_ONE = frozenset({"example", "sample", "demonstration", "shot", "few_shot_example"})
_MANY = frozenset({"examples", "samples", "demonstrations", "few_shot_examples"})


def find_elements(page: Page) -> Iterator[Region]:
    """The elements that hold examples."""
    for section in page.outline.sections:
        # What holds slots is filled at run time.
        if section.repeated or page.has_slot(section.start, section.end):
            continue
        if section.tag in _ONE:
            if is_demonstration(page.lines, section.start, section.end) or _takes_in_files(page, section):
                yield Region(section.start, section.end, [_example(page, section)])
        elif section.tag in _MANY and not any(child.tag in _ONE for child in section.children):
            yield Region(section.start, section.end, parts_of(page, section.start + 1, section.end - 1, section.title))


def _example(page: Page, section: Section) -> Found:
    """The example in an element, its halves told by elements inside (`<input>`, `<output>`) or by labels."""
    why = "an <example> element"
    halves = {half_of(child.tag.replace("_", " ")): (child.start, child.end) for child in reversed(section.children)}
    if "answer" in halves:
        return Found(section.start, section.end, why, halves.get("input"), halves["answer"])
    return labelled(page, section.start, section.end, why)


def _takes_in_files(page: Page, section: Section) -> bool:
    """Whether an element shows files that stand fast, by elements of their own (`<img src="cat.png"/>`)."""
    lines = page.lines[section.start + 1 : section.end]
    return sum(1 for line in lines if line.slots == "all" and line.text[0] == "<") >= 2
