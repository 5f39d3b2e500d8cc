"""Strange and broken files: one clear line each, and the other files are linted all the same."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from promptgauge.cli import reading
from promptgauge.lint.check import check as real_check
from promptgauge.lint.engine import CheckError
from promptgauge.project import ReadError
from tests.cli.conftest import Command

BOMB = "".join(
    [
        'a: &a ["lol", "lol"]\n',
        *(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in pairwise("abcdefghi")),
        'messages:\n  - {role: user, content: "Say hello."}\n',
    ]
)


def written(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


UNREADABLE: list[tuple[str, Callable[[Path], object], str]] = [
    ("gone.j2", lambda path: None, "does not exist"),
    ("gone/a.j2", lambda path: None, "does not exist"),
    ("link.j2", lambda path: path.symlink_to("gone"), "is a link to a file that does not exist"),
    ("loop.j2", lambda path: path.symlink_to("loop.j2"), "too many levels of symbolic links"),
    ("pipe.j2", os.mkfifo, "is not a regular file"),
    (
        "latin.j2",
        written("ok\nGrüße".encode("latin-1")),
        "line 2 is not UTF-8 (byte 0xfc at 5); save the file as UTF-8",
    ),
    ("nul.j2", written(b"a\n\0"), "line 2 holds a NUL character: this looks like a binary file, not a prompt"),
    ("big.j2", written(b"Say hello. " * 1_900_000), "has 20.9 MB, more than the 16.8 MB that are read"),
]


@pytest.mark.parametrize(("name", "make", "message"), UNREADABLE, ids=[name for name, _, _ in UNREADABLE])
def test_what_cannot_be_read_is_one_line_and_the_rest_is_linted(
    command: Command, folder: Path, name: str, make: Callable[[Path], object], message: str
) -> None:
    make(folder / name)
    (folder / "z.j2").write_text("Say hello.")
    code, out, err = command("check", name, "z.j2")
    assert 2 == code
    assert err.startswith(f"promptgauge: {name}: ")
    assert message in err
    assert 1 == err.count("\n")
    assert out.startswith("1 file, 3 tokens")
    assert "1 file could not be read; the errors say why." in out


def test_a_file_without_permission_is_one_line(command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Whoever runs the tests may be allowed to read everything.
    def refused(path: Path) -> None:
        raise ReadError("cannot be read: permission denied")

    (folder / "a.j2").write_text("Say hello.")
    monkeypatch.setattr(reading, "read_file", refused)
    code, _, err = command("check", "a.j2")
    assert (2, "promptgauge: a.j2: cannot be read: permission denied\n") == (code, err)


BROKEN: list[tuple[str, str, str]] = [
    ("a.prompt.md", "---\nmodel: [a\n---\nSay hello.\n", "not valid YAML"),
    ("a.prompt.yml", "messages:\n  - role: user\n   content: x\n", "not valid YAML"),
    ("a.prompt.json", '{"messages": [}', "not valid JSON"),
    ("a.prompt.json", '{"messages": [{"role": "a", "role": "user", "content": "Hi."}]}', "the key 'role' stands twice"),
    ("a.prompt.json", '{"role": "user", "content": ' + "[" * 100_000, "nested too deeply"),
]


@pytest.mark.parametrize(("name", "content", "message"), BROKEN, ids=[message for _, _, message in BROKEN])
def test_what_does_not_parse_is_a_finding_and_no_success(
    command: Command, folder: Path, name: str, content: str, message: str
) -> None:
    (folder / name).write_text(content)
    code, out, err = command("check", name)
    assert (2, "") == (code, err)
    assert f"{name}:" in out
    assert message in out
    assert "1 file does not parse and could not be checked as a whole." in out


def test_what_does_not_parse_stays_an_error_when_no_finding_says_so(command: Command, folder: Path) -> None:
    (folder / "a.prompt.json").write_text('{"messages": [}')
    code, _, err = command("check", "--ignore", "PG6", "a.prompt.json")
    assert 2 == code
    assert err.startswith("promptgauge: a.prompt.json:1:15: not valid JSON")
    assert 1 == err.count("\n")


@pytest.mark.parametrize(
    ("content", "place"),
    [("{% if a %}x", "1:1"), ("Hello\n{{ name", "2:1"), ("{% if a %}" * 3000 + "x" + "{% endif %}" * 3000, "1:1")],
    ids=["not closed", "unfinished", "too deep"],
)
def test_a_template_that_does_not_parse_is_a_finding(command: Command, folder: Path, content: str, place: str) -> None:
    (folder / "a.j2").write_text(content)
    code, out, err = command("check", "a.j2")
    assert (1, "") == (code, err)
    assert out.startswith(f"a.j2:{place}: error PG601")


ASKS = "Return the name as JSON."


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (f"Say hello.\n{ASKS}".encode(), "2:1"),
        (f"Say hello.\r\n{ASKS}\r\n".encode(), "2:1"),
        (f"Say hello.\r{ASKS}\r".encode(), "2:1"),
        (b"\xef\xbb\xbf" + f"{ASKS}\n".encode(), "1:1"),
        (f"Say hello.\n{ASKS}".encode("utf-16"), "2:1"),
        (f"Say hello.\u2028{ASKS}".encode(), "1:1"),
        (f"👍\n{ASKS}".encode(), "2:1"),
    ],
    ids=["LF", "CRLF", "CR", "byte order mark", "UTF-16", "line separator", "emoji"],
)
def test_places_are_those_of_an_editor(command: Command, folder: Path, data: bytes, place: str) -> None:
    (folder / "a.j2").write_bytes(data)
    assert f"a.j2:{place}: information PG401" in command("check", "a.j2").out


def test_a_yaml_bomb_stays_small(command: Command, folder: Path) -> None:
    (folder / "a.prompt.yml").write_text(BOMB)
    code, out, err = command("check", "a.prompt.yml")
    assert (0, "") == (code, err)
    assert "no findings" in out


def test_a_folder_that_holds_itself_is_walked_once(command: Command, folder: Path) -> None:
    (folder / "a.j2").write_text("Say hello.")
    (folder / "loop").symlink_to(".")
    code, out, _ = command("check", ".")
    assert 0 == code
    assert out.startswith("1 file, ")


def test_a_name_that_is_no_unicode_is_shown_with_escapes(command: Command, folder: Path) -> None:
    name = os.fsdecode(b"gr\xfc\xdfe.j2")
    (folder / name).write_text(ASKS)
    code, out, _ = command("check", ".")
    assert 0 == code
    assert out.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    assert "PG401" in out


def test_each_mistake_of_a_configuration_is_said_once_and_other_files_are_linted(
    command: Command, folder: Path
) -> None:
    for part in ("a", "b"):
        (folder / part).mkdir()
        for name in ("one.j2", "two.j2"):
            (folder / part / name).write_text("Say hello.")
    (folder / "a" / "promptgauge.toml").write_text('selct = ["PG1"]\nignore = ["PG9999"]\n')
    code, out, err = command("check", "a/one.j2", "a", "b", ".")
    assert 2 == code
    assert [
        "promptgauge: a/promptgauge.toml:1:1: unknown key `selct`; did you mean `select`?",
        "promptgauge: a/promptgauge.toml:2:11: unknown rule `PG9999`",
    ] == err.splitlines()
    assert "2 files, 6 tokens" in out
    assert "the files that a/promptgauge.toml holds for." in out


def test_a_configuration_that_is_no_toml_is_one_line(command: Command, folder: Path) -> None:
    (folder / "promptgauge.toml").write_text("select = [\n")
    (folder / "a.j2").write_text("Say hello.")
    code, out, err = command("check", "a.j2")
    assert 2 == code
    assert err.startswith("promptgauge: promptgauge.toml:1:11: not valid TOML: ")
    assert 1 == err.count("\n")
    assert out.startswith("Nothing was linted; see the errors.")


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (RecursionError("too deep"), "RecursionError: too deep"),
        (CheckError("PG101", "behaviour-over-budget", KeyError("x")), "PG101 (behaviour-over-budget) failed"),
    ],
)
def test_a_fault_of_ours_in_one_file_leaves_the_others_alone(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, what: str
) -> None:

    def check(text: object, path: str, *rest: object) -> object:
        if path == "a.j2":
            raise error
        return real_check(text, path, *rest)  # type: ignore[arg-type]

    (folder / "a.j2").write_text("Say hello.")
    (folder / "b.j2").write_text("Say hello.")
    monkeypatch.setattr(reading, "check", check)
    code, out, err = command("check", "a.j2", "b.j2")
    assert 2 == code
    assert err.startswith(f"promptgauge: a.j2: a fault of promptgauge, {what}")
    assert err.endswith("; please report it\n")
    assert out.startswith("1 file, 3 tokens")
