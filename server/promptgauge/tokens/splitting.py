"""Splitting: a text into the stretches that an encoding merges bytes within ("words"), by the standard library alone.

What Python takes for a letter or for white space depends on its version, and is not what tiktoken does. So a text that
is not ASCII is first translated: each of its characters becomes one that stands for its kind (`A` for any capital,
`0` for any digit ...), by a table that the build asks of tiktoken's own pattern engine. In the encoding's pattern, the
kinds are replaced by what stands for them, and Python's engine then splits the translation as tiktoken's does the text.
An ASCII text stands for itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, pairwise

from promptgauge.tokens.patterns import PATTERNS
from promptgauge.tokens.vocabulary import numbers, read_built

_KINDS = {
    r"\p{L}": "A-Za-z\xaa",
    r"\p{Lu}": "A-Z",
    r"\p{Lt}": "",
    r"\p{Ll}": "a-z",
    r"\p{Lm}": "",
    r"\p{Lo}": "\xaa",
    r"\p{M}": "\xa8",
    r"\p{N}": "0-9",
    "$": r"\Z",
}


def words(text: str, encoding: str) -> Sequence[str]:
    """The stretches of `text` in their order; together they are the text. Raises `VocabularyError`.

    The text has no lone surrogates, and the encoding is a known one.
    """
    pattern = _pattern(encoding)
    if text.isascii():
        found: list[str] = pattern.findall(text)
        return found
    lengths = map(len, pattern.findall(text.translate(_stand_ins())))
    return [text[start:end] for start, end in pairwise(accumulate(lengths, initial=0))]


@cache
def _pattern(encoding: str) -> re.Pattern[str]:
    pattern = PATTERNS[encoding]
    for kind, stand_ins in _KINDS.items():
        pattern = pattern.replace(kind, stand_ins)
    return re.compile(pattern, re.ASCII)


@cache
def _stand_ins() -> str:
    """What stands for each code point, at its place; a string is the smallest table that `translate` takes."""
    content, start = read_built("characters", "table of characters")
    return "".join([chr(run & 0xFF) * (run >> 8) for run in numbers(content[start:])])
