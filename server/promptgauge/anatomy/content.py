"""Content: whether lines show something real, or only placeholders and the names of types."""

from __future__ import annotations

import re

from promptgauge.anatomy import lexicon
from promptgauge.anatomy.lines import Line

PLACEHOLDER = re.compile(
    r"<[^<>\n]{1,80}>|\[[^\[\]\n]{1,400}\]|\{[^{}\n\"]{1,60}\}|\$\$.*?\$\$|\.\.\.|…|\bXXX+\b|_{3,}"
)
ARROW = re.compile(r"(?:→|->|=>|⇒|—>)")
_QUOTED_KEY = re.compile(r"\"[^\"\n]{1,60}\"[ \t]*:")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"\d+")
_OPENING = re.compile(r"[\"“「『'‘`*]")
_CLOSING = "\"”」』'’`*"
_HOLDS_VALUE = re.compile(r"[^\W\d_]{2,}|\d")


def is_quoted(text: str) -> bool:
    """Whether something of two characters at least stands in quotes, backticks or stars."""
    opening = _OPENING.search(text)
    return opening is not None and max(text.rfind(mark) for mark in _CLOSING) - opening.start() > 2


def holds_value(text: str) -> bool:
    """Whether a word or a number is left when the placeholders are taken out."""
    return bool(_HOLDS_VALUE.search(PLACEHOLDER.sub("", text)))


def is_demonstration(lines: list[Line], start: int, end: int) -> bool:
    """Whether two words or numbers that are no placeholders, types, keys or labels stand on these lines."""
    real = 0
    for index in range(start, end + 1):
        line = lines[index]
        if line.blank or (line.level and index == start):
            continue
        bare = PLACEHOLDER.sub(" ", _QUOTED_KEY.sub(" ", line.visible))
        if line.label:
            bare = bare.replace(line.label, "", 1)
        real += len(_NUMBER.findall(bare))
        real += sum(1 for word in _WORD.findall(bare) if not lexicon.TYPE_WORD.match(word))
        if real >= 2:
            return True
    return False
