"""Volatile facts: statements of a prompt that go stale (a date, a price, a version, a "currently", a data source)."""

from __future__ import annotations

import re
from typing import NamedTuple

from promptgauge.anatomy.units import Unit

_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("date", re.compile(rf"\b(?:19|20)\d\d-\d\d-\d\d\b|\b{_MONTH}\.? \d{{1,2}},? (?:19|20)\d\d\b|\b\d{{1,2}} {_MONTH} (?:19|20)\d\d\b|\b{_MONTH},? (?:19|20)\d\d\b|(?:19|20)\d\d年|\bQ[1-4] (?:19|20)\d\d\b")),
    ("price", re.compile(r"(?:[$€£¥]|\b(?:USD|EUR|GBP)) ?\d[\d,]*(?:\.\d+)?(?! ?\d)|\b\d[\d,.]* ?(?:€|£|USD|EUR|dollars|euros|元|円)")),
    ("version", re.compile(r"\b[vV]\d+(?:\.\d+)+\b|\b(?:[Vv]ersion|release) \d+(?:\.\d+)*\b|\b(?:GPT|Claude|Gemini|Llama|Java|Python|Node(?:\.js)?|Kotlin|C#|Spring Boot|React|Angular|PHP|Ruby|Go|\.NET)[ -]?(?:[A-Z][a-z]+ )?\d+(?:\.[\dx]+)*\+?|\b\d+\.\d+(?:\.[\dx]+)?\+")),
    ("currently", re.compile(r"\b(?:currently|as of (?:now|today|\w+ \d)|at present|nowadays|at the time of writing|up to now|the latest (?:version|release|model)|last updated|deprecat(?:ed|ion) (?:on|by|as of|deadline))\b|現在|目前|截至", re.I)),
    ("source", re.compile(r"\bhttps?://[^\s)>\]\"'`]+")),
)  # fmt: skip


class Stale(NamedTuple):
    """A line (by index) that states something which goes stale, and `what` it is."""

    line: int
    what: str


def find_facts(units: list[Unit]) -> list[Stale]:
    """The volatile facts among the units, at most one a line; slots and comments do not count."""
    found: list[Stale] = []
    for unit in units:
        if unit.shape == "comment":
            continue
        for line in unit.lines:
            for what, pattern in _SIGNS:
                if pattern.search(line.visible):
                    found.append(Stale(line.index, what))
                    break
    return found
