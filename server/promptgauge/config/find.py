"""Finds the configuration of a file: the nearest one in its folder or a folder above, and no other."""

from __future__ import annotations

import os
from pathlib import Path

from promptgauge.config.configuration import Configuration
from promptgauge.config.model import ConfigError, ConfigFile
from promptgauge.config.names import NAMES


class Configurations:
    """The configurations of a run. Each file is tried once, however many prompts it holds for.

    With `workspace`, the search for a file in it ends there; else it ends at the root of the file system. To see
    changes on the disk, make a new one.
    """

    __slots__ = ("_by_folder", "_default", "_workspace", "files_looked_at")

    def __init__(self, workspace: Path | None = None) -> None:
        self._workspace = None if workspace is None else os.path.normcase(os.path.abspath(workspace))
        self._default = Configuration(Path(os.path.abspath(workspace or os.getcwd())))
        self._by_folder: dict[str, Configuration | ConfigError] = {}
        self.files_looked_at: set[Path] = set()

    @property
    def errors(self) -> tuple[ConfigError, ...]:
        """The first error of each broken configuration that was met, in the order of their paths."""
        found = {error.path: error for error in self._by_folder.values() if isinstance(error, ConfigError)}
        return tuple(found[path] for path in sorted(found))

    def for_file(self, path: Path | str) -> Configuration:
        """The configuration that holds for the file at `path`, which need not exist.

        Raises `ConfigError` if it is broken, each time it is asked for.
        """
        return self._raised(os.path.dirname(os.path.abspath(path)))

    def for_folder(self, path: Path | str) -> Configuration:
        """The configuration that holds for the files in the folder `path`. Raises `ConfigError` as `for_file` does."""
        return self._raised(os.path.abspath(path))

    def _raised(self, folder: str) -> Configuration:
        found = self._by_folder.get(folder) or self._search(folder)
        if isinstance(found, ConfigError):
            # The same object is raised again and again: without this its traceback would grow.
            raise found.with_traceback(None)
        return found

    def _search(self, folder: str) -> Configuration | ConfigError:
        way: list[str] = []
        at = folder
        found: Configuration | ConfigError | None = None
        while found is None:
            found = self._by_folder.get(at)
            if found is None:
                way.append(at)
                found = self._in(at)
                above = os.path.dirname(at)
                if found is None and (os.path.normcase(at) == self._workspace or above == at):
                    found = self._default
                at = above
        for passed in way:
            self._by_folder[passed] = found
        return found

    def _in(self, folder: str) -> Configuration | ConfigError | None:
        """The configuration that lies in `folder`; promptgauge.toml goes before pyproject.toml."""
        for name in NAMES:
            path = Path(folder, name)
            self.files_looked_at.add(path)
            if not os.path.lexists(path):
                continue
            # Where there is no such file, what reads one is not loaded.
            from promptgauge.config.read import read_config

            try:
                file: ConfigFile | None = read_config(path, self.files_looked_at)
            except ConfigError as error:
                return error
            if file is not None:
                return Configuration(Path(folder), file)
        return None
