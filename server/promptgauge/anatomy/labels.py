"""Labels: what the words before a colon, or a title, say about an example: which half, which side."""

from __future__ import annotations

import re
from typing import Literal

from promptgauge.anatomy import lexicon

Half = Literal["", "input", "answer"]
Side = Literal["", "bad", "good"]

_LONGEST = 80
_LEAD = re.compile(r"^(?:\W|\d+[.)])+")
_LEAD_OF_SIDE = re.compile(r"^[\W\d_]*[.)]?\s*")
_MARK = re.compile(r"[❌✅✓✔✗✘]")
_NO_LETTERS = re.compile(r"[\d#\W_]+")


def half_of(name: str) -> Half:
    """Which half of an example a label or title opens."""
    name = _LEAD.sub("", name[:_LONGEST]).strip()
    if not name:
        return ""
    if lexicon.ANSWER_LABEL.match(name):
        return "answer"
    return "input" if lexicon.INPUT_LABEL.match(name) else ""


def side_of(name: str) -> Side:
    """Whether a label or title names what is wrong or what is right."""
    name = name[:_LONGEST] if _MARK.match(name) else _LEAD_OF_SIDE.sub("", name[:_LONGEST])
    if not name:
        return ""
    if lexicon.BAD_LABEL.match(name):
        return "bad"
    return "good" if lexicon.GOOD_LABEL.match(name) else ""


def key_of(label: str) -> str:
    """A label without its number and marks, for comparing labels with each other."""
    return _NO_LETTERS.sub(" ", label.lower()).strip()
