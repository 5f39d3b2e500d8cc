"""check: from the characters of one file to all that is known of it. The one call behind every face."""

from __future__ import annotations

from collections.abc import Callable

from promptgauge.anatomy import dissect
from promptgauge.formats import read_document
from promptgauge.lint.engine import run_rules
from promptgauge.lint.loader import load_rules
from promptgauge.lint.model import Result
from promptgauge.lint.settings import Settings
from promptgauge.text import Text

Read = Callable[[str], str | None]


def check(text: Text, path: str, settings: Settings, read: Read) -> Result:
    """Read `text` as the file `path`, take its prompts apart and run the rules over them.

    The core touches no disk: `read(path)` hands over the characters of another file (the open buffer before the
    file), or None where there is none or where it lies outside the workspace. `path` is only looked at.
    """
    tried: list[str] = []

    def reading(other: str) -> str | None:
        tried.append(other)
        return read(other)

    document = read_document(text, path, settings.format, settings.purpose, reading)
    anatomies = tuple(dissect(prompt, settings.encoding) for prompt in document.prompts)
    findings = run_rules(load_rules(), document, anatomies, settings)
    return Result(path, text, document, anatomies, findings, tuple(tried))
