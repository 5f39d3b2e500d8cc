"""What the tests of the command line share: a folder of their own and a way to run a command in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from promptgauge.cli.main import main


class Ran(NamedTuple):
    """What a command gave back and printed."""

    code: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that the command runs in; a repository of its own, so that nothing above it counts."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "promptgauge.toml").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def command(folder: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs `promptgauge` in the folder."""

    def run(*words: str) -> Ran:
        code = main(words)
        return Ran(code, *capsys.readouterr())

    return run
