"""`promptgauge check` with ignores, rule packs and a pattern that runs away."""

from __future__ import annotations

from pathlib import Path

import pytest

from promptgauge.cli.main import main
from tests.lint.test_packs import RULE

SLOW = (
    RULE.replace("ACME001", "ACME002")
    .replace("no-thanks", "runs-away")
    .replace("'(?i)\\b(?:please|thank you)\\b'", "'(?:a|aa)+$'")
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "our").mkdir()
    (tmp_path / "our/ACME001.yml").write_text(RULE, encoding="utf-8")
    (tmp_path / "promptgauge.toml").write_text('[rules]\npacks = ["./our"]\n', encoding="utf-8")
    return tmp_path


def test_no_ignores_reports_what_is_held_back(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.j2").write_text("{# promptgauge: ignore[ACME001] house style #}\nPlease answer.\n", encoding="utf-8")
    assert 0 == main(["check", "a.j2"])
    assert 1 == main(["check", "--no-ignores", "a.j2"])
    assert "a.j2:2:1: warning ACME001 no-thanks" in capsys.readouterr().out


def test_the_rules_of_a_pack_can_be_selected_and_ignored(here: Path) -> None:
    (here / "a.j2").write_text("Please answer.\n", encoding="utf-8")
    assert 1 == main(["check", "a.j2"])
    assert 0 == main(["check", "--ignore", "no-thanks", "a.j2"])
    assert 0 == main(["check", "--ignore", "ACME", "a.j2"])
    assert 2 == main(["check", "--ignore", "ACME9", "a.j2"])


def test_a_pattern_that_runs_away_is_one_error_and_every_file_is_linted(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "our/ACME002.yml").write_text(SLOW, encoding="utf-8")
    for name in ("a.j2", "b.j2", "c.j2"):
        (here / name).write_text(f"Please answer {'a' * 60}b\n", encoding="utf-8")
    assert 2 == main(["check", "."])
    out, err = capsys.readouterr()
    assert 1 == err.count("ACME002 (runs-away): its pattern took longer than 1 s")
    assert err.startswith("promptgauge: a.j2: ")
    assert 3 == out.count("ACME001 no-thanks")
    assert "could not be read" not in out
