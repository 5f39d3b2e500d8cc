"""Conditions: the rules of a prompt that hold only in some case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from promptgauge.anatomy import lexicon
from promptgauge.anatomy.units import Unit

_QUOTED = re.compile(r"`[^`]*`|\"[^\"]{0,200}\"|“[^“”]*”")
_STOP = re.compile(r"[.!?](?=\s)|[。！？]")
_SENTENCE_END = (".", "!", "?", "。", "！", "？", ":")


class Rule(NamedTuple):
    """A conditional rule: the index of the line that it begins on, and the words that make it one."""

    line: int
    cue: str


def find_cue(text: str) -> str | None:
    """The words, in lower case, that make a sentence conditional; None if there are none or it only quotes them."""
    match = lexicon.CONDITION.search(text)
    if not match:
        return None
    match = lexicon.CONDITION.search(lexicon.NO_CONDITION.sub(" ", _QUOTED.sub(" ", text)))
    return match.group().strip(" ,;.:(-–—*") if match else None


def binds(unit: Unit) -> bool:
    """Whether a unit says what must or must not be done."""
    return lexicon.MUST.search(unit.text) is not None


def find_conditions(units: Iterable[Unit]) -> Iterator[Rule]:
    """The conditional rules among the units, one for each line that begins one."""
    for unit in units:
        if unit.shape in ("block", "comment", "rule", "table") or unit.first.slots == "all":
            continue
        if 1 <= unit.first.level <= 6:  # a heading names a case and rules nothing
            continue
        if unit.first.slots == "some" and not unit.first.outputs:
            continue
        for line, text in _sentences(unit):
            cue = find_cue(text)
            if cue:
                yield Rule(line, cue)


def _sentences(unit: Unit) -> Iterator[tuple[int, str]]:
    """The sentences of a unit, each with the line that it begins on; those that begin on one line are one."""
    begun, parts = unit.start, [unit.first.visible]
    for line in unit.lines[1:]:
        tail = line.visible
        if not parts[-1].rstrip().endswith(_SENTENCE_END):
            # The sentence above goes on here, up to its end.
            stop = _STOP.search(tail)
            parts.append(tail[: stop.end()] if stop else tail)
            tail = tail[stop.end() :].strip() if stop else ""
        if tail:
            yield begun, " ".join(parts)
            begun, parts = line.index, [tail]
    yield begun, " ".join(parts)
