"""A pretended editor: a pytest-lsp client with a real server behind it, and the words to speak to it with."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient, client_capabilities
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

import promptgauge

PATIENCE = 30.0
SERVER = (sys.executable, "-c", "import sys; from promptgauge.lsp.server import serve; sys.exit(serve())")


class Editor:
    """One editor in the workspace `root`; `published` holds everything that the server ever showed, in order."""

    def __init__(self, client: LanguageClient, root: Path) -> None:
        self.client = client
        self.root = root
        self.published: list[types.PublishDiagnosticsParams] = []
        self.registered: list[types.Registration] = []
        self.versions: dict[str, int] = {}

    def in_folder(self, name: str) -> Editor:
        """The same editor, for files in a folder of the workspace."""
        folder = self.root / name
        folder.mkdir()
        inner = Editor(self.client, folder)
        inner.published, inner.registered = self.published, self.registered
        return inner

    def uri(self, name: str) -> str:
        return (self.root / name).as_uri()

    def open(self, name: str, content: str, *, save: bool = True) -> None:
        path = self.root / name
        if save:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode())
        self.versions[name] = 1
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(self.uri(name), "plaintext", 1, content))
        )

    def change(self, name: str, *changes: types.TextDocumentContentChangeEvent) -> None:
        self.versions[name] = self.versions.get(name, 0) + 1
        document = types.VersionedTextDocumentIdentifier(self.versions[name], self.uri(name))
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, list(changes)))

    def replace(self, name: str, content: str) -> None:
        self.change(name, types.TextDocumentContentChangeWholeDocument(text=content))

    def type_at(self, name: str, line: int, character: int, text: str, length: int = 0) -> None:
        edges = types.Range(types.Position(line, character), types.Position(line, character + length))
        self.change(name, types.TextDocumentContentChangePartial(range=edges, text=text))

    def save(self, name: str, content: str) -> None:
        (self.root / name).write_bytes(content.encode())
        document = types.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(document))

    def close(self, name: str) -> None:
        document = types.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(document))

    async def hover(self, name: str, line: int, character: int) -> types.Hover | None:
        document = types.TextDocumentIdentifier(self.uri(name))
        return await self.client.text_document_hover_async(types.HoverParams(document, types.Position(line, character)))

    async def shown(self, name: str, version: int | None = None) -> list[types.Diagnostic]:
        """What the server shows for the version of the file that the editor has now (or for `version`)."""
        wanted = version or self.versions[name]
        return await self.until(name, lambda params: params.version == wanted)

    async def until(
        self, name: str, wanted: Callable[[types.PublishDiagnosticsParams], bool], since: int = 0
    ) -> list[types.Diagnostic]:
        """The diagnostics of the first message about a file, from number `since` on, that is `wanted`."""
        uri = self.uri(name)
        async with asyncio.timeout(PATIENCE):
            while True:
                for params in self.published[since:]:
                    if params.uri == uri and wanted(params):
                        return list(params.diagnostics)
                await asyncio.sleep(0.005)


def neovim() -> types.ClientCapabilities:
    """An old client without pull diagnostics and without a choice of encodings."""
    return client_capabilities("neovim@v0.6.1")


def emacs() -> types.ClientCapabilities:
    """A client that counts in code points."""
    return client_capabilities("emacs@v29.1")


def vs_code() -> types.ClientCapabilities:
    """VS Code as it is today: it counts in UTF-16 only, pulls diagnostics, and watches files on request."""
    capabilities = client_capabilities("visual-studio-code@v1.65.2")
    assert capabilities.general is not None
    assert capabilities.text_document is not None
    capabilities.general.position_encodings = [types.PositionEncodingKind.Utf16]
    capabilities.text_document.diagnostic = types.DiagnosticClientCapabilities(
        dynamic_registration=True, related_document_support=False
    )
    return capabilities


def counting_in(encoding: str) -> types.ClientCapabilities:
    """VS Code, but counting in another encoding."""
    capabilities = vs_code()
    assert capabilities.general is not None
    capabilities.general.position_encodings = [types.PositionEncodingKind(encoding)]
    return capabilities


@asynccontextmanager
async def start(
    root: Path, capabilities: types.ClientCapabilities, command: Iterable[str] = SERVER
) -> AsyncIterator[Editor]:
    """An editor with its server, which must end with 0 when it is shut down."""
    client = LanguageClient(converter_factory=default_converter)
    editor = Editor(client, root)

    def publish(client: LanguageClient, params: types.PublishDiagnosticsParams) -> None:
        editor.published.append(params)
        client.diagnostics[params.uri] = params.diagnostics

    def register(client: LanguageClient, params: types.RegistrationParams) -> None:
        editor.registered.extend(params.registrations)

    register_lsp_features(
        client,
        {
            **DEFAULT_CLIENT_FEATURES,
            types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: publish,
            types.CLIENT_REGISTER_CAPABILITY: register,
        },
    )
    await client.start_io(*command, env=environment(), cwd=str(root))
    try:
        await client.initialize_session(
            types.InitializeParams(
                capabilities=capabilities,
                root_uri=root.as_uri(),
                workspace_folders=[types.WorkspaceFolder(root.as_uri(), root.name)],
            )
        )
        yield editor
        await client.shutdown_session()
        assert client._server is not None
        assert 0 == client._server.returncode
    finally:
        await client.stop()  # type: ignore[no-untyped-call]


def environment() -> dict[str, str]:
    """This process's environment, in which the promptgauge under test is found."""
    package = Path(promptgauge.__file__).parents[1]
    paths = [str(package), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
