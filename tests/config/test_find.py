"""The nearest configuration holds for a file, and no file is tried twice."""

from pathlib import Path

import pytest

from promptgauge.config import ConfigError, Configurations
from promptgauge.config.model import ConfigFile
from promptgauge.config.read import read_config


def write(path: Path, content: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


def test_the_nearest_configuration_holds_and_those_above_are_not_merged_in(tmp_path: Path) -> None:
    write(tmp_path / "promptgauge.toml", "ignore = ['PG101']")
    near = write(tmp_path / "a/promptgauge.toml", "select = ['PG2']")
    configuration = Configurations(tmp_path).for_file(tmp_path / "a/b/c/x.j2")
    settings = configuration.settings_for(tmp_path / "a/b/c/x.j2")
    assert (near, near.parent) == (configuration.path, configuration.root)
    assert (("PG2",), ()) == (settings.select, settings.ignore)


def test_our_own_file_goes_before_the_pyproject_beside_it(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.promptgauge]\nselect = ['PG2']")
    own = write(tmp_path / "promptgauge.toml")
    assert own == Configurations(tmp_path).for_file(tmp_path / "x.j2").path


def test_a_pyproject_without_our_table_is_looked_past(tmp_path: Path) -> None:
    top = write(tmp_path / "pyproject.toml", "[tool.promptgauge]")
    write(tmp_path / "a/pyproject.toml", "[tool.other]")
    assert top == Configurations(tmp_path).for_file(tmp_path / "a/x.j2").path


def test_a_repository_does_not_end_the_search(tmp_path: Path) -> None:
    top = write(tmp_path / "promptgauge.toml")
    (tmp_path / "a/.git").mkdir(parents=True)
    assert top == Configurations().for_file(tmp_path / "a/x.j2").path


def test_the_workspace_ends_the_search(tmp_path: Path) -> None:
    write(tmp_path / "promptgauge.toml")
    configuration = Configurations(tmp_path / "a").for_file(tmp_path / "a/b/x.j2")
    assert (None, tmp_path / "a") == (configuration.path, configuration.root)


def test_a_file_outside_the_workspace_still_finds_its_own(tmp_path: Path) -> None:
    near = write(tmp_path / "b/promptgauge.toml")
    assert near == Configurations(tmp_path / "a").for_file(tmp_path / "b/x.j2").path


def test_without_a_configuration_the_defaults_hold(tmp_path: Path) -> None:
    configuration = Configurations(tmp_path).for_file(tmp_path / "x.j2")
    assert configuration.path is None
    assert not configuration.includes(tmp_path / "x.j2")
    assert not configuration.excludes(tmp_path / "x.j2")
    assert not configuration.excludes_folder(tmp_path / "x")
    assert "o200k_base" == configuration.settings_for(tmp_path / "x.j2").encoding


def test_relative_paths_start_at_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "promptgauge.toml", "include = ['sub/*.txt']")
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    configuration = Configurations().for_file(Path("x.txt"))
    assert configuration.includes(Path("x.txt"))
    assert not configuration.includes(Path("../x.txt"))
    assert not configuration.includes(Path("../../x.txt"))


def test_each_file_is_tried_once_in_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[Path] = []

    def read(path: Path, looked_at: set[Path]) -> ConfigFile | None:
        tried.append(path)
        return read_config(path, looked_at)

    monkeypatch.setattr("promptgauge.config.read.read_config", read)
    write(tmp_path / "promptgauge.toml")
    configurations = Configurations(tmp_path)
    for index in range(50):
        configurations.for_file(tmp_path / f"a/b/{index}.j2")
        configurations.for_file(tmp_path / f"a/c/{index}.j2")
    assert [tmp_path / "promptgauge.toml"] == tried
    folders = [tmp_path / name for name in ("a/b", "a/c", "a")]
    expected = {folder / name for folder in folders for name in ("promptgauge.toml", "pyproject.toml")}
    assert expected | {tmp_path / "promptgauge.toml"} == configurations.files_looked_at


def test_a_broken_configuration_is_raised_each_time_and_kept_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a/promptgauge.toml", "x = 1\ny = 2")
    configurations = Configurations(tmp_path)
    for name in ("x.j2", "y.j2", "b/z.j2"):
        with pytest.raises(ConfigError) as raised:
            configurations.for_file(tmp_path / "a" / name)
        assert 2 == len(raised.value.all)
        assert 5 > len(raised.traceback)
    assert [path] == [error.path for error in configurations.errors]
    assert configurations.for_file(tmp_path / "x.j2").path is None


def test_files_of_one_kind_share_their_settings(tmp_path: Path) -> None:
    write(tmp_path / "promptgauge.toml", "[[overrides]]\nfiles = ['a*']\nignore = ['PG1']")
    configuration = Configurations(tmp_path).for_file(tmp_path / "x.j2")
    first, second, other = (configuration.settings_for(tmp_path / name) for name in ("a1", "a2", "b"))
    assert first is second
    assert ("PG1",) == first.ignore
    assert () == other.ignore


def test_exclude_leaves_out_files_and_whole_folders(tmp_path: Path) -> None:
    write(tmp_path / "promptgauge.toml", "exclude = ['vendor/', '*.draft.txt']")
    configuration = Configurations(tmp_path).for_file(tmp_path / "x.j2")
    assert configuration.excludes(tmp_path / "vendor/deep/a.txt")
    assert configuration.excludes(tmp_path / "a.draft.txt")
    assert configuration.excludes_folder(tmp_path / "vendor")
    assert not configuration.excludes_folder(tmp_path)
    assert not configuration.excludes(tmp_path / "a.txt")


def test_a_file_whose_format_is_named_is_included(tmp_path: Path) -> None:
    write(tmp_path / "promptgauge.toml", "[formats]\n'*.tpl' = 'jinja'\n'old.tpl' = 'text'")
    configuration = Configurations(tmp_path).for_file(tmp_path / "x.tpl")
    assert configuration.includes(tmp_path / "x.tpl")
    assert not configuration.includes(tmp_path / "x.txt")
    assert "jinja" == configuration.settings_for(tmp_path / "x.tpl").format
    assert "text" == configuration.settings_for(tmp_path / "old.tpl").format


def test_of_the_globs_for_a_purpose_the_last_that_matches_decides(tmp_path: Path) -> None:
    write(tmp_path / "promptgauge.toml", "[purposes]\n'*' = 'assistant'\n'calls/' = 'call'")
    configuration = Configurations(tmp_path).for_file(tmp_path / "x")
    assert "assistant" == configuration.settings_for(tmp_path / "x").purpose
    assert "call" == configuration.settings_for(tmp_path / "calls/x").purpose
