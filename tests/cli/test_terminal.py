"""Colours are for terminals, and every output can be printed wherever it goes."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable

import pytest

from promptgauge.cli.terminal import print_json, print_text, style_of


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def no_wishes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")


def coloured(stream: io.StringIO, colour: str = "auto") -> bool:
    return "\033" in style_of(stream, colour).paint("red", "words")


def test_colours_are_for_a_terminal() -> None:
    assert coloured(Screen())
    assert not coloured(io.StringIO())


@pytest.mark.parametrize(("variable", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_the_environment_can_forbid_them(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.setenv(variable, value)
    assert not coloured(Screen())
    assert coloured(Screen(), "always")


def test_an_empty_no_color_forbids_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    assert coloured(Screen())


def test_the_option_decides() -> None:
    assert coloured(io.StringIO(), "always")
    assert not coloured(Screen(), "never")


def in_ascii(monkeypatch: pytest.MonkeyPatch, show: Callable[[], None]) -> bytes:
    """What `show` prints on a standard output that knows ASCII only."""
    raw = io.BytesIO()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii", errors="backslashreplace"))
        show()
        sys.stdout.flush()
        return raw.getvalue()


def test_where_our_signs_cannot_be_shown_plain_ones_take_their_place(monkeypatch: pytest.MonkeyPatch) -> None:
    assert b"> ### 5~ \\xfc\n" == in_ascii(monkeypatch, lambda: print_text("→ ██▌ 5… ü\n"))


def test_json_stays_json_where_characters_cannot_be_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    value = {"a": "ü→👍"}
    assert value == json.loads(in_ascii(monkeypatch, lambda: print_json(value)))
