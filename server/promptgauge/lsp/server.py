"""The server: the one file that registers methods of the protocol. What they do stands in session.py."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Generator
from typing import Any, BinaryIO

from lsprotocol import types
from pygls.exceptions import FeatureRequestError, JsonRpcException, PyglsError
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.language_server import lsp_method

from promptgauge import __version__
from promptgauge.lint.check import check as lint_check
from promptgauge.lsp.analysis import Check
from promptgauge.lsp.client import client_of
from promptgauge.lsp.document import Documents
from promptgauge.lsp.log import describe, start_log
from promptgauge.lsp.session import Session

_WATCHED = ("**/promptgauge.toml", "**/pyproject.toml")

_log = logging.getLogger(__name__)


class Protocol(LanguageServerProtocol):
    """pygls' protocol with a shutdown that does not trip over requests that are under way."""

    @lsp_method(types.SHUTDOWN)
    def lsp_shutdown(self, *args: Any) -> Generator[Any, Any, None]:
        """Stop all work, then answer."""
        if (handler := self.fm.features.get(types.SHUTDOWN)) is not None:
            yield handler, args, None
        current = self.msg_id
        for key, future in list(self._request_futures.items()):
            if key != current and not future.done():
                future.cancel()
        self._shutdown = True

    @property
    def was_shut_down(self) -> bool:
        """Whether the editor asked for an orderly end."""
        return self._shutdown

    def keep_documents(self, documents: Documents) -> None:
        """Keep the open documents in `documents` instead of pygls' own workspace."""
        self._workspace = documents


class PromptgaugeServer(LanguageServer):
    """A language server whose failures become one line of the log, and no message in the editor."""

    protocol: Protocol
    session: Session

    def report_server_error(self, error: Exception, source: type[PyglsError] | type[JsonRpcException]) -> None:
        """Log what went wrong; a failed request was logged by pygls and answered already."""
        if source is not FeatureRequestError:
            _log.error("the server could not handle a message: %s", describe(error))


def create_server(check: Check = lint_check) -> PromptgaugeServer:
    """A server with every method registered, not yet started; `check` is the call behind every face."""
    server = PromptgaugeServer("promptgauge", __version__, protocol_cls=Protocol)

    @server.feature(types.INITIALIZE)
    def initialize(ls: PromptgaugeServer, params: types.InitializeParams) -> None:
        pygls_workspace = ls.workspace
        documents = Documents(
            pygls_workspace.root_uri,
            types.TextDocumentSyncKind.Incremental,
            params.workspace_folders,
            pygls_workspace.position_encoding,
        )
        ls.protocol.keep_documents(documents)
        ls.session = Session(
            documents,
            client_of(params.capabilities, documents.encoding),
            publish=ls.text_document_publish_diagnostics,
            warn=lambda text: ls.window_show_message(types.ShowMessageParams(types.MessageType.Warning, text)),
            check=check,
        )

    @server.feature(types.INITIALIZED)
    def initialized(ls: PromptgaugeServer, params: types.InitializedParams) -> None:
        if ls.session.client.watches:
            watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            registration = types.Registration("promptgauge-configuration", method, options)
            ls.client_register_capability(types.RegistrationParams([registration]))

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(ls: PromptgaugeServer, params: types.DidOpenTextDocumentParams) -> None:
        ls.session.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(ls: PromptgaugeServer, params: types.DidChangeTextDocumentParams) -> None:
        ls.session.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(ls: PromptgaugeServer, params: types.DidSaveTextDocumentParams) -> None:
        ls.session.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(ls: PromptgaugeServer, params: types.DidCloseTextDocumentParams) -> None:
        ls.session.closed(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_watched_files(ls: PromptgaugeServer, params: types.DidChangeWatchedFilesParams) -> None:
        ls.session.everything_changed()

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def did_change_workspace_folders(ls: PromptgaugeServer, params: types.DidChangeWorkspaceFoldersParams) -> None:
        ls.session.folders_changed()

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(ls: PromptgaugeServer, params: types.HoverParams) -> types.Hover | None:
        return await ls.session.hover(params.text_document.uri, params.position)

    @server.feature(types.SHUTDOWN)
    def shutdown(ls: PromptgaugeServer, params: None) -> None:
        ls.session.stop()

    return server


def serve(check: Check = lint_check) -> int:
    """Serve one editor on standard input and output until it ends; 0 after an orderly shutdown, else 1."""
    output = take_output()
    start_log()
    server = create_server(check)
    server.start_io(stdout=output)
    return 0 if server.protocol.was_shut_down else 1


def take_output() -> BinaryIO:
    """The real standard output, for the protocol alone.

    One stray byte among the messages breaks the editor's reader for good, so whatever else is printed from now
    on, by this process or a child of it, goes to the error stream.
    """
    try:
        os.fstat(2)
    except OSError:
        # Without an error stream the next duplicate would become number 2, and stray text would land in it.
        os.open(os.devnull, os.O_WRONLY)
    private = os.dup(1)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return os.fdopen(private, "wb")
