"""The real server with a pretended check, which does what the lines of the document tell it to.

`run N` in a finding's message counts the runs. `print`, `write` and `child` put stray text on the standard output,
`sleep 0.5` takes a while, `fail` raises. Started as a program by the tests of this folder.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import time
from collections.abc import Callable

from promptgauge.formats.model import Document
from promptgauge.lint.model import Finding, Result
from promptgauge.lint.settings import Settings
from promptgauge.lsp.analysis import Stop
from promptgauge.lsp.server import serve
from promptgauge.text import Span, Text

STRAY = "stray text"
_numbers = itertools.count(1)


def check(text: Text, path: str, settings: Settings, read: Callable[[str], str | None], stop: Stop) -> Result:
    number = next(_numbers)
    for line in text.content.splitlines():
        word, _, value = line.partition(" ")
        if word == "print":
            print(STRAY)
        elif word == "write":
            os.write(1, STRAY.encode())
        elif word == "child":
            subprocess.run([sys.executable, "-c", f"print({STRAY!r})"], check=True)
        elif word == "sleep":
            time.sleep(float(value))
        elif word == "fail":
            raise ValueError(text.content)
    finding = Finding("PG000", "pretended", "warning", Span(0, 1), f"run {number}", "")
    return Result(path, text, Document("text", ()), (), (finding,))


if __name__ == "__main__":
    sys.exit(serve(check))
