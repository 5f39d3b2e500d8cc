"""Configured: the configuration of each open file, reloaded when it changes, with the last good one kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from promptgauge.config import ConfigError, Configuration, Configurations
from promptgauge.project.discover import excluded_by

Stamp = tuple[int, int, int] | None


class Configured(NamedTuple):
    """What holds for one file: `configuration` is None where there never was a good one.

    `left_out`: the configuration leaves the file out. `trouble` says why the configuration as it is on disk cannot
    be used. `generation` grows with every reload.
    """

    configuration: Configuration | None
    left_out: bool
    trouble: ConfigError | None
    generation: int


class ConfiguredFiles:
    """The configurations of one editor's files, found and read by the same code as the command line's.

    Before each answer the files that were read (or missed) are looked at; when one has changed, all are read
    anew. Answers may be asked for from several threads.
    """

    def __init__(self, load: Callable[[], Configurations] = Configurations) -> None:
        self._load = load
        self._lock = Lock()
        self._loaded = load()
        self._generation = 0
        self._stamps: dict[Path, Stamp] = {}
        self._good: dict[Path, Configuration] = {}

    def for_file(self, path: Path) -> Configured:
        """What holds for the file at `path` now."""
        with self._lock:
            self._reload_if_changed()
            try:
                configuration = self._loaded.for_file(path)
                left_out = excluded_by(path, self._loaded) is not None
            except ConfigError as error:
                good = self._last_good(path, error)
                return Configured(good, good is not None and good.excludes(path), error, self._generation)
            finally:
                for file in self._loaded.files_looked_at - self._stamps.keys():
                    self._stamps[file] = _stamp(file)
            self._good[path.parent] = configuration
            return Configured(configuration, left_out, None, self._generation)

    def _reload_if_changed(self) -> None:
        if any(_stamp(file) != stamp for file, stamp in self._stamps.items()):
            self._generation += 1
            self._loaded = self._load()
            self._stamps.clear()

    def _last_good(self, path: Path, error: ConfigError) -> Configuration | None:
        """What held for the folder before, or for another folder that the broken file is the configuration of."""
        same_file = (known for known in self._good.values() if known.path == error.path)
        return self._good.get(path.parent) or next(same_file, None)


def _stamp(file: Path) -> Stamp:
    """What tells one state of a file from the next; None where there is no such file."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
