"""Engine: which of two counts. Both give the same counts, so that a choice is seen in the time that it takes alone.

Our own (`tokens.counter`) is there at once. tiktoken (`tokens.bulk`) is the faster one when there is much to count, but
it takes a third of a second to load and stops all other threads meanwhile. So it is loaded when our own has done so
much at a stretch that it would have paid: some 1.5 MB of English or 0.3 MB of Chinese. A whole repository may have as
much, but no file that is being edited, even where an editor runs for days.
"""

from __future__ import annotations

from functools import cache
from time import monotonic

from promptgauge.tokens.bulk import encoder
from promptgauge.tokens.counter import Counter

MUCH = 5_000_000
"""The work at a stretch (see `Counter.work`) after which tiktoken counts: about 0.4 s of it."""
STRETCH = 5.0
"""Seconds after which a new stretch begins."""


class Engine:
    """Counts in one encoding, with our own counter first and with tiktoken from when that pays."""

    __slots__ = ("_before", "_began", "_counter", "in_bulk")

    def __init__(self, encoding: str) -> None:
        """Read the vocabulary; raises `VocabularyError`."""
        self._counter = Counter(encoding)
        self._began = monotonic()
        self._before = 0
        self.in_bulk = False

    def count(self, text: str) -> int:
        """The tokens of `text`, which has no lone surrogates."""
        if self.in_bulk:
            return len(encoder(self._counter.encoding).encode_ordinary(text))
        counted = self._counter.count(text)
        now = monotonic()
        if now - self._began > STRETCH:
            self._began, self._before = now, self._counter.work
        self.in_bulk = self._counter.work - self._before > MUCH
        return counted


@cache
def engine(encoding: str) -> Engine:
    """The one engine of `encoding`. Raises `VocabularyError`."""
    return Engine(encoding)
