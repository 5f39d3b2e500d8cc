"""The parts of a stretch that says it holds examples: what shows where one ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from promptgauge.anatomy import lexicon
from promptgauge.anatomy.content import ARROW, is_demonstration
from promptgauge.anatomy.example_arrays import array_parts
from promptgauge.anatomy.example_blocks import fence_parts, item_parts, table_parts
from promptgauge.anatomy.example_labels import cycle_parts, labelled, record_parts
from promptgauge.anatomy.example_pairs import pair_parts
from promptgauge.anatomy.outline import Section
from promptgauge.anatomy.stretches import Found, Page

_NUMBER = re.compile(r"(?:#|№|\b)\s*(\d{1,3})\b")


def parts_of(page: Page, start: int, end: int, title: str, children: Sequence[Section] = ()) -> list[Found]:
    """The examples on the lines from `start` to `end`; `children` are the sections under the title."""
    if lexicon.SORTS_OF_EXAMPLES.search(title) and not page.has_half(start + 1, end):
        # `Examples that meet these criteria` lists kinds of things.
        return []
    parts = (
        _titled_parts(page, start, end, children)
        or cycle_parts(page, start, end)
        or record_parts(page, start, end)
        or array_parts(page, start, end)
        or pair_parts(page, start, end)
        or table_parts(page, start, end)
        or ([] if _names_samples(page, start, end, title) else item_parts(page, start, end))
        or fence_parts(page, start, end, title)
    )
    if len(parts) > 1:
        return [part for part in parts if is_demonstration(page.lines, part.start, part.end)]
    if not is_demonstration(page.lines, start, end) or _names_samples(page, start, end, title):
        return []
    return [_numbered(page, labelled(page, start, end, f"under the title “{title}”"))]


def _names_samples(page: Page, start: int, end: int, title: str) -> bool:
    """Whether a title announces questions or names, and nobody answers them."""
    if not lexicon.SAMPLES_TITLE.search(title) or lexicon.ANSWERED_TITLE.search(title):
        return False
    return not page.has_answer(start, end) and not any(ARROW.search(page.lines[i].text) for i in range(start, end + 1))


def _titled_parts(page: Page, start: int, end: int, children: Sequence[Section]) -> list[Found]:
    """One example for each line that reads `Example 2`, or else for each title below."""
    lines = page.lines
    marks = [i for i in range(start, end + 1) if _is_numbered_title(page, i)]
    if not marks:
        below = [s.start for s in children if not s.tag and start < s.start <= end and 1 <= s.level <= 7]
        marks = below if len(below) > 1 and not any(lines[i].half for i in below) else []
    found: list[Found] = []
    for at, following in pairwise([*marks, end + 1]):
        why = f"the title “{lines[at].title or lines[at].text[:40]}”"
        found.append(_numbered(page, labelled(page, at, page.trim(at, following - 1), why)))
    return found


def _numbered(page: Page, part: Found) -> Found:
    """The example with the number that stands in its title."""
    line = page.lines[part.start]
    number = _NUMBER.search(line.text) if line.level or line.label else None
    part.number = int(number[1]) if number else None
    return part


def _is_numbered_title(page: Page, index: int) -> bool:
    line = page.lines[index]
    if not (line.level or line.label) or not _NUMBER.search(line.text):
        return False
    return lexicon.EXAMPLE_LINE.search(line.text) is not None
