"""Examples told by layout: rows of a table, list items, fenced blocks, quotations one a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from promptgauge.anatomy import lexicon
from promptgauge.anatomy.content import ARROW, is_quoted
from promptgauge.anatomy.stretches import Found, Page, Region

_TABLE_RULE = re.compile(r"[|:\-\s]+$")
_ONE_LINE_ELEMENT = re.compile(r"<(example|sample)\b[^>]*>.*</\1>$", re.IGNORECASE)
_QUOTATION = re.compile(r"[\"“「](?P<said>[^\"”」]*)[\"”」]$")
_LEADS = (":", "：")


def table_parts(page: Page, start: int, end: int) -> list[Found]:
    """The rows of a table that fills a stretch."""
    lines = page.lines
    rows = [i for i in range(start, end + 1) if lines[i].table and not _TABLE_RULE.match(lines[i].text)]
    if len(rows) < 2 or len(rows) < page.filled_between(start + 1, end + 1) - 2:
        return []
    return [Found(i, i, "a row of a table of examples") for i in rows[1:]]


def item_parts(page: Page, start: int, end: int) -> list[Found]:
    """List items, lines with an arrow or `<example>` lines of their own, one example each."""
    lines = page.lines
    body = [i for i in range(start, end + 1) if not lines[i].blank and not lexicon.EXAMPLE_END.match(lines[i].text)]
    if body and body[0] == start and (lines[start].level or lines[start].text.endswith(":")):
        body = body[1:]
    one_line = [i for i in body if _ONE_LINE_ELEMENT.match(lines[i].text)]
    if one_line:
        return [Found(i, i, "an <example> element") for i in one_line]
    if any(lines[i].fence for i in body):
        return _arrows(page, [i for i in body if lines[i].fence in ("", "in")])
    if not body:
        return []
    least = min(lines[i].indent for i in body)
    items = [i for i in body if lines[i].bullet and lines[i].indent <= least + 1]
    if not items or items[0] != body[0] or any(lines[i].half == "answer" for i in items):
        return []
    if any(lines[i].key and not lines[i].rest for i in items):
        return []
    named = sum(1 for i in items if lines[i].label and not is_quoted(lines[i].text) and not ARROW.search(lines[i].text))
    if named * 2 > len(items):
        return []
    ends = pairwise([*items, body[-1] + 1])
    return [Found(at, page.trim(at, following - 1), "an item of a list of examples") for at, following in ends]


def _arrows(page: Page, body: list[int]) -> list[Found]:
    if len(body) < 2 or not all(ARROW.search(page.lines[i].text) for i in body):
        return []
    return [Found(i, i, "one line with an arrow") for i in body]


def fence_parts(page: Page, start: int, end: int, title: str) -> list[Found]:
    """Fenced blocks under a plural title, one example each, with the line that leads to each."""
    lines = page.lines
    opens = [i for i in range(start, end + 1) if lines[i].fence == "open"]
    if len(opens) < 2 or not lexicon.EXAMPLES_TITLE.search(title):
        return []
    found = []
    for index in opens:
        first = index
        while first - 1 > start and not lines[first - 1].blank and not lines[first - 1].fence:
            first -= 1
        if first - 2 > start and lines[first - 1].blank:
            above = lines[first - 2]
            if above.text.endswith(_LEADS) and not above.fence:
                first -= 2
        found.append(Found(first, page.end_of_block(index, end), "a fenced block under a title that says examples"))
    return found


def find_quotations(page: Page) -> Iterator[Region]:
    """Fenced blocks in which every line is a whole quotation: sample answers, one a line."""
    lines = page.lines
    for line in lines:
        if line.fence != "open" or page.taken[line.index]:
            continue
        end = page.end_of_block(line.index, len(lines) - 1)
        body = [i for i in range(line.index + 1, end) if not lines[i].blank]
        if body and all(_is_quotation(lines[i].text) for i in body):
            found = [Found(i, i, "a quotation in a block of quotations") for i in body]
            yield Region(line.index, end, found)


def _is_quotation(text: str) -> bool:
    match = _QUOTATION.match(text)
    return match is not None and len(match["said"].split()) > 3
