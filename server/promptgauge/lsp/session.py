"""Session: one editor with its open documents, what is checked for it and what it is shown."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from lsprotocol import types

from promptgauge.lint.engine import CheckError
from promptgauge.lint.explain import explain
from promptgauge.lsp.analysis import Analyser, Check, Outcome, Trouble
from promptgauge.lsp.client import Client
from promptgauge.lsp.diagnostics import range_of
from promptgauge.lsp.document import Documents, Snapshot, path_of
from promptgauge.lsp.hover import hover
from promptgauge.lsp.log import describe
from promptgauge.lsp.runs import Runs
from promptgauge.text import Position

_log = logging.getLogger(__name__)


class Session:
    """Decides what to check when something changes, and hands what was found to `publish`.

    `warn` shows a sentence to the user; it is used once a session at most. All methods belong on the event loop.
    """

    def __init__(
        self,
        documents: Documents,
        client: Client,
        publish: Callable[[types.PublishDiagnosticsParams], None],
        warn: Callable[[str], None],
        check: Check,
    ) -> None:
        self.client = client
        self._documents = documents
        self._publish = publish
        self._warn = warn
        self._check = check
        self._warned = False
        self._generation = 0
        self._broken: dict[Path, Trouble] = {}
        self._analyse = self._analyser()
        self.runs: Runs[Outcome] = Runs(documents.snapshot, self._work, self._show, self._failed)

    def changed(self, uri: str) -> None:
        """A document was opened, edited or saved: check it, and the open documents that took it in."""
        path = path_of(uri)
        if not self._documents.is_open(uri) or path is None:
            return
        self.runs.start(uri)
        self._restart_users_of(path)

    def closed(self, uri: str) -> None:
        """A document was closed: nothing is shown for it any longer."""
        self.runs.forget(uri)
        self._publish(types.PublishDiagnosticsParams(uri, []))
        path = path_of(uri)
        if path is not None:
            self._broken.pop(path, None)
            self._restart_users_of(path)
        self._show_configurations()

    def everything_changed(self) -> None:
        """Something on disk changed that any open document may depend on."""
        for snapshot in self._documents.snapshots():
            self.runs.start(snapshot.uri)

    def folders_changed(self) -> None:
        """The workspace has other folders now."""
        self._analyse = self._analyser()
        self._generation = 0
        self.everything_changed()

    def stop(self) -> None:
        """Stop all work; nothing is shown after this."""
        self.runs.stop()

    async def hover(self, uri: str, position: types.Position) -> types.Hover | None:
        """What to show for a place of a document, by what is known of its newest text."""
        outcome = await self.runs.newest(uri)
        if outcome is None or outcome.result is None:
            return None
        text = outcome.result.text
        offset = text.offset(Position(position.line, position.character), self.client.encoding)
        page = partial(explain, packs=outcome.packs)
        found = await asyncio.to_thread(hover, outcome.result, offset, page)
        if found is None:
            return None
        kind = types.MarkupKind.Markdown if self.client.markdown else types.MarkupKind.PlainText
        return types.Hover(types.MarkupContent(kind, found.markdown), range_of(found.span, text, self.client.encoding))

    def _analyser(self) -> Analyser:
        return Analyser(self.client, self._documents.roots(), self._buffer, self._check)

    def _work(self, snapshot: Snapshot, stopped: Callable[[], bool]) -> Outcome:
        return self._analyse(snapshot, stopped)

    def _buffer(self, path: Path) -> str | None:
        """What the editor holds of the file at `path`, saved or not."""
        for snapshot in self._documents.snapshots():
            if snapshot.path == path:
                return snapshot.text.content
        return None

    def _restart_users_of(self, path: Path) -> None:
        for snapshot in self._documents.snapshots():
            outcome = self.runs.last(snapshot.uri)
            if outcome is not None and path in outcome.looked_at and path != snapshot.path:
                self.runs.start(snapshot.uri)

    def _show(self, snapshot: Snapshot, outcome: Outcome) -> None:
        if snapshot.path not in self._broken:
            self._send(snapshot.uri, outcome.diagnostics, snapshot.version)
        self._show_configurations()
        if outcome.generation > self._generation:
            self._generation = outcome.generation
            for other in self._documents.snapshots():
                if other.uri != snapshot.uri:
                    self.runs.start(other.uri)

    def _show_configurations(self) -> None:
        """Bring what is underlined in configuration files in line with what the open documents ran into."""
        broken: dict[Path, Trouble] = {}
        uris: dict[Path, str] = {}
        for snapshot in self._documents.snapshots():
            uris[snapshot.path] = snapshot.uri
            outcome = self.runs.last(snapshot.uri)
            if outcome is not None and outcome.trouble is not None:
                broken[outcome.trouble.path] = outcome.trouble
        before, self._broken = self._broken, broken
        for path in {**before, **broken}:
            if before.get(path) != broken.get(path):
                self._send(uris.get(path) or path.as_uri(), broken[path].diagnostics if path in broken else [])

    def _send(self, uri: str, shown: list[types.Diagnostic], version: int | None = None) -> None:
        self._publish(types.PublishDiagnosticsParams(uri, shown, version))

    def _failed(self, snapshot: Snapshot, error: Exception) -> None:
        at = f" at {error.code}" if isinstance(error, CheckError) else ""
        _log.error("checking %s failed%s: %s", snapshot.path.name, at, describe(error))
        self._send(snapshot.uri, [], snapshot.version)
        if not self._warned:
            self._warned = True
            self._warn(
                f"promptgauge could not check {snapshot.path.name}: a fault of promptgauge, not of the file. "
                "Its log says where; further faults are only logged."
            )
