"""Other files are read as the editor has them, then from disk, and never from outside of the workspace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from promptgauge.lsp.reading import buffer_first


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "work" / "sub").mkdir(parents=True)
    (tmp_path / "outside.j2").write_text("outside", encoding="utf-8")
    (tmp_path / "work" / "part.j2").write_text("on disk", encoding="utf-8")
    return tmp_path / "work"


def reading(root: Path, buffers: dict[Path, str], looked_at: set[Path]) -> Callable[[str], str | None]:
    return buffer_first(root, root / "sub", buffers.get, looked_at)


def test_a_file_that_is_not_open_is_read_from_disk(root: Path) -> None:
    assert "on disk" == reading(root, {}, set())("../part.j2")


def test_an_open_buffer_goes_before_the_file(root: Path) -> None:
    buffers = {root / "part.j2": "as typed", root / "sub" / "new.j2": "not saved yet"}
    read = reading(root, buffers, set())

    assert ("as typed", "not saved yet") == (read("../part.j2"), read("new.j2"))


def test_nothing_is_read_from_outside_of_the_workspace(root: Path) -> None:
    (root / "link.j2").symlink_to(root.parent / "outside.j2")
    buffers = {root.parent / "outside.j2": "as typed", root / "link.j2": "as typed"}
    read = reading(root, buffers, set())

    assert [None, None, None] == [
        read("../../outside.j2"),
        read(str(root.parent / "outside.j2")),
        read("../link.j2"),
    ]


def test_every_path_is_recorded_and_missing_ones_too(root: Path) -> None:
    looked_at: set[Path] = set()
    read = reading(root, {}, looked_at)
    read("../part.j2")

    assert read("missing.j2") is None
    assert {root / "part.j2", root / "sub" / "missing.j2"} == looked_at
