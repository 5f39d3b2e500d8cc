"""Examples told by a title that says so, or by a sentence that leads to them (`Here is an example:`)."""

from __future__ import annotations

from collections.abc import Iterator

from promptgauge.anatomy import lexicon
from promptgauge.anatomy.example_parts import parts_of
from promptgauge.anatomy.lines import Line
from promptgauge.anatomy.outline import BLOCK, Section
from promptgauge.anatomy.stretches import Page, Region

_SHORTEST_SHOWN = 4
"""Lines: an aside makes its point in fewer."""
_LONGEST_RETRIED = 50
"""Lines: where a longer stretch holds no example, the leads inside it are not tried again."""


def find_titled(page: Page) -> Iterator[Region]:
    """The stretches under titles and labels that say example."""
    done = -1
    for section in page.outline.sections:
        start = section.start
        if section.tag not in ("", BLOCK) or section.kind != "example" or section.in_reference:
            continue
        if start <= done or page.taken[start]:
            continue
        end = page.end_of_stretch(start, section.end)
        if end - start < _SHORTEST_SHOWN and lexicon.EXAMPLE_ASIDE.search(section.title):
            continue
        if page.lines[start].half == "input":
            end = _through_answer(page, section, end)
        found = parts_of(page, start, end, page.lines[start].title or section.title, section.children)
        done = end
        if found:
            yield Region(start, max(end, found[-1].end), found)


def find_led(page: Page) -> Iterator[Region]:
    """The stretches under sentences that lead to an example."""
    done = -1
    for line in page.lines:
        if line.index <= done or not _leads(page, line):
            continue
        section = page.outline.of_line[line.index]
        if section and (section.in_reference or section.inherited == "knowledge"):
            continue
        end = page.end_under_lead(line.index, section.end if section else len(page.lines) - 1)
        if end - line.index < _SHORTEST_SHOWN and lexicon.EXAMPLE_ASIDE.search(line.text):
            continue
        found = parts_of(page, line.index, end, line.text)
        if found or end - line.index > _LONGEST_RETRIED:
            done = end
        if found:
            yield Region(line.index, end, found)


def _leads(page: Page, line: Line) -> bool:
    """Whether a line is a sentence that leads to an example right below it."""
    if line.level or line.fence or line.bullet or line.comment or line.slots != "none" or page.taken[line.index]:
        return False
    if not line.text.endswith((":", "：")) or not lexicon.EXAMPLE_LEAD.search(line.text):
        return False
    below = page.next_filled(line.index)
    if below >= len(page.lines) or page.taken[below]:
        return False
    return not page.lines[below].outputs and page.lines[below].slots != "all"


def _through_answer(page: Page, section: Section, end: int) -> int:
    """The end of `Example Output` where `Example Input` is followed by it."""
    below = page.next_filled(end)
    other = page.outline.of_line[below] if below < len(page.lines) else None
    if other and other.start == below and other.level == section.level and page.lines[below].half == "answer":
        return page.end_of_stretch(other.start, other.end)
    return end
