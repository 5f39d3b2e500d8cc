"""Every case of every rule: silent on the good prompts, and on the bad ones underlining what the file says."""

from __future__ import annotations

from pathlib import Path

import pytest

from promptgauge.config import ConfigError, Configurations
from promptgauge.lint.check import check
from promptgauge.lint.conditions import ReportedBy
from promptgauge.lint.loader import load_rules
from promptgauge.lint.model import Case, Rule
from promptgauge.lint.settings import Settings
from promptgauge.text import Position, Text


def cases(by: str) -> list[object]:
    """The cases of all rules that are reported by the engine, or by another part of the program."""
    return [
        pytest.param(rule, case, id=f"{rule.code}-{'good' if case.good else 'bad'}-{number}")
        for rule in load_rules()
        for number, case in enumerate(rule.cases, 1)
        if by == (rule.when.part if isinstance(rule.when, ReportedBy) else "engine")
    ]


@pytest.mark.parametrize(("rule", "case"), cases("engine"))
def test_a_rule_does_on_its_cases_what_they_say(rule: Rule, case: Case) -> None:
    settings = Settings(select=(rule.code,), thresholds={rule.code: case.set})
    result = check(Text(case.text), case.path, settings, lambda _path: None)
    found = [finding for finding in result.findings if finding.code == rule.code]
    assert list(case.flags) == [case.text[slice(*finding.span)] for finding in found]
    if case.level:
        assert {case.level} == {finding.level for finding in found}


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
