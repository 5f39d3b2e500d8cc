"""Volatile facts: statements of a prompt that go stale (a date, a price, a version, a "currently", a data source)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from promptgauge.anatomy import lexicon
from promptgauge.anatomy.units import Unit

_DIGIT = re.compile(r"\d")
_NUMBERS = (("date", lexicon.DATE), ("price", lexicon.PRICE), ("version", lexicon.VERSION))


class Stale(NamedTuple):
    """A line (by index) that states something which goes stale, and `what` it is."""

    line: int
    what: str


def find_facts(units: list[Unit]) -> Iterator[Stale]:
    """The volatile facts among the units, at most one a line; slots and comments do not count."""
    for unit in units:
        if unit.shape == "comment":
            continue
        for line in unit.lines:
            what = what_goes_stale(line.visible)
            if what:
                yield Stale(line.index, what)


def what_goes_stale(text: str) -> str | None:
    """What a line states that goes stale, None if nothing."""
    what = None
    if _DIGIT.search(text):
        what = next((what for what, words in _NUMBERS if words.search(text)), None)
    if not what and lexicon.CURRENTLY.search(text):
        what = "currently"
    if not what and "://" in text and lexicon.SOURCE.search(text):
        what = "source"
    return what if what and not lexicon.NOT_STALE.search(text) else None
