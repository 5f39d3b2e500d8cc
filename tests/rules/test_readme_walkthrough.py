"""The guide "Add a rule in five minutes", followed literally: its files are written and its commands run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

from promptgauge.data import data_folder

README = (data_folder("rules") / "README.md").read_text(encoding="utf-8")
SECTION = README.split("## Add a rule in five minutes\n")[1].split("\n## ")[0]
BLOCK = re.compile(r"^ *```(?P<kind>\w+) ?(?P<file>\S*)\n(?P<body>.*?)^ *```$", re.MULTILINE | re.DOTALL)


def run(command: str, folder: Path) -> str:
    program, *words = shlex.split(command)
    assert "promptgauge" == program
    done = subprocess.run(
        [sys.executable, "-m", "promptgauge.cli.main", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "" == done.stderr
    return done.stdout


def test_who_follows_the_guide_gets_what_it_shows(tmp_path: Path) -> None:
    ran = 0
    for block in BLOCK.finditer(SECTION):
        body = dedent(block["body"])
        if block["file"]:
            path = tmp_path / block["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8")
        elif block["kind"] == "console":
            command, expected = body.removeprefix("$ ").split("\n", 1)
            assert run(command, tmp_path).startswith(expected)
            ran += 1
    assert 2 == ran
    assert "courtesy" in run("promptgauge explain ACME001", tmp_path)
    assert "ACME001" in run("promptgauge rules", tmp_path)


def test_the_guide_names_every_kind_that_a_pattern_can_look_into() -> None:
    from promptgauge.anatomy.model import KINDS

    listed = README.split("**Patterns.**")[1].split("**Messages.**")[0]
    assert all(f"`{kind}`" in listed for kind in KINDS)
