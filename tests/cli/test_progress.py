"""The progress bar: for a terminal and a run that takes long, and gone at the end."""

from __future__ import annotations

import io

import pytest

from promptgauge.cli import progress
from promptgauge.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_AFTER", 0.0)
    monkeypatch.setattr(progress, "_EVERY", 0.0)
    monkeypatch.setenv("TERM", "xterm")


@pytest.mark.usefixtures("_at_once")
def test_it_is_drawn_over_itself_and_taken_away() -> None:
    stream = Terminal()
    bar = Progress(4, stream)
    bar.at(1)
    bar.at(4)
    bar.end()
    first, second, end = stream.getvalue().split("\r")[1:]
    assert ("#" * 8 + "-" * 22 + "  25 %  1 of 4 files") == first
    assert ("#" * 30 + " 100 %  4 of 4 files") == second
    assert "\033[K" == end


@pytest.mark.usefixtures("_at_once")
def test_a_pipe_gets_none() -> None:
    stream = io.StringIO()
    bar = Progress(4, stream)
    bar.at(1)
    bar.end()
    assert "" == stream.getvalue()


def test_a_short_run_gets_none() -> None:
    stream = Terminal()
    bar = Progress(4, stream)
    bar.at(1)
    bar.end()
    assert "" == stream.getvalue()
