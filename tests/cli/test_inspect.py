"""`promptgauge inspect`: what it prints, and when it is no success."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Command


def test_it_draws_a_bar_for_each_kind(command: Command, folder: Path) -> None:
    (folder / "system.md").write_text("Say hello.\n")
    code, out, err = command("inspect", "system.md")
    assert (0, "") == (code, err)
    place, counted, bar = out.splitlines()[:3]
    assert ("system.md:1", "  3 text tokens (o200k_base); one system message; no template") == (place, counted)
    assert bar.startswith("  instruction   █")


def test_json_holds_one_object_a_file(command: Command, folder: Path) -> None:
    (folder / "a.j2").write_text("Say hello.\n")
    (folder / "b.j2").write_text("Say {{ word }}.\n")
    code, out, _ = command("inspect", "--format", "json", "b.j2", "a.j2")
    assert 0 == code
    assert [("b.j2", ["word"]), ("a.j2", [])] == [(file["path"], file["variables"]) for file in json.loads(out)]


def test_the_schema_is_printed(command: Command) -> None:
    code, out, _ = command("inspect", "--schema")
    assert 0 == code
    assert "promptgauge inspect --format json" == json.loads(out)["title"]
    assert "promptgauge check --format json" == json.loads(command("check", "--schema").out)["title"]


def test_without_paths_it_asks_for_some(command: Command) -> None:
    assert (2, "", "promptgauge: name the files or folders to inspect; `.` is the current folder\n") == command(
        "inspect"
    )


def test_a_file_that_cannot_be_read_does_not_keep_the_others(command: Command, folder: Path) -> None:
    (folder / "a.j2").write_text("Say hello.\n")
    code, out, err = command("inspect", "gone.j2", "a.j2")
    assert (2, "promptgauge: gone.j2: does not exist\n") == (code, err)
    assert out.startswith("a.j2:1\n")


def test_a_file_that_does_not_parse_is_an_error(command: Command, folder: Path) -> None:
    (folder / "a.prompt.json").write_text('{"messages": [}')
    code, out, err = command("inspect", "a.prompt.json")
    assert (2, "a.prompt.json: holds no prompt\n") == (code, out)
    assert err.startswith("promptgauge: a.prompt.json:1:15: not valid JSON")


def test_a_broken_configuration_is_an_error(command: Command, folder: Path) -> None:
    (folder / "promptgauge.toml").write_text("selct = 1\n")
    (folder / "a.j2").write_text("Say hello.\n")
    assert (2, "", "promptgauge: promptgauge.toml:1:1: unknown key `selct`; did you mean `select`?\n") == command(
        "inspect", "a.j2"
    )


def test_a_folder_without_prompts_is_no_success(command: Command, folder: Path) -> None:
    (folder / "empty").mkdir()
    code, out, err = command("inspect", "empty")
    assert (2, "") == (code, out)
    assert err.startswith("promptgauge: Nothing was linted: there are no files here.")
