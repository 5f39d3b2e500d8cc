"""The configuration is the command line's, is read anew when it changed, and a broken one keeps the last good one."""

from __future__ import annotations

import os
from pathlib import Path

from promptgauge.lsp.configured import ConfiguredFiles

GOOD = 'encoding = "cl100k_base"\n'
OTHER = 'encoding = "o200k_base"\n'
BROKEN = "encoding = \n"


def write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_text(content, encoding="utf-8")
    os.utime(path, ns=(before + 10**9, before + 10**9))


def encoding(files: ConfiguredFiles, path: Path) -> str | None:
    configuration = files.for_file(path).configuration
    return None if configuration is None else configuration.settings_for(path).encoding


def test_a_change_of_the_file_is_seen_at_the_next_question(tmp_path: Path) -> None:
    file, prompt = tmp_path / "promptgauge.toml", tmp_path / "a.prompt.md"
    files = ConfiguredFiles()
    before = encoding(files, prompt)
    write(file, GOOD)

    assert "o200k_base" == before
    assert "cl100k_base" == encoding(files, prompt)
    assert 1 == files.for_file(prompt).generation

    file.unlink()

    assert "o200k_base" == encoding(files, prompt)
    assert 2 == files.for_file(prompt).generation


def test_while_the_file_is_broken_the_last_good_one_stays_in_use(tmp_path: Path) -> None:
    file, prompt = tmp_path / "promptgauge.toml", tmp_path / "a.prompt.md"
    write(file, GOOD)
    files = ConfiguredFiles()
    encoding(files, prompt)
    write(file, BROKEN)

    broken = files.for_file(prompt)

    assert broken.trouble is not None
    assert file == broken.trouble.path
    assert "cl100k_base" == encoding(files, prompt)

    write(file, OTHER)

    assert files.for_file(prompt).trouble is None
    assert "o200k_base" == encoding(files, prompt)


def test_a_folder_that_was_not_asked_about_before_has_the_last_good_one_too(tmp_path: Path) -> None:
    file = tmp_path / "promptgauge.toml"
    write(file, GOOD)
    files = ConfiguredFiles()
    encoding(files, tmp_path / "a.prompt.md")
    write(file, BROKEN)

    assert "cl100k_base" == encoding(files, tmp_path / "deep" / "b.prompt.md")


def test_a_file_that_was_broken_from_the_start_gives_no_configuration(tmp_path: Path) -> None:
    write(tmp_path / "promptgauge.toml", BROKEN)

    actual = ConfiguredFiles().for_file(tmp_path / "a.prompt.md")

    assert actual.configuration is None
    assert actual.trouble is not None
