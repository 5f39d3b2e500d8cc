"""A configuration file is read whole, and every mistake in it is told with its place and a way out."""

from pathlib import Path

import pytest

from promptgauge.config import ConfigError
from promptgauge.config.model import ConfigFile
from promptgauge.config.read import read_config


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test runs in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(content: str, name: str = "promptgauge.toml") -> ConfigFile | None:
    path = Path.cwd() / name
    path.write_bytes(content.encode())
    return read_config(path)


def errors(content: str, name: str = "promptgauge.toml") -> list[str]:
    """The errors of a file, as they are printed."""
    with pytest.raises(ConfigError) as raised:
        read(content, name)
    return [str(error) for error in raised.value.all]


FULL = """\
include = ["prompts/**", "!prompts/old/**"]
exclude = ["vendor/"]
select = ["PG1", "example-drift"]
ignore = ["PG204"]
encoding = "cl100k_base"

[levels]
behaviour-over-budget = "warning"

[thresholds.PG101]
tokens = 1500

[purposes]
"docs/**" = "assistant"

[formats]
"*.tpl" = "jinja"

[[overrides]]
files = ["prompts/legacy/**"]
ignore = ["PG1"]
[overrides.thresholds.edge-case-sprawl]
share = 0.7
"""


def test_all_keys_are_read_with_their_places() -> None:
    config = read(FULL)
    assert config
    assert config.include
    assert config.exclude
    assert ("prompts/**", "!prompts/old/**") == config.include.value.patterns
    assert ("vendor/",) == config.exclude.value.patterns
    assert [("PG1", "promptgauge.toml:3"), ("PG204", "promptgauge.toml:3")] == [
        (entry.value, str(entry.where)) for entry in config.layer.select
    ]
    assert config.layer.encoding
    assert ("cl100k_base", "promptgauge.toml:5") == (config.layer.encoding.value, str(config.layer.encoding.where))
    assert {"PG101": "warning"} == {code: entry.value for code, entry in config.layer.levels.items()}
    assert 1500.0 == config.layer.thresholds["PG101"]["tokens"].value
    assert ["assistant"] == [entry.value for _, entry in config.purposes]
    assert ["jinja"] == [entry.value for _, entry in config.formats]
    (override,) = config.overrides
    assert ("prompts/legacy/**",) == override.files.patterns
    assert "promptgauge.toml:21 (override prompts/legacy/**)" == str(override.layer.ignore[0].where)
    assert 0.7 == override.layer.thresholds["PG102"]["share"].value


def test_a_pyproject_holds_the_same_below_its_table() -> None:
    config = read('[project]\nname = "x"\n[tool.promptgauge]\nselect = ["PG1"]\n', "pyproject.toml")
    assert config
    assert "pyproject.toml:4" == str(config.layer.select[0].where)
    assert ["pyproject.toml:3:1: unknown key `selct`; did you mean `select`?"] == errors(
        '[project]\n[tool.promptgauge]\nselct = ["PG1"]\n', "pyproject.toml"
    )


@pytest.mark.parametrize("content", ["", "[project]\nname = 'promptgauge'\n", "[tool.ruff]\n", "broken ["])
def test_a_pyproject_without_the_table_is_no_configuration(content: str) -> None:
    assert read(content, "pyproject.toml") is None


def test_a_broken_pyproject_that_names_us_is_told() -> None:
    assert ["pyproject.toml:2:8: not valid TOML: invalid value"] == errors(
        "[tool.promptgauge]\nselect=", "pyproject.toml"
    )


def test_a_missing_file_is_no_configuration(here: Path) -> None:
    assert read_config(here / "promptgauge.toml") is None
    assert read_config(here / "gone" / "promptgauge.toml") is None


def test_a_folder_of_that_name_is_no_configuration(here: Path) -> None:
    (here / "promptgauge.toml").mkdir()
    assert read_config(here / "promptgauge.toml") is None


def test_an_empty_file_is_a_configuration() -> None:
    assert read("") is not None


