"""Stretches of lines that hold examples, and where such a stretch, an answer or a block ends."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from promptgauge.anatomy import lexicon
from promptgauge.anatomy.content import is_quoted
from promptgauge.anatomy.lines import Line
from promptgauge.anatomy.outline import Outline

_VALUE_STARTS = ("{", "[")
_OPENERS_OF_CONTENT = frozenset("\"“'`{[(<|*_「《")


@dataclass(slots=True)
class Found:
    """An example on the lines from `start` to `end`, both inside, of one message.

    `input` and `answer` are ranges of lines of its halves, None where nothing parts them. `why` is the evidence.
    """

    start: int
    end: int
    why: str
    input: tuple[int, int] | None = None
    answer: tuple[int, int] | None = None
    number: int | None = None


@dataclass(slots=True)
class Region:
    """Lines that belong to examples: the examples themselves, their headings and what stands between them."""

    start: int
    end: int
    examples: list[Found]


@dataclass
class Page:
    """The lines of a message and its outline, with what the finders of examples ask of them again and again.

    `taken` marks the lines that belong to a region already.
    """

    lines: list[Line]
    outline: Outline
    taken: bytearray = field(init=False)

    def __post_init__(self) -> None:
        self.taken = bytearray(len(self.lines))

    def is_free(self, start: int, end: int) -> bool:
        """Whether no line from `start` to `end` is taken."""
        return self.taken.find(1, start, end + 1) < 0

    def take(self, region: Region) -> None:
        """Mark a region's lines as taken."""
        length = region.end + 1 - region.start
        self.taken[region.start : region.end + 1] = b"\x01" * length

    def next_filled(self, index: int) -> int:
        """The first line after `index` that is neither blank nor a rule; the number of lines where there is none."""
        lines = self.lines
        index += 1
        while index < len(lines) and (lines[index].blank or lines[index].rule):
            index += 1
        return index

    def trim(self, start: int, end: int) -> int:
        """The last line up to `end` that is neither blank nor a rule, but `start` at the least."""
        while end > start and (self.lines[end].blank or self.lines[end].rule):
            end -= 1
        return end

    def has_half(self, start: int, end: int) -> bool:
        """Whether a line from `start` to `end` opens a half of an example."""
        return _first(self._halves, start) <= end

    def has_answer(self, start: int, end: int) -> bool:
        """Whether a line from `start` to `end` opens an answer."""
        return _first(self._answers, start) <= end

    def has_slot(self, start: int, end: int) -> bool:
        """Whether a line from `start` to `end` holds a slot, which is filled at run time."""
        return _first(self._outputs, start) <= end

    def filled_between(self, start: int, end: int) -> int:
        """How many lines from `start` up to `end`, which is left out, are not blank."""
        return self._filled[end] - self._filled[start]

    def end_of_stretch(self, start: int, end: int) -> int:
        """The last line of the examples under a title: up to a slot, an end mark or the section's end."""
        lines = self.lines
        end_mark = _first(self._end_marks, start + 1)
        slot = _first(self._slots, start + 1)
        resumes = self._first_resumption(start, min(end, end_mark, slot))
        stop = min(end_mark, slot, resumes)
        if stop > end:
            return self.trim(start, end)
        if stop == end_mark:
            return stop
        last = stop - 1
        if stop == slot:
            # The label or lead over a slot belongs to the slot.
            while last > start and not lines[last].blank and _leads_slot(lines[last]):
                last -= 1
        return self.trim(start, last)

    def end_under_lead(self, start: int, end: int) -> int:
        """The same for examples that a sentence leads to: a new title ends them as well."""
        end = self.end_of_stretch(start, end)
        title = _first(self._titles_after_blank, start + 2)
        return self.trim(start, title - 1) if title <= end else end

    def end_of_answer(self, answer: int, limit: int) -> int:
        """The last line, up to `limit`, of the answer that the label on the line `answer` opens."""
        lines, line = self.lines, self.lines[answer]
        index = answer if line.rest else self.next_filled(answer)
        if index > limit:
            return answer
        opener = lines[index]
        if opener.fence == "open" or (line.rest if index == answer else opener.text).startswith(_VALUE_STARTS):
            return self.end_of_block(index, limit)
        while index < limit:
            following = lines[index + 1]
            if following.blank:
                after = self.next_filled(index)
                if after > limit or not (lines[after].bullet or lines[after].indent > line.indent):
                    break
                index = after
            elif following.rule or following.level or following.half or following.outputs:
                break
            else:
                index += 1
        return self.trim(answer, index)

    def end_of_block(self, index: int, limit: int) -> int:
        """The last line of a fenced block or of a bracketed value."""
        lines = self.lines
        if lines[index].fence == "open":
            while index < limit and lines[index].fence != "close":
                index += 1
            return index
        depth = 0
        for at in range(index, limit + 1):
            text = lines[at].text
            depth += text.count("{") + text.count("[") - text.count("}") - text.count("]")
            if depth <= 0:
                return at
            if lines[at].outputs:
                return max(index, at - 1)
        return index

    def _first_resumption(self, start: int, end: int) -> int:
        """The first line up to `end` at which the prompt speaks to the model again; beyond it where there is none."""
        head = self.lines[start]
        if 1 <= head.level <= 6:
            return len(self.lines)
        least = 1 if head.rest else 2
        places = self._resumptions
        for at in range(bisect_left(places, start + 2), len(places)):
            if places[at] > end:
                break
            if self.filled_between(start + 1, places[at]) >= least:
                return places[at]
        return len(self.lines)

    # What follows is found once for all lines: each list holds the indexes of the lines that fit.

    def _indexes(self, fits: Callable[[Line], bool]) -> list[int]:
        return [line.index for line in self.lines if fits(line)] + [len(self.lines)]

    @cached_property
    def _filled(self) -> list[int]:
        return list(accumulate((not line.blank for line in self.lines), initial=0))

    @cached_property
    def _halves(self) -> list[int]:
        return self._indexes(lambda line: bool(line.half))

    @cached_property
    def _answers(self) -> list[int]:
        return self._indexes(lambda line: line.half == "answer")

    @cached_property
    def _end_marks(self) -> list[int]:
        return self._indexes(lambda line: bool(lexicon.EXAMPLE_END.match(line.text)))

    @cached_property
    def _slots(self) -> list[int]:
        return self._indexes(lambda line: line.outputs or line.slots == "all")

    @cached_property
    def _outputs(self) -> list[int]:
        return self._indexes(lambda line: line.outputs)

    @cached_property
    def _titles_after_blank(self) -> list[int]:
        return self._indexes(
            lambda line: (
                1 <= line.level <= 7
                and self._follows_blank(line)
                and not line.half
                and not lexicon.EXAMPLE_LINE.search(line.text)
            )
        )

    @cached_property
    def _resumptions(self) -> list[int]:
        return self._indexes(self._resumes)

    def _follows_blank(self, line: Line) -> bool:
        return line.index > 0 and self.lines[line.index - 1].blank

    def _resumes(self, line: Line) -> bool:
        """Whether a line is prose after a gap that speaks to the model and shows nothing."""
        if line.index == 0 or line.blank or line.bullet or line.fence or line.table or line.indent:
            return False
        before = self.lines[line.index - 1]
        if not (before.blank or before.rule or before.fence == "close"):
            return False
        if line.label or line.level or line.rule or line.tag or line.text[0] in _OPENERS_OF_CONTENT:
            return False
        if lexicon.EXAMPLE_TITLE.search(line.text):
            return False
        return lexicon.speaks(line.text) or bool(lexicon.SECOND_PERSON.search(line.text) and not is_quoted(line.text))


def merged(page: Page, regions: Iterable[Region]) -> list[Region]:
    """Neighbouring regions with nothing but blank lines and rules between them become one."""
    found: list[Region] = []
    for region in regions:
        if found and page.next_filled(found[-1].end) == region.start:
            found[-1].end = region.end
            found[-1].examples.extend(region.examples)
        else:
            found.append(region)
    return found


def _first(places: list[int], start: int) -> int:
    """The first of the sorted `places` from `start` on; the last stands for none."""
    return places[min(bisect_left(places, start), len(places) - 1)]


def _leads_slot(line: Line) -> bool:
    return bool((line.label and not line.rest) or line.fence or line.text.endswith((":", "：")))
