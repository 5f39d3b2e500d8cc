"""`promptgauge config FILE` prints what holds for a file, for people and for programs."""

import argparse
import json
from pathlib import Path

import pytest

from promptgauge.cli import config


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test runs in a folder with one prompt and one configuration."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "promptgauge.toml").write_text("exclude = ['old*']\n[thresholds.PG101]\ntokens = 1_500\n")
    (tmp_path / "a.j2").touch()
    return tmp_path


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    config.add(parser.add_subparsers())
    args = parser.parse_args(["config", *words])
    return int(args.run(args))


def test_it_prints_each_setting_with_its_value_and_where_it_comes_from(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == run("a.j2")
    lines = capsys.readouterr().out.splitlines()
    assert ["a.j2", "read as jinja", "configuration: promptgauge.toml", ""] == lines[:4]
    rows = [line.split() for line in lines[4:]]
    assert ["exclude", "old*", "promptgauge.toml:1"] in rows
    assert ["encoding", "o200k_base", "default"] in rows
    assert ["format", "the", "file", "decides", "default"] in rows
    assert ["thresholds.PG101.tokens", "1500", "promptgauge.toml:3"] in rows
    assert "rules" == rows[-1][0]
    assert not any(line != line.rstrip() for line in lines)


def test_json_holds_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == run("a.j2", "--format", "json")
    got = json.loads(capsys.readouterr().out)
    assert ("a.j2", "promptgauge.toml", "read as jinja") == (got["file"], got["configuration"], got["reading"])
    settings = {setting["key"]: (setting["value"], setting["where"]) for setting in got["settings"]}
    assert (["old*"], "promptgauge.toml:1") == settings["exclude"]
    assert (1500.0, "promptgauge.toml:3") == settings["thresholds.PG101.tokens"]
    assert (None, "default") == settings["format"]
    assert "PG101" in settings["rules"][0]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("old.j2", "left out by `exclude` in promptgauge.toml, unless it is named"),
        ("notes.txt", "not a prompt: neither its name nor its first lines say so; it is read only if it is named"),
    ],
)
def test_it_says_why_a_file_is_not_read(
    here: Path, capsys: pytest.CaptureFixture[str], name: str, sentence: str
) -> None:
    (here / name).touch()
    assert 0 == run(name)
    assert sentence == capsys.readouterr().out.splitlines()[1]


def test_without_a_configuration_it_says_none(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "promptgauge.toml").unlink()
    assert 0 == run("a.j2")
    assert "configuration: none" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == run("gone.j2")
    assert 2 == run(".")
    assert "promptgauge: gone.j2: does not exist\npromptgauge: .: is a folder, not a file\n" == capsys.readouterr().err


def test_a_broken_configuration_ends_with_2_and_tells_every_mistake(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "promptgauge.toml").write_text("x = 1\nselct = []\n")
    assert 2 == run("a.j2")
    streams = capsys.readouterr()
    assert "" == streams.out
    assert [
        "promptgauge: promptgauge.toml:1:1: unknown key `x`",
        "promptgauge: promptgauge.toml:2:1: unknown key `selct`; did you mean `select`?",
    ] == streams.err.splitlines()
