"""Reads files for the core: their characters, or one clear sentence about why not."""

from __future__ import annotations

import codecs
import os
import stat
from collections.abc import Callable
from pathlib import Path

from promptgauge.text import DecodeError, Text, decode
from promptgauge.text.decode import MAX_BYTES

HEAD_BYTES = 4096


class ReadError(Exception):
    """A file that cannot be read; the message is one sentence for the user, without the file's name."""


def read_bytes(path: Path, *, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file. Raises `ReadError`; above `limit` bytes it does so without reading them."""
    size = check_file(path)
    if size > limit:
        raise _too_large(size, limit)
    try:
        with open(path, "rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise ReadError(reason(error)) from None
    if len(data) > limit:
        raise _too_large(len(data), limit)
    return data


def read_file(path: Path, *, limit: int = MAX_BYTES) -> Text:
    """The characters of a file. Raises `ReadError`, also for bytes that are no text."""
    try:
        return Text(decode(read_bytes(path, limit=limit), limit=limit).content)
    except DecodeError as error:
        raise ReadError(str(error)) from None


def read_head(path: Path) -> str:
    """The characters in the first 4,096 bytes of a file, undecodable ones replaced. Raises `ReadError`."""
    try:
        with open(path, "rb") as file:
            data = file.read(HEAD_BYTES)
    except OSError as error:
        raise ReadError(reason(error)) from None
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    # The last character may be cut in two; an incremental decoder holds its first half back.
    return codecs.getincrementaldecoder(encoding)("replace").decode(data)


def reader(root: Path, folder: Path | None = None) -> Callable[[str], str | None]:
    """The `read` that `check` is given: the characters of the file at a path, or None.

    None for a file that is missing, cannot be read, or lies outside the folder `root` once links are followed.
    Relative paths start at `folder`, which is `root` if it is not given.
    """
    base = os.path.realpath(root)
    inside = os.path.join(base, "")
    start = base if folder is None else os.path.abspath(folder)

    def read(path: str) -> str | None:
        try:
            full = os.path.realpath(os.path.join(start, path))
            if not os.path.normcase(full).startswith(os.path.normcase(inside)):
                return None
            return read_file(Path(full)).content
        except (OSError, ValueError, ReadError):
            return None

    return read


def reason(error: OSError) -> str:
    """What went wrong on the disk, in plain words."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "does not exist"
    if isinstance(error, PermissionError):
        return "cannot be read: permission denied"
    if isinstance(error, IsADirectoryError):
        return "is a folder, not a file"
    return f"cannot be read: {(error.strerror or str(error)).lower()}"


def check_file(path: Path) -> int:
    """The size of a regular file in bytes. Raises `ReadError` for anything else."""
    try:
        status = os.stat(path)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and os.path.islink(path):
            raise ReadError("is a link to a file that does not exist") from None
        raise ReadError(reason(error)) from None
    if stat.S_ISDIR(status.st_mode):
        raise ReadError(reason(IsADirectoryError()))
    if not stat.S_ISREG(status.st_mode):
        # Opening a pipe would wait for somebody to write into it.
        raise ReadError("is not a regular file")
    return status.st_size


def _too_large(size: int, limit: int) -> ReadError:
    return ReadError(
        f"has {size / 1e6:.1f} MB, more than the {limit / 1e6:.1f} MB that are read; leave it out with `exclude`"
    )
