"""What the server touches of pygls' inside is still there."""

from __future__ import annotations

import inspect

from lsprotocol import types
from pygls.protocol import LanguageServerProtocol
from pygls.workspace import TextDocument, Workspace

from promptgauge.lsp.server import create_server


def test_the_parts_that_are_replaced_exist() -> None:
    assert callable(Workspace._create_text_document)
    assert {"doc_uri", "source", "version", "language_id"} <= set(
        inspect.signature(Workspace._create_text_document).parameters
    )
    assert callable(Workspace.update_text_document)
    assert callable(TextDocument.apply_change)
    assert types.SHUTDOWN == LanguageServerProtocol.lsp_shutdown.__dict__["method_name"]


def test_the_attributes_that_are_used_exist() -> None:
    protocol = create_server().protocol

    assert ({}, None, False) == (protocol._request_futures, protocol._workspace, protocol._shutdown)
    assert types.SHUTDOWN in protocol.fm.builtin_features
