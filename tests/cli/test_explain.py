"""`promptgauge explain` prints pages, or one line about a name that it does not know."""

from __future__ import annotations

import argparse

import pytest

from promptgauge.cli import explain
from promptgauge.lint.explain import explain as page


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    explain.add(parser.add_subparsers())
    args = parser.parse_args(["explain", *words])
    return int(args.run(args))


def test_it_prints_the_pages_of_all_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == run("PG101", "D2.12")
    assert page("PG101") + "\n" + page("D2.12") == capsys.readouterr().out


def test_an_unknown_name_prints_nothing_but_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == run("PG101", "example-bnk")
    printed = capsys.readouterr()
    assert "" == printed.out
    assert printed.err.startswith(
        "promptgauge: there is no rule and no claim `example-bnk`; did you mean `example-bank`?"
    )
