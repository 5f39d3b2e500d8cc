"""`extend`, rule packs, include roots and ignores: what a configuration names outside of itself."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from promptgauge.config import ConfigError, Configuration, Configurations
from tests.lint.test_packs import RULE


def write(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def configuration(folder: Path) -> Configuration:
    return Configurations(folder).for_file(folder / "a.j2")


def broken(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(folder)
    with pytest.raises(ConfigError) as caught:
        configuration(folder)
    return [str(error) for error in caught.value.all]


def test_a_file_is_laid_over_what_it_extends(tmp_path: Path) -> None:
    base = 'select = ["PG2"]\nignore = ["PG101"]\nencoding = "cl100k_base"\ninclude = ["*.txt"]\nexclude = ["old/"]\n'
    write(
        tmp_path / "base.toml", base + '[levels]\nPG301 = "error"\nPG401 = "error"\n[purposes]\n"*.j2" = "assistant"\n'
    )
    own = 'extend = "../base.toml"\nignore = ["PG2"]\ninclude = ["*.prompt"]\n[levels]\nPG401 = "hint"\n'
    write(tmp_path / "app/promptgauge.toml", own)
    found = configuration(tmp_path / "app")
    settings = found.settings_for(tmp_path / "app/a.j2")
    assert ((), ("PG101", "PG2"), "cl100k_base") == (settings.select, settings.ignore, settings.encoding)
    assert {"PG301": "error", "PG401": "hint"} == settings.levels
    assert "assistant" == settings.purpose
    assert (True, False) == (found.includes(tmp_path / "app/x.prompt"), found.includes(tmp_path / "app/x.txt"))
    assert found.excludes(tmp_path / "app/old/x.j2")


def test_what_stands_at_the_top_goes_before_the_overrides_of_a_base(tmp_path: Path) -> None:
    write(tmp_path / "base.toml", '[[overrides]]\nfiles = ["*.j2"]\nlevels = {PG101 = "error", PG202 = "error"}\n')
    write(tmp_path / "promptgauge.toml", 'extend = ["base.toml"]\nlevels = {PG101 = "hint"}\n')
    assert {"PG101": "hint", "PG202": "error"} == configuration(tmp_path).settings_for(tmp_path / "a.j2").levels


def test_the_places_of_settings_name_the_file_that_they_stand_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "base.toml", "[thresholds.PG101]\ntokens = 7\n")
    write(tmp_path / "promptgauge.toml", 'extend = "base.toml"\n')
    where = {key: where for key, _, where in configuration(tmp_path).explain(tmp_path / "a.j2")}
    assert "base.toml:2" == where["thresholds.PG101.tokens"]


def test_a_base_may_be_reached_twice_and_a_pyproject_may_be_one(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.promptgauge]\nignore = ["PG101"]\n')
    write(tmp_path / "a.toml", 'extend = "pyproject.toml"\n')
    write(tmp_path / "b.toml", 'extend = "pyproject.toml"\n')
    write(tmp_path / "promptgauge.toml", 'extend = ["a.toml", "b.toml"]\n')
    assert ("PG101",) == configuration(tmp_path).settings_for(tmp_path / "a.j2").ignore


def test_every_file_that_is_read_or_missed_is_looked_at(tmp_path: Path) -> None:
    write(tmp_path / "base.toml", '[rules]\npacks = ["./our"]\n')
    write(tmp_path / "our/ACME001.yml", RULE)
    write(tmp_path / "promptgauge.toml", 'extend = "base.toml"\n')
    configurations = Configurations(tmp_path)
    configurations.for_file(tmp_path / "a.j2")
    names = ("promptgauge.toml", "base.toml", "our", "our/ACME001.yml")
    assert {tmp_path / name for name in names} <= configurations.files_looked_at
    write(tmp_path / "promptgauge.toml", 'extend = "missing.toml"\n')
    configurations = Configurations(tmp_path)
    with pytest.raises(ConfigError):
        configurations.for_file(tmp_path / "a.j2")
    assert tmp_path / "missing.toml" in configurations.files_looked_at


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            {"promptgauge.toml": 'extend = "promptgauge.toml"\n'},
            "promptgauge.toml:1:10: `extend` leads in a ring: promptgauge.toml → promptgauge.toml; take one",
        ),
        (
            {
                "promptgauge.toml": 'extend = "a.toml"\n',
                "a.toml": '\nextend = ["b.toml"]\n',
                "b.toml": 'extend="a.toml"',
            },
            "b.toml:1:8: `extend` leads in a ring: a.toml → b.toml → a.toml; take one of them out",
        ),
        ({"promptgauge.toml": 'extend = "x.toml"\n'}, "promptgauge.toml:1:10: there is no file `x.toml` to extend"),
        (
            {"promptgauge.toml": 'extend = "pyproject.toml"\n', "pyproject.toml": "[project]\n"},
            "promptgauge.toml:1:10: `pyproject.toml` has no [tool.promptgauge]",
        ),
        (
            {"promptgauge.toml": 'extend = "a.toml"\n', "a.toml": 'selct = ["PG1"]\n'},
            "a.toml:1:1: unknown key `selct`; did you mean `select`?",
        ),
        (
            {"promptgauge.toml": "extend = 7\n"},
            "promptgauge.toml:1:10: `extend` must be a list of strings, not a number",
        ),
        (
            {"promptgauge.toml": '[includes]\nroots = ["prompts"]\n'},
            "promptgauge.toml:2:10: there is no folder `prompts`",
        ),
        ({"promptgauge.toml": '[rules]\npacks = ["./our"]\n'}, "promptgauge.toml:2:10: there is no folder `./our`"),
        (
            {"promptgauge.toml": '[rules]\npacks = ["our"]\n', "our/ACME001.yml": RULE},
            "promptgauge.toml:2:10: there is no package `our` where promptgauge is installed; write `./our` for",
        ),
        (
            {"promptgauge.toml": '[rules]\npacks = ["json"]\n'},
            "promptgauge.toml:2:10: the package `json` has no folder `promptgauge_rules`",
        ),
        (
            {"promptgauge.toml": '[rules]\npacks = ["./our"]\n', "our/README.md": "x"},
            "promptgauge.toml:2:10: the rule pack `./our`: this folder holds no rule files (*.yml)",
        ),
        (
            {"promptgauge.toml": '[rules]\npacks = ["./our"]\n', "our/ACME001.yml": RULE.replace("level", "lvl")},
            "our/ACME001.yml:3:1: unknown key `lvl`; did you mean `level`?",
        ),
        (
            {"promptgauge.toml": 'ignore = [{file = "a.j2"}]\n'},
            "promptgauge.toml:1:1: a single finding is held back by `[[ignores]]`, with an s",
        ),
        (
            {"promptgauge.toml": '[[ignores]]\nfile = "a.j2"\n'},
            "promptgauge.toml:1:3: an ignore needs `code`; `promptgauge ignore` writes it whole",
        ),
        (
            {"promptgauge.toml": '[[ignores]]\nfile = "a"\ncode = "PG1"\nfingerprint = "1"\nreason = "x"\n'},
            "promptgauge.toml:3:8: unknown rule `PG1`",
        ),
        (
            {"promptgauge.toml": '[[ignores]]\nfile = "a"\ncode = "PG101"\nfingerprint = "1"\nreason = "x"\n'},
            "promptgauge.toml:4:15: a fingerprint has 16 digits; `promptgauge ignore` writes it",
        ),
        (
            {"promptgauge.toml": '[[ignores]]\nfile = "a"\ncode = "PG101"\nfingerprint = "1"\nreason = " "\n'},
            "promptgauge.toml:5:10: `reason` is empty",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    files: dict[str, str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, content in files.items():
        write(tmp_path / name, content)
    assert broken(tmp_path, monkeypatch)[0].startswith(said)


def test_the_rules_of_a_pack_are_run_and_can_be_named_like_any_other(tmp_path: Path) -> None:
    write(tmp_path / "our/ACME001.yml", RULE)
    start = 'select = ["ACME"]\nignore = ["no-thanks"]\n[rules]\npacks = ["./our"]\n[levels]\nACME001 = "hint"\n'
    write(tmp_path / "promptgauge.toml", start)
    settings = configuration(tmp_path).settings_for(tmp_path / "a.j2")
    assert ["ACME001"] == [rule.code for rule in settings.packs]
    assert (("ACME",), ("ACME001",), {"ACME001": "hint"}) == (settings.select, settings.ignore, settings.levels)


def test_a_file_knows_the_rules_of_what_it_extends(tmp_path: Path) -> None:
    write(tmp_path / "base/our/ACME001.yml", RULE)
    write(tmp_path / "base/base.toml", '[rules]\npacks = ["./our"]\n')
    write(
        tmp_path / "promptgauge.toml",
        'extend = "base/base.toml"\n[rules]\npacks = ["base/our"]\n[levels]\nACME001 = "hint"',
    )
    assert ["ACME001"] == [rule.code for rule in configuration(tmp_path).packs]


def test_a_pack_can_be_an_installed_package_which_is_never_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "site/acme_rules/__init__.py", "raise SystemExit('code of a pack was run')\n")
    write(tmp_path / "site/acme_rules/promptgauge_rules/ACME001.yml", RULE)
    write(tmp_path / "app/promptgauge.toml", '[rules]\npacks = ["acme-rules"]\n')
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    assert ["ACME001"] == [rule.code for rule in configuration(tmp_path / "app").packs]
    assert "acme_rules" not in sys.modules


def test_include_roots_are_absolute_and_start_at_the_file_that_names_them(tmp_path: Path) -> None:
    for name in ("base/shared", "app/prompts"):
        (tmp_path / name).mkdir(parents=True)
    write(tmp_path / "base/base.toml", '[includes]\nroots = ["shared"]\n')
    write(tmp_path / "app/promptgauge.toml", 'extend = "../base/base.toml"\n[includes]\nroots = ["prompts", "."]\n')
    expected = tuple((tmp_path / name).as_posix() for name in ("base/shared", "app/prompts", "app"))
    assert expected == configuration(tmp_path / "app").settings_for(tmp_path / "app/a.j2").include_roots


def test_an_ignore_holds_for_its_own_file_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    entry = 'code = "behaviour-over-budget"\nfingerprint = "0123456789abcdef"\nreason = "why not"\n'
    write(tmp_path / "promptgauge.toml", f'[[ignores]]\nfile = "./p/a.j2"\n{entry}')
    found = configuration(tmp_path)
    ignored = [("PG101", "0123456789abcdef", "why not", "promptgauge.toml:1")]
    assert ignored == list(found.settings_for(tmp_path / "p/a.j2").ignores)
    assert () == found.settings_for(tmp_path / "a.j2").ignores
