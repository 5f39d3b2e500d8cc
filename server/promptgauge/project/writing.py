"""Writes files whole or not at all, in the encoding that they had."""

from __future__ import annotations

import codecs
import os
import stat
from pathlib import Path

from promptgauge.project.reading import reason

_MARKS = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}


class WriteError(Exception):
    """A file that cannot be written; the message is one sentence for the user, without the file's name."""


def write_file(path: Path, content: str, bom: str = "") -> None:
    """Put `content` in the place of the file at `path`, or make it; nobody ever sees half of it.

    `bom` is the byte order mark to write, as `decode` gives it. A link stays one, and its target is written; the
    permissions stay as they were. Raises `WriteError`.
    """
    data = _MARKS.get(bom, b"") + content.encode(bom or "utf-8")
    target = os.path.realpath(path)
    unfinished = os.path.join(os.path.dirname(target), f".{os.path.basename(target)}.{os.getpid()}.promptgauge")
    try:
        if os.path.exists(target) and not os.access(target, os.W_OK):
            raise PermissionError
        with open(unfinished, "xb") as file:
            file.write(data)
        if os.path.exists(target):
            os.chmod(unfinished, stat.S_IMODE(os.stat(target).st_mode))
        os.replace(unfinished, target)
    except OSError as error:
        raise WriteError(reason(error).replace("cannot be read", "cannot be written")) from None
    finally:
        if os.path.exists(unfinished):
            os.unlink(unfinished)
