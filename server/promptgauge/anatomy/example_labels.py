"""Examples told by labels: input, answer, input, answer; or records that repeat the same labels in the same order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from promptgauge.anatomy.content import holds_value, is_demonstration, is_quoted
from promptgauge.anatomy.stretches import Found, Page, Region, merged


def find_label_cycles(page: Page) -> list[Region]:
    """Input and answer labels outside any stretch that says example."""
    regions: list[Region] = []
    for start, end in _free_runs(page):
        parts = cycle_parts(page, start, end)
        good = [p for p in parts if _has_values(page, p) and is_demonstration(page.lines, p.start, p.end)]
        if len(good) >= 2 or (good and _shows_values(page, good[0])):
            regions.extend(Region(part.start, part.end, [part]) for part in good)
    return merged(page, regions)


def cycle_parts(page: Page, start: int, end: int) -> list[Found]:
    """Examples that begin with the same label each and hold an answer label."""
    lines = page.lines
    answers = [i for i in range(start, end + 1) if lines[i].half == "answer" and lines[i].key]
    if not answers:
        return []
    inputs = [i for i in range(start, answers[-1]) if lines[i].half == "input" and lines[i].key]
    starts = [i for i in inputs if lines[i].key == lines[inputs[0]].key]
    if len(starts) > len(answers):
        starts = starts[:1] + [i for before, i in pairwise(starts) if _next(answers, before) < i]
    found: list[Found] = []
    for at, following in pairwise([*starts, end + 1]):
        answer = _next(answers, at)
        if answer < following:
            last = page.end_of_answer(answer, following - 1)
            why = f"the labels “{lines[at].label}” and “{lines[answer].label}”"
            found.append(Found(at, last, why, (at, page.trim(at, answer - 1)), (answer, last)))
    return found


def record_parts(page: Page, start: int, end: int) -> list[Found]:
    """Records with the same labels in the same order, at least twice, in a stretch that says examples."""
    lines = page.lines
    labels = [i for i in range(start, end + 1) if lines[i].key]
    starts = [n for n, i in enumerate(labels) if lines[i].key == lines[labels[0]].key]
    if len(labels) < 4 or len(starts) < 2 or any(lines[i].half == "answer" for i in labels):
        return []
    shapes = [[lines[i].key for i in labels[a:b]] for a, b in pairwise([*starts, len(labels)])]
    if len(shapes[0]) < 2 or any(shape != shapes[0] for shape in shapes[:-1]):
        return []
    places = [labels[n] for n in starts]
    return [
        Found(at, page.trim(at, following - 1), f"records that begin with “{lines[at].label}”")
        for at, following in pairwise([*places, end + 1])
    ]


def labelled(page: Page, start: int, end: int, why: str) -> Found:
    """The example on these lines with its halves, where labels part them."""
    lines = page.lines
    found = Found(start, end, why)
    answer = next((i for i in range(start, end + 1) if lines[i].half == "answer"), None)
    if answer is not None:
        found.answer = (answer, end)
        if answer > start:
            opening = next((i for i in range(start, answer) if lines[i].half == "input"), start)
            found.input = (opening, page.trim(start, answer - 1))
    return found


def _free_runs(page: Page) -> Iterator[tuple[int, int]]:
    """The stretches of lines that are not taken and hold no slot."""
    start = None
    for line in page.lines:
        if page.taken[line.index] or line.outputs:
            if start is not None:
                yield start, line.index - 1
            start = None
        elif start is None:
            start = line.index
    if start is not None:
        yield start, len(page.lines) - 1


def _next(places: list[int], after: int) -> int:
    """The first of the sorted `places` beyond `after`; a number beyond all lines where there is none."""
    at = bisect_right(places, after)
    return places[at] if at < len(places) else 1 << 62


def _has_values(page: Page, part: Found) -> bool:
    """Whether both halves hold words or numbers of their own."""
    lines = page.lines
    return all(
        half is not None
        and (
            holds_value(lines[half[0]].rest) or any(holds_value(lines[i].text) for i in range(half[0] + 1, half[1] + 1))
        )
        for half in (part.input, part.answer)
    )


def _shows_values(page: Page, part: Found) -> bool:
    """Whether one pair of labels alone is plainly an example: its answer is data, or its input is quoted."""
    lines = page.lines
    return bool(part.answer and lines[part.answer[0]].rest[:1] in ("{", "[")) or is_quoted(lines[part.start].rest)
