"""What a configuration file says, each value with the place where it says it, and what can be wrong with it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from promptgauge.config.globs import Globs
from promptgauge.formats.model import Purpose
from promptgauge.lint.model import Level, Rule

T = TypeVar("T")


class ConfigError(Exception):
    """A configuration file that cannot be used: its `path`, the place (`line` and `column` from 1) and why.

    `others` are the further errors of the same file, in the order of their places; `all` holds this one too.
    """

    def __init__(self, path: Path, line: int, column: int, message: str, others: tuple[ConfigError, ...] = ()) -> None:
        super().__init__(path, line, column, message)
        self.path = path
        self.line = line
        self.column = column
        self.message = message
        self.others = others

    @property
    def all(self) -> tuple[ConfigError, ...]:
        """This error and the others of its file."""
        return (self, *self.others)

    def __str__(self) -> str:
        return f"{shown(self.path)}:{self.line}:{self.column}: {self.message}"


class Where(NamedTuple):
    """Where a value stands: a file with line and column (from 1); `note` says what it is part of."""

    path: Path
    line: int
    column: int
    note: str = ""

    def __str__(self) -> str:
        return f"{shown(self.path)}:{self.line}" + (f" ({self.note})" if self.note else "")


class Entry(NamedTuple, Generic[T]):
    """A value and where it stands."""

    value: T
    where: Where


@dataclass(frozen=True, slots=True)
class Layer:
    """The settings that a file gives at its top, or in one `[[overrides]]`.

    `select` and `ignore` hold codes and prefixes of codes (names are resolved); `levels` and `thresholds` are keyed
    by code.
    """

    select: tuple[Entry[str], ...] = ()
    ignore: tuple[Entry[str], ...] = ()
    levels: Mapping[str, Entry[Level]] = field(default_factory=dict)
    thresholds: Mapping[str, Mapping[str, Entry[float]]] = field(default_factory=dict)
    encoding: Entry[str] | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """Settings for the files that `files` matches."""

    files: Globs
    layer: Layer


class Ignore(NamedTuple):
    """One finding to hold back: the file it is in (from the configuration's folder, with slashes) and what it is."""

    file: str
    code: str
    fingerprint: str
    reason: str
    where: Where


@dataclass(frozen=True, slots=True)
class Pack:
    """A rule pack as the configuration names it, its folder, and its rules."""

    name: str
    folder: Path
    rules: tuple[Rule, ...]
    where: Where


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """One configuration file, read and checked.

    `bases` are the files that it extends, in order; it goes before them. Globs and the files of ignores, also those
    of its bases, are relative to the folder that it lies in; `roots` are absolute. `budgets` are tokens by glob,
    `models` the figures of models by their names.
    """

    path: Path
    layer: Layer = field(default_factory=Layer)
    include: Entry[Globs] | None = None
    exclude: Entry[Globs] | None = None
    purposes: tuple[tuple[Globs, Entry[Purpose]], ...] = ()
    formats: tuple[tuple[Globs, Entry[str]], ...] = ()
    overrides: tuple[Override, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    roots: tuple[Entry[str], ...] = ()
    packs: tuple[Pack, ...] = ()
    bases: tuple[ConfigFile, ...] = ()
    budgets: tuple[tuple[Globs, Entry[int]], ...] = ()
    models: Mapping[str, Mapping[str, Entry[float]]] = field(default_factory=dict)


def chain(file: ConfigFile) -> tuple[ConfigFile, ...]:
    """A file after all that it extends, each once, in the order in which they are laid over each other."""
    found: dict[Path, ConfigFile] = {}
    for base in file.bases:
        found.update((each.path, each) for each in chain(base) if each.path not in found)
    return (*found.values(), file)


def shown(path: Path) -> str:
    """A path as messages print it: from the current folder where it lies in it, with slashes."""
    try:
        return path.relative_to(os.getcwd()).as_posix()
    except (OSError, ValueError):
        return path.as_posix()
