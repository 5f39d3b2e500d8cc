"""The guide for rule authors names what there is: every metric, place, check and key, with its line."""

from __future__ import annotations

from promptgauge.data import data_folder
from promptgauge.lint import loader
from promptgauge.lint.checks import CHECKS
from promptgauge.lint.metrics import METRICS
from promptgauge.lint.places import PLACES

README = (data_folder("rules") / "README.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[str]:
    """The rows of the table under a heading."""
    body = README.split(f"## {heading}\n")[1].split("\n## ")[0]
    return [line for line in body.splitlines() if line.startswith("| `")]


def test_every_metric_is_listed_with_its_unit_and_line() -> None:
    assert [f"| `{metric.name}` | {metric.unit} | {metric.doc} |" for metric in METRICS.values()] == rows("Metrics")


def test_every_place_is_listed_with_its_line() -> None:
    assert [f"| `{name}` | {at.doc} |" for name, at in PLACES.items()] == rows("Places for `at`")


def test_every_check_is_listed_with_its_values() -> None:
    expected = [
        f"| `{name}` | {check.looks_at} | {', '.join(f'`{value}`' for value in check.values)} |"
        for name, check in CHECKS.items()
    ]
    assert expected == rows("Checks")


def test_every_key_of_a_rule_file_is_shown() -> None:
    shown = README.split("## The file\n")[1].split("```")[1].splitlines()
    keys = {line.split(":")[0] for line in shown if line and line[0].isalpha() and ":" in line}
    assert {*loader.REQUIRED, *loader.OPTIONAL} == keys