def test_a_byte_order_mark_and_line_ends_of_windows_change_no_place() -> None:
    assert ["promptgauge.toml:2:1: unknown key `selct`; did you mean `select`?"] == errors(
        "\ufeff# settings\r\nselct = []\r\n"
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("selct = []", "1:1: unknown key `selct`; did you mean `select`?"),
        ("zzz = 1", "1:1: unknown key `zzz`"),
        ('select = "PG1"', '1:10: `select` must be a list: ["PG1"], not a string'),
        ("ignore = 3", "1:10: `ignore` must be a list of strings, not a number"),
        ("ignore = [\n 'PG1', 3]", "2:9: `ignore` must be a list of strings, not a number"),
        ("include = {}", "1:11: `include` must be a list of strings, not a table"),
        ("exclude = [1979-05-27]", "1:12: `exclude` must be a list of strings, not a date or time"),
        ("select = ['PG1011']", "1:11: unknown rule `PG1011`; did you mean `PG101`?"),
        ("select = ['pg101']", "1:11: unknown rule `pg101`; did you mean `PG101`?"),
        ("select = ['example-drifts']", "1:11: unknown rule `example-drifts`; did you mean `example-drift`?"),
        ("select = ['']", "1:11: unknown rule ``"),
        ("levels = 1", "1:10: `levels` must be a table, not a number"),
        ("[levels]\nPG1 = 'hint'", "2:1: `PG1` means several rules; name one"),
        ("[levels]\nPG101 = 'info'", "2:9: unknown level `info`; did you mean `information`?"),
        ("[levels]\nPG101 = 'off'", "2:9: a level cannot be off; put PG101 into `ignore`"),
        (
            "[levels]\nPG101 = true",
            "2:9: unknown level `true`; use `error`, `warning`, `information`, `hint`",
        ),
        (
            "[levels]\nPG101 = 'hint'\nbehaviour-over-budget = 'hint'",
            "3:1: `behaviour-over-budget` and `PG101` are the same rule; keep one",
        ),
        ("[thresholds]\nPG101 = 5", "2:9: `thresholds.PG101` must be `[thresholds.PG101]` with names and numbers, not"),
        ("[thresholds.PG101]\ntoken = 5", "2:1: unknown threshold `token`; did you mean `tokens`?"),
        ("[thresholds.PG101]\nqqq = 5", "2:1: unknown threshold `qqq`; PG101 has `tokens`"),
        ("[thresholds.PG204]\nqqq = 5", "2:1: unknown threshold `qqq`; PG204 has none"),
        ("[thresholds.PG999]\nqqq = 5", "1:13: unknown rule `PG999`"),
        ("[thresholds.PG101]\ntokens = '5'", "2:10: `tokens` must be a number, not a string"),
        ("[thresholds.PG101]\ntokens = true", "2:10: `tokens` must be a number, not a boolean"),
        ("[thresholds.PG101]\ntokens = -1", "2:10: `tokens` must be a finite number, 0 or more"),
        ("[thresholds.PG101]\ntokens = nan", "2:10: `tokens` must be a finite number, 0 or more"),
        ("[thresholds.PG101]\ntokens = 1" + "0" * 400, "2:10: `tokens` must be a finite number, 0 or more"),
        ("[thresholds.PG102]\nshare = 50", "2:9: `share` is a share: a number from 0 to 1"),
        ("encoding = 'o200k'", "1:12: unknown encoding `o200k`; did you mean `o200k_base`?"),
        ("encoding = 3", "1:12: unknown encoding `3`; use `"),
        ("[formats]\n'*.x' = 'jinja2'", "2:9: unknown format `jinja2`; did you mean `jinja`?"),
        ("[formats]\n'!*.x' = 'jinja'", "2:1: `!*.x`: a glob cannot begin with `!` here"),
        ("[purposes]\n'*.x' = 'assistent'", "2:9: unknown purpose `assistent`; did you mean `assistant`?"),
        ("[purposes]\n'*.x' = ['call']", "2:9: unknown purpose `a list`; use `call`, `assistant`"),
        ("include = ['*.{md,txt}']", "1:12: `*.{md,txt}`: braces are not expanded; write one glob for each"),
        ("[overrides]\nfiles = []", "1:2: `overrides` must be `[[overrides]]` with double brackets, not a table"),
        ("overrides = [3]", "1:14: `overrides` must be a table, not a number"),
        ("[[overrides]]\nselect = ['PG1']", "1:3: an override needs `files`, the globs that it holds for"),
        ("[[overrides]]\nfiles = ['a']\ninclude = ['b']", "3:1: unknown key `include`"),
        ("[[overrides]]\nfiles = []\n[[overrides]]\nfile = ['a']", "4:1: unknown key `file`; did you mean `files`?"),
        (
            "[tool.promptgauge]\n",
            "1:2: in promptgauge.toml the settings stand at the top, without `[tool.promptgauge]`",
        ),
        ("select = [", "1:11: not valid TOML: "),
        ("a = 1\na = 2", "2:6: not valid TOML: cannot overwrite a value"),
        ("a = " + "[" * 5000, "1:"),
        ("a = 1" + "0" * 5000, "1:"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_a_way_out(content: str, expected: str) -> None:
    found = errors(content)
    assert any(error.startswith(f"promptgauge.toml:{expected}") for error in found), found
    assert not any("\n" in error for error in found)


def test_all_mistakes_of_a_file_are_told_in_the_order_of_their_places() -> None:
    found = errors("[levels]\nPG101 = 'loud'\n[oops]\n[thresholds.PG101]\ntokens = 'x'\n[[overrides]]\nselect = 1\n")
    assert [2, 3, 5, 6, 7] == [int(error.split(":")[1]) for error in found]


def test_a_file_in_another_encoding_is_told_with_the_line(here: Path) -> None:
    path = here / "promptgauge.toml"
    path.write_bytes(b"# ok\n# caf\xe9\n")
    with pytest.raises(ConfigError) as raised:
        read_config(path)
    assert str(raised.value).startswith("promptgauge.toml:2:1: line 2 is not UTF-8")


def test_a_file_that_may_not_be_read_is_told(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (here / "promptgauge.toml").touch()
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ConfigError) as raised:
        read_config(here / "promptgauge.toml")
    assert "promptgauge.toml:1:1: cannot be read: permission denied" == str(raised.value)
    assert read_config(here / "closed" / "promptgauge.toml") is None


def test_a_glob_may_begin_with_a_dot_and_a_slash() -> None:
    config = read('include = ["./prompts/*.txt"]')
    assert config
    assert config.include
    assert config.include.value.matches("prompts/a.txt")
    assert not config.include.value.matches("x/prompts/a.txt")


def test_a_file_elsewhere_is_named_by_its_whole_path(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("other") / "promptgauge.toml"
    path.write_text("x = 1")
    with pytest.raises(ConfigError) as raised:
        read_config(path)
    assert f"{path.as_posix()}:1:1: unknown key `x`" == str(raised.value)
