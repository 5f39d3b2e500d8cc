"""`promptgauge ignore` writes the right ignore in the right place, and nothing where there is nothing to hold back."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from jinja2 import Environment

from promptgauge.cli.main import main
from promptgauge.lint import Settings, check
from promptgauge.text import Text

RULES = "You are a helper. Answer politely.\nNever be rude to users at all.\n"
CONFIG = "[thresholds.PG101]\ntokens = 2\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "promptgauge.toml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


def write(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8"))
    return path


def ignore(place: str, code: str = "PG101", *more: str, reason: str = "long on purpose") -> int:
    return main(["ignore", place, code, "--reason", reason, *more])


@pytest.mark.parametrize(
    "content",
    [
        RULES,
        RULES.replace("\n", "\r\n"),
        "{% if x %}\n  You are a helper. Answer politely.  \n{% endif %}\n\nBe kind to {{ name }}.\n",
        "  \n\n   You are a helper. Answer politely.\nBe kind.",
        "system:\nYou are a helper. Answer politely.\nuser:\n{{ question }}\n",
    ],
)
def test_in_jinja_a_comment_is_put_in_that_changes_nothing_of_what_is_sent(here: Path, content: str) -> None:
    path = write(here, "a.j2", content)
    line = content.replace("\r\n", "\n").split("You are")[0].count("\n") + 1
    assert 0 == ignore(f"a.j2:{line}")
    after = path.read_bytes().decode()
    assert "promptgauge: ignore[PG101] long on purpose" in after
    for values in ({"x": True, "name": "Ann"}, {}):
        expected, got = (Environment(keep_trailing_newline=True).from_string(text) for text in (content, after))
        assert expected.render(values) == got.render(values)
    assert ("\r\n" in content) == ("\r\n" in after)
    result = check(Text(after), "a.j2", Settings(thresholds={"PG101": {"tokens": 2}}), lambda _path: None)
    assert [] == [finding.code for finding in result.findings]
    assert CONFIG == (here / "promptgauge.toml").read_text(encoding="utf-8")


def test_in_yaml_the_comment_stands_above_the_prompt(here: Path) -> None:
    path = write(here, "a.yml", "messages:\n  - role: system\n    content: |\n      Answer it all.\n")
    assert 0 == ignore("a.yml:4:7")
    expected = "messages:\n  # promptgauge: ignore[PG101] long on purpose\n  - role: system\n"
    assert path.read_text(encoding="utf-8").startswith(expected)


def test_in_front_matter_the_comment_stands_at_its_end(here: Path) -> None:
    path = write(here, "a.prompt.txt", f"---\nmodel: m\n---\n{RULES}")
    assert 0 == ignore("a.prompt.txt:4")
    assert f"---\nmodel: m\n# promptgauge: ignore[PG101] long on purpose\n---\n{RULES}" == path.read_text(
        encoding="utf-8"
    )


def test_where_a_comment_would_be_sent_the_configuration_takes_it(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(here, "p/a.prompt.txt", RULES)
    assert 0 == ignore("p/a.prompt.txt:1", "behaviour-over-budget", reason='a "quoted"\n reason')
    assert RULES == path.read_text(encoding="utf-8")
    written = (here / "promptgauge.toml").read_text(encoding="utf-8")
    assert written.startswith(CONFIG + '\n[[ignores]]\nfile = "p/a.prompt.txt"\ncode = "PG101"\nfingerprint = "')
    assert written.endswith('"\nreason = "a \\"quoted\\" reason"\n')
    assert "promptgauge.toml:4: PG101 is held back here\n" == capsys.readouterr().out
    assert 0 == main(["check", "--fail-on", "hint", "p"])
    path.write_text("\n" + RULES, encoding="utf-8")
    assert 0 == main(["check", "--fail-on", "hint", "p"])
    path.write_text("Now " + RULES, encoding="utf-8")
    assert 1 == main(["check", "--fail-on", "hint", "p"])


def test_a_pyproject_is_written_in_its_own_table_and_keeps_its_line_ends(here: Path) -> None:
    (here / "promptgauge.toml").unlink()
    start = "[tool.promptgauge.thresholds.PG101]\r\ntokens = 2"
    (here / "pyproject.toml").write_bytes(start.encode())
    write(here, "a.prompt.txt", RULES)
    assert 0 == ignore("a.prompt.txt:1")
    after = (here / "pyproject.toml").read_bytes().decode()
    assert after.startswith(start + '\r\n\r\n[[tool.promptgauge.ignores]]\r\nfile = "a.prompt.txt"\r\n')
    assert after.count("\n") == after.count("\r\n")
    assert 0 == main(["check", "--fail-on", "hint", "."])


def test_without_a_configuration_one_is_made_at_the_root_of_the_repository(here: Path) -> None:
    (here / "promptgauge.toml").unlink()
    (here / ".git").mkdir()
    write(here, "p/q/a.prompt.txt", 'Answer in JSON:\n\n```json\n{\n  "a": 1\n  "b": 2\n}\n```\n')
    assert 0 == ignore("p/q/a.prompt.txt:5", "PG403")
    assert 'file = "p/q/a.prompt.txt"' in (here / "promptgauge.toml").read_text(encoding="utf-8")


def test_a_dry_run_shows_the_change_and_writes_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(here, "a.j2", RULES)
    assert 0 == ignore("a.j2:1", "PG101", "--dry-run")
    assert "+{# promptgauge: ignore[PG101] long on purpose -#}\n" in capsys.readouterr().out
    assert RULES == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("place", "code", "said"),
    [
        ("a.j2:2", "PG101", "a.j2:2: PG101 behaviour-over-budget is not reported here; it is on line 1"),
        (
            "a.j2:1",
            "PG202",
            "a.j2:1: PG202 example-bank is not reported here; this line has PG101 behaviour-over-budget",
        ),
        ("a.j2:2", "PG202", "a.j2:2: PG202 example-bank is not reported here; nor is it anywhere in this file"),
        ("a.j2:1", "exampel-bank", "no rule is called `exampel-bank`; did you mean `example-bank`?"),
        ("a.j2", "PG101", "`a.j2` is no place; write FILE:LINE, as in prompts/triage.j2:12"),
        ("b.j2:1", "PG101", "b.j2: does not exist"),
    ],
)
def test_what_is_not_there_cannot_be_held_back(
    here: Path, capsys: pytest.CaptureFixture[str], place: str, code: str, said: str
) -> None:
    path = write(here, "a.j2", RULES)
    assert 2 == ignore(place, code)
    assert f"promptgauge: {said}\n" == capsys.readouterr().err
    assert RULES == path.read_text(encoding="utf-8")


def test_what_is_held_back_already_is_left_as_it_is(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(here, "a.j2", RULES)
    assert 0 == ignore("a.j2:1")
    first = path.read_bytes()
    capsys.readouterr()
    assert 0 == ignore("a.j2:2")
    assert "a.j2:2: PG101 is held back already: long on purpose\n" == capsys.readouterr().out
    assert first == path.read_bytes()


def test_a_reason_that_would_end_the_comment_goes_to_the_configuration(here: Path) -> None:
    path = write(here, "a.j2", RULES)
    assert 0 == ignore("a.j2:1", reason="uses #} itself")
    assert RULES == path.read_text(encoding="utf-8")
    assert 'reason = "uses #} itself"' in (here / "promptgauge.toml").read_text(encoding="utf-8")


def test_permissions_marks_and_links_stay_as_they_were(here: Path) -> None:
    path = write(here, "a.j2", "")
    path.write_bytes(b"\xef\xbb\xbf" + RULES.encode())
    path.chmod(0o640)
    (here / "link.j2").symlink_to(path)
    assert 0 == ignore("link.j2:1")
    assert (here / "link.j2").is_symlink()
    assert path.read_bytes().startswith(b"\xef\xbb\xbf{# promptgauge")
    assert 0o640 == stat.S_IMODE(path.stat().st_mode)
    assert ["a.j2", "link.j2", "promptgauge.toml"] == sorted(each.name for each in here.iterdir())
