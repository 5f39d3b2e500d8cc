"""What an editor must show for a file: the findings of `check`, with their places counted in another, slow way."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from lsprotocol import types

from promptgauge.config import Configurations
from promptgauge.lint.check import check
from promptgauge.lint.model import Finding
from promptgauge.lint.settings import Settings
from promptgauge.project.reading import reader
from promptgauge.text import Text

SAMPLES = Path(__file__).parents[2] / "samples"
_SIZES = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


class Shown(NamedTuple):
    """A diagnostic, reduced to what must be the same in every face."""

    code: object
    start: tuple[int, int]
    end: tuple[int, int]
    message: str


def samples() -> list[Path]:
    """Every file among the samples but the golden output, which is no prompt."""
    return sorted(path for path in SAMPLES.rglob("*") if path.is_file() and path.name != "expected.txt")


def width(chars: str, encoding: str) -> int:
    """The code units of some characters, counted by encoding them."""
    codec, size = _SIZES[encoding]
    return len(chars.encode(codec)) // size


def place(content: str, offset: int, encoding: str) -> tuple[int, int]:
    """Line and character of an offset, counted from the beginning of the text."""
    lines = re.split("\r\n|\r|\n", content[:offset])
    return len(lines) - 1, width(lines[-1], encoding)


def findings(path: Path, content: str) -> tuple[Finding, ...]:
    """What the call behind the command line finds in `content` as the file `path`, with that file's configuration."""
    configuration = Configurations().for_file(path)
    return check(Text(content), str(path), configuration.settings_for(path), reader(SAMPLES, path.parent)).findings


def expected(found: tuple[Finding, ...], content: str, encoding: str) -> list[Shown]:
    """The findings as an editor that counts in `encoding` must show them."""
    return [
        Shown(
            finding.code,
            place(content, finding.span.start, encoding),
            place(content, finding.span.end, encoding),
            f"{finding.message}\n{finding.advice}".strip(),
        )
        for finding in found
    ]


def findings_of(name: str, content: str, encoding: str = "utf-16") -> list[Shown]:
    """What an editor must show for a text with the default settings."""
    return expected(check(Text(content), name, Settings(), lambda path: None).findings, content, encoding)


def seen(diagnostics: list[types.Diagnostic]) -> list[Shown]:
    """What an editor was told to show."""
    return [
        Shown(
            one.code,
            (one.range.start.line, one.range.start.character),
            (one.range.end.line, one.range.end.character),
            one.message,
        )
        for one in diagnostics
    ]
