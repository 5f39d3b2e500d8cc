"""Prebuilt rules: the same as those of the rule files, and only ever for those very files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from promptgauge.data import data_folder
from promptgauge.lint import loader
from promptgauge.lint.prebuilt import built, digest, read_built

RULES = data_folder("rules")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(RULES, tmp_path / "rules"))


@pytest.fixture
def file(tmp_path: Path, folder: Path) -> Path:
    path = tmp_path / "rules.json"
    path.write_text(built(loader.read_rules(folder), folder), encoding="utf-8")
    return path


def test_they_are_the_rules_of_the_rule_files(folder: Path, file: Path) -> None:
    rules = loader.read_rules(RULES)
    assert rules == read_built(file, folder)
    assert list(map(repr, sorted(rules[0].purposes))) == list(
        map(repr, sorted((read_built(file, folder) or ())[0].purposes))
    )


@pytest.mark.parametrize("name", ["budget/PG101.yml", "claims.yml"])
def test_a_file_that_was_changed_makes_them_invalid(name: str, folder: Path, file: Path) -> None:
    path = folder / name
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert read_built(file, folder) is None


def test_a_file_more_or_less_makes_them_invalid(folder: Path, file: Path) -> None:
    (folder / "budget" / "PG199.yml").touch()
    assert read_built(file, folder) is None
    (folder / "budget" / "PG199.yml").unlink()
    assert read_built(file, folder)
    (folder / "budget" / "PG101.yml").unlink()
    assert read_built(file, folder) is None


def test_other_files_beside_them_are_nothing_to_it(folder: Path) -> None:
    before = digest(folder)
    (folder / "README.md").write_text("Other words.\n", encoding="utf-8")
    assert before == digest(folder)


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b'{"of": 1}', b"\xff"])
def test_what_is_no_such_file_is_none(content: bytes | None, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    if content is not None:
        path.write_bytes(content)
    assert read_built(path, folder) is None
