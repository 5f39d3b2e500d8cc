"""A progress bar on standard error, for a run that somebody watches and that takes more than a second."""

from __future__ import annotations

import os
import sys
import time
from typing import TextIO

_AFTER = 1.0
_EVERY = 0.1
_WIDTH = 30


class Progress:
    """Shows how much is done of `whole`; nothing where standard error is no terminal, or where it is soon over."""

    __slots__ = ("_began", "_shown", "_stream", "_whole")

    def __init__(self, whole: int, stream: TextIO | None = None) -> None:
        stream = sys.stderr if stream is None else stream
        watched = stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"
        self._stream = stream if watched else None
        self._whole = whole
        self._began = time.monotonic()
        self._shown = 0.0

    def at(self, done: int) -> None:
        """So much is done; draws the bar anew, ten times a second at most."""
        now = time.monotonic()
        if self._stream is None or now - self._began < _AFTER or now - self._shown < _EVERY:
            return
        self._shown = now
        share = done / max(1, self._whole)
        bar = "#" * round(share * _WIDTH)
        self._write(f"\r{bar:-<{_WIDTH}} {share * 100:3.0f} %  {done:,} of {self._whole:,} files")

    def end(self) -> None:
        """Take the bar away."""
        if self._shown:
            self._write("\r\033[K")
            self._shown = 0.0

    def _write(self, words: str) -> None:
        if self._stream is not None:
            self._stream.write(words)
            self._stream.flush()
