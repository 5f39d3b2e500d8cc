"""A file is read, or one sentence says why not; a check is handed nothing from outside the workspace."""

import os
from pathlib import Path

import pytest

from promptgauge.project import reading
from promptgauge.project.reading import ReadError, read_bytes, read_file, read_head, reader


def why(path: Path, **options: int) -> str:
    """The sentence with which reading fails."""
    with pytest.raises(ReadError) as raised:
        read_file(path, **options)
    return str(raised.value)


def test_a_file_is_read_without_its_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo")
    assert "one\r\ntwo" == read_file(path).content


def test_a_failure_is_one_plain_sentence(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"a\0b")
    (tmp_path / "latin").write_bytes(b"caf\xe9")
    (tmp_path / "link").symlink_to("gone")
    (tmp_path / "circle").symlink_to("circle")
    os.mkfifo(tmp_path / "pipe")
    assert "does not exist" == why(tmp_path / "gone")
    assert "does not exist" == why(tmp_path / "latin" / "a")
    assert "is a link to a file that does not exist" == why(tmp_path / "link")
    assert "is a folder, not a file" == why(tmp_path)
    assert "is not a regular file" == why(tmp_path / "pipe")
    assert why(tmp_path / "binary").startswith("line 1 holds a NUL character")
    assert why(tmp_path / "latin").startswith("line 1 is not UTF-8")
    assert why(tmp_path / "circle").startswith("cannot be read: ")


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a").touch()
    monkeypatch.setattr("builtins.open", refuse)
    assert "cannot be read: permission denied" == why(tmp_path / "a")


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"x" * 1_000_000)
    monkeypatch.setattr("builtins.open", lambda *_: pytest.fail("opened"))
    assert "has 1.0 MB, more than the 0.5 MB that are read; leave it out with `exclude`" == why(
        tmp_path / "a", limit=500_000
    )


def test_a_file_that_grows_while_it_is_read_is_refused_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"x" * 100)
    monkeypatch.setattr(reading, "check_file", lambda path: 1)
    assert "more than" in why(tmp_path / "a", limit=50)


def test_a_file_of_just_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 50)
    assert b"x" * 50 == read_bytes(tmp_path / "a", limit=50)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xef\xbb\xbfa", "a"),
        (b"a\xffb", "a\ufffdb"),
        (("x" * 4095 + "é").encode(), "x" * 4095),
        ("a€".encode("utf-16"), "a€"),
        (b"", ""),
        (b"x" * 5000, "x" * 4096),
    ],
)
def test_the_head_of_a_file_is_decoded_whatever_it_holds(tmp_path: Path, data: bytes, expected: str) -> None:
    (tmp_path / "a").write_bytes(data)
    assert expected == read_head(tmp_path / "a")


def test_a_check_reads_files_of_the_workspace(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/a.j2").write_text("part")
    read = reader(tmp_path)
    assert "part" == read("parts/a.j2")
    assert "part" == read(str(tmp_path / "parts/a.j2"))
    assert "part" == read("parts/../parts/./a.j2")


def test_relative_paths_may_start_at_another_folder(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/a.j2").write_text("part")
    (tmp_path / "b.j2").write_text("top")
    read = reader(tmp_path, tmp_path / "parts")
    assert "part" == read("a.j2")
    assert "top" == read("../b.j2")


def test_a_check_reads_nothing_from_outside(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work-too").mkdir()
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "work-too/secret").write_text("secret")
    (tmp_path / "work/link").symlink_to(tmp_path / "secret")
    (tmp_path / "work/folder").symlink_to(tmp_path)
    read = reader(tmp_path / "work")
    for path in ("../secret", str(tmp_path / "secret"), "link", "folder/secret", "../work-too/secret", "/etc/hostname"):
        assert read(path) is None, path


def test_a_workspace_that_is_itself_a_link_holds_its_files(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/a").write_text("a")
    (tmp_path / "link").symlink_to("real")
    assert "a" == reader(tmp_path / "link")("a")
    assert "a" == reader(tmp_path / "link")(str(tmp_path / "link/a"))


@pytest.mark.parametrize("path", ["gone", "", ".", "a\0b", "x" * 5000, "binary"])
def test_what_cannot_be_read_is_nothing(tmp_path: Path, path: str) -> None:
    (tmp_path / "binary").write_bytes(b"\0")
    assert reader(tmp_path)(path) is None
