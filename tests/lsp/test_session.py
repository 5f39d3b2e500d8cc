"""A session without a server: what is checked when something changes, and what is shown of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from lsprotocol import types

from promptgauge.formats.model import Document
from promptgauge.lint.engine import CheckError, Stopped
from promptgauge.lint.model import Finding, Result
from promptgauge.lint.settings import Settings
from promptgauge.lsp.analysis import Stop
from promptgauge.lsp.client import Client
from promptgauge.lsp.document import Documents
from promptgauge.lsp.session import Session
from promptgauge.text import Span, Text


def check(text: Text, path: str, settings: Settings, read: Callable[[str], str | None], stop: Stop) -> Result:
    """Pretended: a file that names another one is told what stands in that one."""
    included = read(text.content.strip()) if text.content.endswith(".j2") else None
    finding = Finding("PG000", "pretended", "warning", Span(0, 1), f"{text.content} has {included}", "")
    return Result(path, text, Document("text", ()), (), (finding,))


class Desk:
    """An editor's documents with their session, and what was shown: the last messages by name of the file."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.shown: dict[str, list[str]] = {}
        self.publications = 0
        self.documents = Documents(root.as_uri())
        self.session = Session(self.documents, Client(), self._publish, self._warn, check)

    def _publish(self, params: types.PublishDiagnosticsParams) -> None:
        self.publications += 1
        self.shown[params.uri.rpartition("/")[2]] = [diagnostic.message for diagnostic in params.diagnostics]

    def _warn(self, text: str) -> None:
        raise AssertionError(text)

    def uri(self, name: str) -> str:
        return (self.root / name).as_uri()

    async def put(self, name: str, content: str) -> None:
        self.documents.put_text_document(types.TextDocumentItem(self.uri(name), "jinja", 1, content))
        self.session.changed(self.uri(name))
        await self.settle()

    async def close(self, name: str) -> None:
        self.documents.remove_text_document(self.uri(name))
        self.session.closed(self.uri(name))
        await self.settle()

    async def settle(self) -> None:
        for snapshot in list(self.documents.snapshots()):
            await self.session.runs.newest(snapshot.uri)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


async def test_what_is_typed_in_one_file_reaches_the_one_that_takes_it_in(desk: Desk) -> None:
    await desk.put("a.j2", "b.j2")
    assert ["b.j2 has None"] == desk.shown["a.j2"]

    await desk.put("b.j2", "typed")
    assert ["b.j2 has typed"] == desk.shown["a.j2"]

    (desk.root / "b.j2").write_text("on disk", encoding="utf-8")
    await desk.close("b.j2")
    assert {"a.j2": ["b.j2 has on disk"], "b.j2": []} == desk.shown


async def test_a_file_that_nobody_takes_in_causes_no_other_check(desk: Desk) -> None:
    await desk.put("a.j2", "alone")
    before = desk.publications

    await desk.put("b.j2", "typed")

    assert 1 == desk.publications - before


async def test_a_change_on_disk_checks_every_open_file_again(desk: Desk) -> None:
    await desk.put("a.j2", "b.j2")
    (desk.root / "b.j2").write_text("new", encoding="utf-8")

    desk.session.everything_changed()
    await desk.settle()

    assert ["b.j2 has new"] == desk.shown["a.j2"]


async def test_without_a_workspace_only_the_folder_of_the_file_is_read(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.documents = Documents(None)
    desk.session = Session(desk.documents, Client(), desk._publish, desk._warn, check)
    (tmp_path / "in").mkdir()
    (tmp_path / "outside.j2").write_text("x", encoding="utf-8")
    (tmp_path / "in" / "inside.j2").write_text("y", encoding="utf-8")

    await desk.put("in/a.j2", "../outside.j2")
    await desk.put("in/b.j2", "inside.j2")

    assert {"a.j2": ["../outside.j2 has None"], "b.j2": ["inside.j2 has y"]} == desk.shown


async def test_a_new_workspace_folder_may_be_read_from(desk: Desk) -> None:
    outer, desk.root = desk.root, desk.root / "in"
    desk.root.mkdir()
    desk.documents = Documents(desk.root.as_uri(), workspace_folders=[types.WorkspaceFolder(desk.root.as_uri(), "in")])
    desk.session = Session(desk.documents, Client(), desk._publish, desk._warn, check)
    (outer / "outside.j2").write_text("x", encoding="utf-8")
    await desk.put("a.j2", "../outside.j2")
    assert ["../outside.j2 has None"] == desk.shown["a.j2"]

    desk.documents.add_folder(types.WorkspaceFolder(outer.as_uri(), "outer"))
    desk.documents.remove_folder(desk.root.as_uri())
    desk.session.folders_changed()
    await desk.settle()

    assert ["../outside.j2 has x"] == desk.shown["a.j2"]


async def test_after_a_stop_nothing_is_shown(desk: Desk) -> None:
    desk.documents.put_text_document(types.TextDocumentItem(desk.uri("a.j2"), "jinja", 1, "x"))
    desk.session.changed(desk.uri("a.j2"))
    desk.session.stop()
    await desk.settle()

    assert {} == desk.shown


async def test_a_rule_that_fails_is_named_in_the_log_but_not_what_it_failed_on(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    warnings: list[str] = []

    def failing(text: Text, path: str, settings: Settings, read: Callable[[str], str | None], stop: Stop) -> Result:
        raise CheckError("PG101", "behaviour-over-budget", ValueError(text.content))

    desk.session = Session(desk.documents, Client(), desk._publish, warnings.append, failing)
    await desk.put("a.j2", "private")
    await desk.put("b.j2", "private")

    assert {"a.j2": [], "b.j2": []} == desk.shown
    assert 1 == len(warnings)
    assert "checking a.j2 failed at PG101: CheckError at test_session.py:" in caplog.text
    assert "private" not in caplog.text


async def test_a_change_stops_the_check_of_the_old_text(desk: Desk) -> None:
    checked: list[str] = []

    def slow(text: Text, path: str, settings: Settings, read: Callable[[str], str | None], stop: Stop) -> Result:
        checked.append(text.content)
        while text.content == "old":
            if stop():
                raise Stopped
            time.sleep(0.005)
        return check(text, path, settings, read, stop)

    desk.session = Session(desk.documents, Client(), desk._publish, desk._warn, slow)
    desk.documents.put_text_document(types.TextDocumentItem(desk.uri("a.j2"), "jinja", 1, "old"))
    desk.session.changed(desk.uri("a.j2"))
    while not checked:
        await asyncio.sleep(0.005)
    await desk.put("a.j2", "new")

    assert ["old", "new"] == checked
    assert ["new has None"] == desk.shown["a.j2"]
