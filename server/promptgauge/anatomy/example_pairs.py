"""Examples told by contrast: wrong beside right, or before and after inside a block of code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from promptgauge.anatomy.content import ARROW, is_quoted
from promptgauge.anatomy.labels import side_of
from promptgauge.anatomy.stretches import Found, Page, Region

_COMMENT = re.compile(r"(?://|#|--|/\*|<!--|;)+\s*(?P<name>\S.*?)\s*(?:\*/|-->)?$")
_LONGEST_COMMENT = 100
_FARTHEST = 40
"""Lines between the two sides of a pair."""
_SHOWS = ("```", "~~~", "{", "[", "<", "`")
_LEADS = (":", "：", ":**")


def find_pairs(page: Page) -> list[Region]:
    """Wrong and right side by side, outside any stretch that says example."""
    parts = pair_parts(page, 0, len(page.lines) - 1)
    return [Region(part.start, part.end, [part]) for part in parts]


def pair_parts(page: Page, start: int, end: int) -> list[Found]:
    """Wrong and right side by side, in either order, each pair an example."""
    lines = page.lines
    marks = [i for i in range(start, end + 1) if lines[i].side]
    found: list[Found] = []
    at = 0
    while at + 1 < len(marks):
        first, second = marks[at], marks[at + 1]
        close = second - first <= _FARTHEST and lines[first].indent == lines[second].indent
        if lines[first].side == lines[second].side or not close or not all(_shows(page, i) for i in (first, second)):
            at += 1
            continue
        last = page.end_of_answer(second, marks[at + 2] - 1 if at + 2 < len(marks) else end)
        halves = (first, page.trim(first, second - 1)), (second, last)
        bad, good = halves if lines[first].side == "bad" else halves[::-1]
        names = [lines[i].label or lines[i].title for i in (first, second)]
        found.append(Found(first, last, f"the pair “{names[0]}” and “{names[1]}”", bad, good))
        at += 2
    return found


def find_contrasts(page: Page) -> Iterator[Region]:
    """Fenced blocks whose comments say before and after (old and new, wrong and right)."""
    lines = page.lines
    for line in lines:
        if line.fence != "open" or page.taken[line.index]:
            continue
        end = page.end_of_block(line.index, len(lines) - 1)
        sides = {_side_of_comment(lines[i].text) for i in range(line.index + 1, end)}
        if {"bad", "good"} <= sides:
            start = line.index
            above = start - 1 if start and not lines[start - 1].blank else start - 2
            if above >= 0 and lines[above].text.endswith(_LEADS) and not lines[above].fence:
                start = above
            yield Region(start, end, [Found(start, end, "comments in a block that say before and after")])


def _side_of_comment(text: str) -> str:
    comment = _COMMENT.match(text) if len(text) <= _LONGEST_COMMENT else None
    return side_of(comment["name"]) if comment else ""


def _shows(page: Page, index: int) -> bool:
    """Whether a side shows something: a quotation, code, or a block behind the label."""
    lines = page.lines
    shown = lines[index].rest or lines[min(page.next_filled(index), len(lines) - 1)].text
    return shown.startswith(_SHOWS) or is_quoted(shown) or ARROW.search(shown) is not None
