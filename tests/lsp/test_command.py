"""`promptgauge server` says what it is for, and loads the server only when it runs."""

from __future__ import annotations

import argparse
import subprocess
import sys

import pytest

from promptgauge.cli import server
from tests.lsp.editor import environment


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("promptgauge")
    server.add(parser.add_subparsers())
    return parser


def test_the_help_says_who_starts_it_and_how_it_ends(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["server", "--help"])

    out = capsys.readouterr().out
    assert "started by an editor" in out
    assert "vim.lsp.start" in out
    assert "ends with 0" in out


@pytest.mark.parametrize("arguments", [[], ["--stdio"]])
def test_the_option_that_editors_add_is_accepted(arguments: list[str]) -> None:
    assert server.run is parser().parse_args(["server", *arguments]).run


def test_the_protocol_is_not_loaded_to_register_the_command() -> None:
    code = (
        "import argparse, sys; from promptgauge.cli import server; "
        "server.add(argparse.ArgumentParser().add_subparsers()); "
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'pygls', 'lsprotocol', 'asyncio'}))"
    )

    done = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True)

    assert "[]" == done.stdout.strip()


def test_without_pygls_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.startswith("promptgauge.lsp.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pygls", None)
    monkeypatch.setitem(sys.modules, "pygls.exceptions", None)

    assert 2 == server.run(argparse.Namespace())
    assert "pip install pygls" in capsys.readouterr().err
