"""The sample prompts: each loud one has a finding, no quiet one has, and what is printed is what was found right."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from promptgauge.config import Configurations
from promptgauge.lint.check import check
from promptgauge.lint.model import Finding
from promptgauge.project import discover, read_file, reader
from tests.samples.golden import GOLDEN, ROOT, SAMPLES, printed

COVERED = {
    "PG101",
    "PG102",
    "PG202",
    "PG203",
    "PG204",
    "PG205",
    "PG301",
    "PG302",
    "PG401",
    "PG403",
    "PG503",
    "PG601",
    "PG602",
    "PG603",
    "PG801",
}


def prompts(folder: str) -> list[Path]:
    return [target.path for target in discover([SAMPLES / folder], Configurations()).targets]


@cache
def findings(path: Path) -> tuple[Finding, ...]:
    settings = Configurations().for_file(path).settings_for(path)
    return check(read_file(path), str(path), settings, reader(SAMPLES, path.parent)).findings


def name(path: Path) -> str:
    return path.relative_to(SAMPLES).as_posix()


@pytest.mark.parametrize("path", prompts("loud"), ids=name)
def test_a_reviewer_has_something_to_say_about_a_loud_sample(path: Path) -> None:
    assert findings(path)


@pytest.mark.parametrize("path", prompts("quiet"), ids=name)
def test_nothing_is_said_about_a_quiet_sample(path: Path) -> None:
    assert [] == [(f.code, f.message) for f in findings(path) if f.level != "hint"]


def test_the_loud_samples_cover_the_rules() -> None:
    assert set() == COVERED - {finding.code for path in prompts("loud") for finding in findings(path)}


def test_all_files_of_the_samples_are_read_but_the_notes_and_the_golden_output() -> None:
    files = {path for path in SAMPLES.rglob("*") if path.is_file()}
    assert {"README.md", "loud/expected.txt"} == {name(path) for path in files - {*prompts("loud"), *prompts("quiet")}}


def test_there_are_enough_samples_of_each_sort() -> None:
    assert len(prompts("loud")) >= 8
    assert len(prompts("quiet")) >= 8


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_output_is_the_golden_one(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == printed(GOLDEN[path]), (
        "if this is meant: .venv/bin/python tests/samples/golden.py"
    )
