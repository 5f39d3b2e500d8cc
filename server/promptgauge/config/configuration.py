"""Configuration: what one configuration file, or the lack of one, means for the files below it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from promptgauge.config.globs import Globs
from promptgauge.config.merge import Merged, merge
from promptgauge.config.model import ConfigFile, Entry, T
from promptgauge.formats.model import Purpose
from promptgauge.lint.settings import Settings

if TYPE_CHECKING:
    from promptgauge.config.explain import Explained

_Choice = tuple[tuple[int, ...], Purpose | None, str | None]


class Configuration:
    """The settings of the files that one configuration file holds for.

    `path` is that file, None where there is none; `root` is its folder, from which its globs are read. Paths that
    are asked for may be absolute or relative to the current folder; nothing here touches the disk.
    """

    __slots__ = ("_file", "_known", "_prefix", "path", "root")

    def __init__(self, root: Path, file: ConfigFile | None = None) -> None:
        self.root = root
        self.path = file.path if file else None
        self._file = file
        self._prefix = os.path.normcase(os.path.join(os.path.abspath(root), ""))
        self._known: dict[_Choice, Settings] = {}

    def settings_for(self, path: Path | str) -> Settings:
        """The settings for the file at `path`; files for which the same holds share one object."""
        if self._file is None:
            return _DEFAULT
        name = self._relative(path)
        applied = self._applied(name)
        purpose = _last(self._file.purposes, name)
        format = _last(self._file.formats, name)
        choice = (applied, purpose and purpose.value, format and format.value)
        if choice not in self._known:
            self._known[choice] = self._merge(applied).settings(*choice[1:])
        return self._known[choice]

    def includes(self, path: Path | str) -> bool:
        """Whether the configuration says that `path` is a prompt: by `include`, or by naming its format."""
        if self._file is None:
            return False
        name = self._relative(path)
        listed = self._file.include is not None and self._file.include.value.matches(name)
        return listed or _last(self._file.formats, name) is not None

    def excludes(self, path: Path | str) -> bool:
        """Whether the configuration leaves the file at `path` out."""
        if self._file is None or self._file.exclude is None:
            return False
        return self._file.exclude.value.matches(self._relative(path))

    def excludes_folder(self, path: Path | str) -> bool:
        """Whether it leaves out everything in the folder `path`, so that nobody needs to look into it."""
        if self._file is None or self._file.exclude is None:
            return False
        return self._file.exclude.value.covers(self._relative(path))

    def explain(self, path: Path | str) -> list[Explained]:
        """Every setting that holds for the file at `path`: its key, its value and where it comes from."""
        from promptgauge.config.explain import explain

        if self._file is None:
            return explain(path, ConfigFile(self.root), Merged(), None, None)
        name = self._relative(path)
        merged = self._merge(self._applied(name))
        return explain(path, self._file, merged, _last(self._file.purposes, name), _last(self._file.formats, name))

    def _relative(self, path: Path | str) -> str:
        """`path` from the root, with slashes; an empty string, which no glob matches, where it is not below it."""
        full = os.path.abspath(path)
        if not os.path.normcase(full).startswith(self._prefix):
            return ""
        name = full[len(self._prefix) :]
        return name if os.sep == "/" else name.replace(os.sep, "/")

    def _applied(self, name: str) -> tuple[int, ...]:
        overrides = self._file.overrides if self._file else ()
        return tuple(index for index, override in enumerate(overrides) if override.files.matches(name))

    def _merge(self, applied: tuple[int, ...]) -> Merged:
        assert self._file is not None
        return merge((self._file.layer, *(self._file.overrides[index].layer for index in applied)))


_DEFAULT = Settings()


def _last(choices: Iterable[tuple[Globs, Entry[T]]], name: str) -> Entry[T] | None:
    """The value of the last glob that matches `name`."""
    found = None
    for globs, entry in choices:
        if globs.matches(name):
            found = entry
    return found
