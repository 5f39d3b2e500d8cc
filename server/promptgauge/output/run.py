"""What one run of `check` has read and found: the data that every output prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from promptgauge.lint.model import Level, Result


@dataclass(frozen=True, slots=True)
class Trouble:
    """A file that could not be read, or not wholly; `message` says where and what to do."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Run:
    """The results of one run, in the order of the files.

    `troubles`: what could not be read. `passed_over`: looked like prompts and were not read. `skipped`: named, but
    left out on purpose. `as_text`: named files of no known format. `seen`: files looked at. `seconds`: wall time.
    """

    results: Sequence[Result]
    troubles: Sequence[Trouble] = ()
    passed_over: Sequence[str] = ()
    skipped: Sequence[Trouble] = ()
    as_text: Sequence[str] = ()
    seen: int = 0
    seconds: float = 0.0

    @property
    def prompts(self) -> int:
        """How many prompts were read."""
        return sum(len(result.document.prompts) for result in self.results)

    @property
    def tokens(self) -> int:
        """The text tokens of all prompts."""
        return sum(anatomy.tokens for result in self.results for anatomy in result.anatomies)

    def count(self, level: Level) -> int:
        """How many findings have a level."""
        return sum(finding.level == level for result in self.results for finding in result.findings)
