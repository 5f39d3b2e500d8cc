"""What real editors say of themselves, reduced to what the features ask for."""

from __future__ import annotations

from lsprotocol import types

from promptgauge.lsp.client import Client, client_of
from tests.lsp.editor import emacs, neovim, vs_code


def test_the_facts_of_real_editors_are_read() -> None:
    assert Client("utf-16", related=True, markdown=True, watches=True) == client_of(vs_code(), "utf-16")
    assert Client("utf-16", related=True, markdown=True, watches=False) == client_of(neovim(), "utf-16")
    assert Client("utf-32", related=False, markdown=True, watches=True) == client_of(emacs(), "utf-32")


def test_an_editor_that_says_nothing_can_do_nothing() -> None:
    assert Client("utf-16") == client_of(types.ClientCapabilities(), "utf-16")
