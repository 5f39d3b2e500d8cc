"""No face shows a secret: neither a message that quotes the prompt, nor the anatomy, nor a report."""

from __future__ import annotations

import json

from promptgauge.lint import Settings, check
from promptgauge.lint.model import Result
from promptgauge.output.inspection import inspection
from promptgauge.output.style import plain
from promptgauge.output.text import _finding
from promptgauge.text import Text

SECRET = "sk-" + "proj-q7Rw2ZkL9vTb4XnM8sHd1PfYc6Gj3KmQ5tWx"
PROMPT = f"""\
# Notes for {SECRET}

Answer with "low", "middle" or "high". The key is {SECRET}.

## Background knowledge on {SECRET}

Assam is a black tea of the Brahmaputra valley that costs $4 with {SECRET} in its name.

Input: with {SECRET} in it
Output: {SECRET}

Input: with {SECRET} in it
Output: low
"""


def result() -> Result:
    settings = Settings(select=("PG",), thresholds={"PG301": {"tokens": 1, "share": 0}})
    return check(Text(PROMPT), "a.prompt.txt", settings, lambda _: None)


def test_no_finding_shows_a_secret() -> None:
    found = result()
    assert {"PG801", "PG301", "PG203"} <= {finding.code for finding in found.findings}
    shown = [_finding(found, finding, plain()) for finding in found.findings]
    values = [json.dumps(dict(finding.values)) for finding in found.findings]
    assert [] == [words for words in (*shown, *values) if SECRET in words]


def test_the_anatomy_shows_no_secret() -> None:
    assert SECRET not in json.dumps(inspection(result()))
