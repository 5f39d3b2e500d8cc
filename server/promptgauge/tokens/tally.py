"""Tally: the tokens of a text up to any place in it."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, pairwise

from promptgauge.tokens.counting import count_piece, replace_lone_surrogates
from promptgauge.tokens.cutting import starts_of_pieces
from promptgauge.tokens.models import DEFAULT_ENCODING


class Tally:
    """A text whose tokens can be told for each part: the tokens of `text[a:b]` are `at(b) - at(a)`.

    However the text is divided, its parts sum to `total`. At a border inside a word a part may so have a token more
    or less than it would have alone, in the extreme one less than none.
    """

    __slots__ = ("_before", "_original", "_starts", "_text", "encoding", "total")

    def __init__(self, text: str, encoding: str = DEFAULT_ENCODING) -> None:
        """Count `text` once; raises `VocabularyError` as `count` does."""
        self.encoding = encoding
        self._text = replace_lone_surrogates(text)
        # Where surrogates were replaced, offsets of the original have to be carried over.
        self._original = None if self._text is text else text
        self._starts = starts_of_pieces(self._text)
        pieces = pairwise([*self._starts, len(self._text)])
        counts = (count_piece(self._text[start:end], encoding) for start, end in pieces)
        self._before = list(accumulate(counts, initial=0))
        self.total = self._before[-1]

    def at(self, offset: int) -> int:
        """The tokens of `text[:offset]`; an offset beyond either end is taken as that end."""
        if self._original is not None:
            offset = len(replace_lone_surrogates(self._original[: max(offset, 0)]))
        if offset >= len(self._text):
            return self.total
        if offset <= 0:
            return 0
        index = bisect_right(self._starts, offset) - 1
        start = self._starts[index]
        return self._before[index] + count_piece(self._text[start:offset], self.encoding)
