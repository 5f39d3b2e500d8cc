"""`promptgauge check`: exit codes, options, and what is said when there was nothing to lint."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Command

CLEAN = "Say hello to {{ name }}.\n"
# PG401, an information; PG601, an error; PG403, a warning.
INFORMATION = "Read the letter.\nReturn the name as JSON.\n"
ERROR = "{% if name %}Say hello to {{ name }}.\n"
WARNING = 'Summarise. Answer in JSON:\n\n```json\n{\n  "title": "short"\n  "rating": 4.5\n}\n```\n'


@pytest.mark.parametrize(
    ("content", "options", "expected"),
    [
        (CLEAN, [], 0),
        (INFORMATION, [], 0),
        (INFORMATION, ["--fail-on", "information"], 1),
        (INFORMATION, ["--fail-on", "hint"], 1),
        (WARNING, [], 1),
        (WARNING, ["--fail-on", "error"], 0),
        (WARNING, ["--exit-zero"], 0),
        (WARNING, ["--ignore", "PG403"], 0),
        (WARNING, ["--ignore", "PG1,broken-skeleton"], 0),
        (ERROR, [], 1),
        (ERROR, ["--fail-on", "error"], 1),
        (ERROR, ["--exit-zero"], 0),
    ],
)
def test_the_exit_code_tells_what_was_found(
    command: Command, folder: Path, content: str, options: list[str], expected: int
) -> None:
    (folder / "a.j2").write_text(content)
    code, out, err = command("check", *options, "a.j2")
    assert (expected, "") == (code, err)
    assert "1 file" in out


def test_without_paths_it_lints_the_current_folder(command: Command, folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "a.j2").write_text(WARNING)
    code, out, _ = command("check")
    assert 1 == code
    assert out.startswith("deep/a.j2:5:3: warning PG403")


def test_a_folder_without_prompts_is_no_success(command: Command, folder: Path) -> None:
    (folder / "empty").mkdir()
    code, out, err = command("check", "empty")
    assert (2, "") == (code, err)
    assert "Nothing was linted: there are no files here." in out
    (folder / "empty" / "notes.txt").write_text("Milk, eggs.")
    code, out, _ = command("check", "empty")
    assert 2 == code
    assert "the only file is not known to be a prompt" in out


@pytest.mark.parametrize("content", ["", " \n\n", "\ufeff"])
def test_an_empty_file_is_no_success(command: Command, folder: Path, content: str) -> None:
    (folder / "a.j2").write_text(content, encoding="utf-8")
    assert (2, "Nothing was linted: no prompt in a.j2.\n", "") == command("check", "a.j2")


def test_a_file_that_holds_no_prompt_is_no_success(command: Command, folder: Path) -> None:
    (folder / "a.prompt.yml").write_text("a: 1\n")
    assert (2, "Nothing was linted: no prompt in a.prompt.yml.\n", "") == command("check", "a.prompt.yml")


def test_in_json_too_nothing_linted_is_said(command: Command, folder: Path) -> None:
    (folder / "empty").mkdir()
    code, out, err = command("check", "--format", "json", "empty")
    assert 2 == code
    assert [] == json.loads(out)["files"]
    assert err.startswith("promptgauge: Nothing was linted: ")


def test_a_named_file_of_no_known_format_is_read_as_text_and_said_so(command: Command, folder: Path) -> None:
    (folder / "notes.txt").write_text(INFORMATION)
    code, out, _ = command("check", "notes.txt")
    assert 0 == code
    assert "PG401" in out
    assert "Read as plain text, as nothing tells another format: notes.txt." in out


def test_under_force_exclude_it_is_left_out_and_said_so(command: Command, folder: Path) -> None:
    (folder / "notes.txt").write_text(INFORMATION)
    code, out, _ = command("check", "--force-exclude", "notes.txt")
    assert 0 == code
    assert out.startswith("notes.txt: skipped, not a prompt:")


def test_what_looks_like_a_prompt_and_is_not_read_is_named(command: Command, folder: Path) -> None:
    (folder / "a.j2").write_text(CLEAN)
    (folder / "my-prompt.xml").write_text("<p>Say hello.</p>")
    code, out, _ = command("check")
    assert 0 == code
    assert "1 more file looks like a prompt and was not read: my-prompt.xml." in out


def test_the_selectors_of_both_options_are_checked(command: Command, folder: Path) -> None:
    (folder / "a.j2").write_text(CLEAN)
    code, out, err = command("check", "--select", "PG9,PG1011", "--ignore", "behavior-over-budget,zzz", "a.j2")
    assert (2, "") == (code, out)
    assert [
        "promptgauge: --select: no rule is called `PG1011`; did you mean `PG101`?",
        "promptgauge: --ignore: no rule is called `behavior-over-budget`; did you mean `behaviour-over-budget`?",
        "promptgauge: --ignore: no rule is called `zzz`; `promptgauge rules` lists them",
    ] == err.splitlines()


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_standard_input_is_read_as_text_unless_it_has_a_name(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, INFORMATION.encode())
    code, out, _ = command("check", "-")
    assert 0 == code
    assert "Read as plain text, as nothing tells another format: <stdin>." in out
    stdin(monkeypatch, ERROR.encode())
    code, out, _ = command("check", "-", "--stdin-filename", "not/there.j2")
    assert 1 == code
    assert out.startswith("not/there.j2:1:1: error PG601")


def test_standard_input_has_the_configuration_of_its_name(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "promptgauge.toml").write_text('ignore = ["PG601"]\nexclude = ["old"]\n')
    stdin(monkeypatch, ERROR.encode())
    assert 0 == command("check", "-", "--stdin-filename", "a.j2").code
    stdin(monkeypatch, ERROR.encode())
    code, out, _ = command("check", "-", "--force-exclude", "--stdin-filename", "old/a.j2")
    assert 0 == code
    assert out.startswith("old/a.j2: skipped, left out by `exclude` in promptgauge.toml\n")


def test_files_are_linted_besides_standard_input(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.j2").write_text(WARNING)
    stdin(monkeypatch, CLEAN.encode())
    code, out, _ = command("check", "a.j2", "-")
    assert 1 == code
    assert "2 files" in out


def test_a_name_for_standard_input_that_is_not_read_is_a_mistake(command: Command) -> None:
    assert (
        2,
        "",
        "promptgauge: --stdin-filename names what is read from standard input; add `-` to read it\n",
    ) == command("check", "--stdin-filename", "a.j2")


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"\xff", "line 1 is not UTF-8 (byte 0xff at 0); save the file as UTF-8"), (b"a\0b", "holds a NUL character")],
)
def test_standard_input_that_is_no_text_is_an_error(
    command: Command, monkeypatch: pytest.MonkeyPatch, data: bytes, message: str
) -> None:
    stdin(monkeypatch, data)
    code, out, err = command("check", "-")
    assert 2 == code
    assert err.startswith("promptgauge: <stdin>: ")
    assert message in err
    assert out.startswith("Nothing was linted; see the errors.")


def test_closed_standard_input_is_an_error(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    code, _, err = command("check", "-")
    assert (2, "promptgauge: <stdin>: standard input is closed\n") == (code, err)
