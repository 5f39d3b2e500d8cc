"""The package of rules can be imported early: it brings nothing heavy, and `check` is the function."""

from __future__ import annotations

import subprocess
import sys

import pytest


def output(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()


def test_the_import_brings_nothing_heavy() -> None:
    heavy = "('pygls', 'lsprotocol', 'tiktoken', 'regex', 'jinja2', 'jsonschema')"
    assert "[]" == output(f"import sys, promptgauge.lint; print([m for m in {heavy} if m in sys.modules])")


@pytest.mark.parametrize("first", ["promptgauge.lint", "promptgauge.lint.check", "promptgauge.lint.settings"])
def test_check_is_the_function_whatever_was_imported_before(first: str) -> None:
    assert "function" == output(f"import {first}; from promptgauge.lint import check; print(type(check).__name__)")
