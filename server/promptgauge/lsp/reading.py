"""Reading: the `read` that a check is given, which knows what is open in the editor."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from promptgauge.project.reading import reader


def buffer_first(
    root: Path, folder: Path, buffer: Callable[[Path], str | None], looked_at: set[Path]
) -> Callable[[str], str | None]:
    """Reads the open buffer of a file before the file itself, and nothing outside of `root` once links are followed.

    Relative paths start at `folder`. Every path that is asked for lands in `looked_at`, missing ones too.
    """
    disk = reader(root, folder)
    inside = Path(os.path.realpath(root))

    def read(path: str) -> str | None:
        full = Path(os.path.normpath(os.path.join(folder, path)))
        looked_at.add(full)
        if not Path(os.path.realpath(full)).is_relative_to(inside):
            return None
        content = buffer(full)
        return disk(path) if content is None else content

    return read
