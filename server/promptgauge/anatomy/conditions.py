"""Conditions: the rules of a prompt that hold only in some case."""

from __future__ import annotations

import re
from typing import NamedTuple

from promptgauge.anatomy import lexicon
from promptgauge.anatomy.units import Unit

_QUOTED = re.compile(r"`[^`]*`|\"[^\"]{0,200}\"|“[^”]*”")


class Rule(NamedTuple):
    """A conditional rule: the index of the line that it begins on, and the words that make it one."""

    line: int
    cue: str


def is_conditional(text: str) -> bool:
    """Whether a sentence holds only in some case; words that it merely quotes do not count."""
    return find_cue(text) is not None


def find_cue(text: str) -> str | None:
    """The word that makes a sentence conditional, None if there is none."""
    bare = _QUOTED.sub(" ", text)
    bare = lexicon.NO_CONDITION.sub(" ", bare)
    match = lexicon.CONDITION.search(bare)
    return match.group().strip(" ,;.:(-–—*") if match else None


def find_conditions(units: list[Unit]) -> list[Rule]:
    """The conditional rules among the units, one for each line that begins one."""
    rules: list[Rule] = []
    for unit in units:
        if unit.shape in ("block", "comment", "rule", "table") or unit.first.slots == "all":
            continue
        if unit.first.slots == "some" and not unit.first.outputs:
            continue
        for line in _sentence_starts(unit):
            text = line[1]
            cue = find_cue(text)
            if cue:
                rules.append(Rule(line[0], cue))
    return rules


def _sentence_starts(unit: Unit) -> list[tuple[int, str]]:
    """The sentences of a unit with the line that each begins on; sentences that begin on one line are one."""
    starts: list[tuple[int, str]] = []
    open_sentence = False
    for line in unit.lines:
        if starts and open_sentence:
            index, text = starts[-1]
            head, stop, tail = _cut(line.visible)
            starts[-1] = (index, f"{text} {head}{stop}")
            if tail:
                starts.append((line.index, tail))
        else:
            starts.append((line.index, line.visible))
        open_sentence = not starts[-1][1].rstrip().endswith((".", "!", "?", "。", "！", "？", ":"))
    return starts


def _cut(text: str) -> tuple[str, str, str]:
    """A line that goes on with a sentence, cut where that sentence ends."""
    match = re.search(r"[.!?](?=\s)|[。！？]", text)
    if not match:
        return text, "", ""
    return text[: match.start()], match.group(), text[match.end() :].strip()
