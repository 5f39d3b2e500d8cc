"""Analysis: from an open document to its Outcome, by the same call as the command line's. Runs in any thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from lsprotocol import types

from promptgauge.config import Configuration
from promptgauge.formats import format_of
from promptgauge.lint.engine import Stopped
from promptgauge.lint.model import Result, Rule
from promptgauge.lint.settings import Settings
from promptgauge.lsp.client import Client
from promptgauge.lsp.configured import ConfiguredFiles
from promptgauge.lsp.diagnostics import configuration_diagnostics, diagnostics
from promptgauge.lsp.document import Snapshot
from promptgauge.lsp.reading import buffer_first
from promptgauge.text import DecodeError, Text, decode

Read = Callable[[str], str | None]
Stop = Callable[[], bool]
Check = Callable[[Text, str, Settings, Read, Stop], Result]

_HEAD = 4096


class Trouble(NamedTuple):
    """A configuration file that cannot be used, and what to underline in it."""

    path: Path
    diagnostics: list[types.Diagnostic]


class Outcome(NamedTuple):
    """All that a run found out: `result` is None for a document that is no prompt or was not checked.

    `looked_at` are the files that a change of makes the outcome stale; `generation` is that of the configuration, and
    `packs` are the rules that it adds to our own.
    """

    result: Result | None
    diagnostics: list[types.Diagnostic]
    looked_at: frozenset[Path]
    trouble: Trouble | None
    generation: int
    packs: tuple[Rule, ...] = ()


class Analyser:
    """Checks open documents for one editor."""

    def __init__(
        self, client: Client, roots: tuple[Path, ...], buffer: Callable[[Path], str | None], check: Check
    ) -> None:
        self._client = client
        self._roots = sorted(roots, key=lambda root: len(root.parts), reverse=True)
        self._configured = ConfiguredFiles()
        self._buffer = buffer
        self._check = check

    def __call__(self, snapshot: Snapshot, stopped: Stop) -> Outcome:
        """Check `snapshot`; a run that is stopped on the way has an empty outcome, which nobody is shown."""
        configured = self._configured.for_file(snapshot.path)
        configuration, error = configured.configuration, configured.trouble
        prompt = not configured.left_out and is_prompt(snapshot, configuration)
        trouble = None
        if error is not None and (prompt or error.path == snapshot.path):
            trouble = Trouble(error.path, configuration_diagnostics(error, _on_disk(error.path), self._client.encoding))
        nothing = Outcome(None, [], frozenset(), trouble, configured.generation)
        if not prompt or configuration is None:
            return nothing
        looked_at: set[Path] = set()
        root = self._root_of(snapshot.path, configuration)
        read = buffer_first(root, snapshot.path.parent, self._buffer, looked_at)
        settings = configuration.settings_for(snapshot.path)
        try:
            result = self._check(snapshot.text, str(snapshot.path), settings, read, stopped)
        except Stopped:
            return nothing
        shown = diagnostics(result, snapshot.uri, self._client)
        return Outcome(result, shown, frozenset(looked_at), trouble, configured.generation, configuration.packs)

    def _root_of(self, path: Path, configuration: Configuration) -> Path:
        """The folder that includes may be read from: as on the command line, that of the configuration file.

        Where there is none, it is the innermost workspace folder that holds the file, or else the file's own.
        """
        if configuration.path is not None:
            return configuration.root
        return next((root for root in self._roots if path.is_relative_to(root)), path.parent)


def is_prompt(snapshot: Snapshot, configuration: Configuration | None) -> bool:
    """Whether the document is one that the command line would read when it finds it and nothing leaves it out."""
    if configuration is not None and configuration.includes(snapshot.path):
        return True
    return format_of(str(snapshot.path), snapshot.text.content[:_HEAD]) is not None


def _on_disk(path: Path) -> Text:
    """The file as it is on disk; an empty text where it cannot be read."""
    try:
        return Text(decode(path.read_bytes()).content)
    except (OSError, DecodeError):
        return Text("")
