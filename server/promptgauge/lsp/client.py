"""Client: what the editor can do and how it counts, reduced to the few facts that the features ask for."""

from __future__ import annotations

from dataclasses import dataclass

from lsprotocol import types

from promptgauge.text import Encoding


@dataclass(frozen=True, slots=True)
class Client:
    """`encoding`: the units of positions. `related`: shows related places. `markdown`: hovers may be Markdown.

    `watches`: takes requests to watch files.
    """

    encoding: Encoding = "utf-16"
    related: bool = False
    markdown: bool = False
    watches: bool = False


def client_of(capabilities: types.ClientCapabilities, encoding: Encoding) -> Client:
    """The facts of a client, from what it said of itself; what it did not say it cannot do."""
    documents, workspace = capabilities.text_document, capabilities.workspace
    publish = documents.publish_diagnostics if documents else None
    hover = documents.hover if documents else None
    watched = workspace.did_change_watched_files if workspace else None
    return Client(
        encoding=encoding,
        related=bool(publish and publish.related_information),
        markdown=bool(hover and types.MarkupKind.Markdown in (hover.content_format or ())),
        watches=bool(watched and watched.dynamic_registration),
    )
