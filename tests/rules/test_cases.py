"""Every case of every rule: silent on the good prompts, and on the bad ones underlining what the file says."""

from __future__ import annotations

from pathlib import Path

import pytest

from promptgauge.config import ConfigError, Configurations
from promptgauge.lint.loader import load_rules
from promptgauge.lint.model import Case, Rule
from promptgauge.lint.testing import can_run, run_case
from promptgauge.text import Position, Text


def cases(by: str) -> list[object]:
    """The cases of all rules that `check` reports, or that the configuration does."""
    return [
        pytest.param(rule, case, id=f"{rule.code}-{'good' if case.good else 'bad'}-{number}")
        for rule in load_rules()
        for number, case in enumerate(rule.cases, 1)
        if by == ("check" if can_run(rule) else "configuration")
    ]


@pytest.mark.parametrize(("rule", "case"), cases("check"))
def test_a_rule_does_on_its_cases_what_they_say(rule: Rule, case: Case) -> None:
    assert [] == run_case(rule, case)


@pytest.mark.parametrize(("rule", "case"), cases("configuration"))
def test_a_rule_about_the_configuration_does_on_its_cases_what_they_say(rule: Rule, case: Case, tmp_path: Path) -> None:
    (tmp_path / case.path).write_text(case.text, encoding="utf-8")
    found: list[ConfigError] = []
    try:
        Configurations(tmp_path).for_file(tmp_path / "prompt.txt")
    except ConfigError as error:
        found.append(error)
    text = Text(case.text)
    starts = [text.offset(Position(error.line - 1, error.column - 1)) for error in found]
    assert len(case.flags) == len(found)
    for flag, start in zip(case.flags, starts, strict=True):
        assert case.text.startswith(flag, start)
