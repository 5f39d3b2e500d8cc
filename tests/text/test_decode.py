"""Bytes become characters, or one sentence about why not."""

from __future__ import annotations

import pytest

from promptgauge.text import DecodeError, decode


def test_a_byte_order_mark_is_taken_off_and_named() -> None:
    assert ("a", "utf-8") == decode(b"\xef\xbb\xbfa")
    assert ("a", "utf-16-le") == decode(b"\xff\xfea\0")
    assert ("a", "utf-16-be") == decode(b"\xfe\xff\0a")
    assert ("a", "") == decode(b"a")


def test_an_empty_file_is_an_empty_text() -> None:
    assert ("", "") == decode(b"")


def test_other_encodings_are_told_with_line_and_byte() -> None:
    with pytest.raises(DecodeError, match=r"line 2 is not UTF-8 \(byte 0xe9 at 3\); save the file as UTF-8"):
        decode("ab\né".encode("latin-1"))


def test_a_binary_file_is_told_by_its_nul() -> None:
    with pytest.raises(DecodeError, match="line 1 holds a NUL character"):
        decode(b"a\0b")


def test_a_large_file_is_not_read() -> None:
    with pytest.raises(DecodeError, match="leave it out with `exclude`"):
        decode(b"abc", limit=2)


@pytest.mark.parametrize("data", [b"\xff\xfea", b"\xff\xfe\x00\xd8"])
def test_broken_utf_16_is_told(data: bytes) -> None:
    with pytest.raises(DecodeError, match="UTF-16"):
        decode(data)
