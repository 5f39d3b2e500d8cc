"""Document and Documents: what is open in the editor, kept exactly as the editor has it.

They stand in for pygls' own classes, which end lines where `str.splitlines` does (U+2028, form feeds, U+0085 ...), so
that their copy and the editor's drift apart, and which raise on a change of a document that was never opened.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, cast
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pygls.workspace import TextDocument, Workspace

from promptgauge.text import Encoding, Position, Text

_DRIVE = re.compile(r"/[A-Za-z]:")


class Snapshot(NamedTuple):
    """An open document as it was at one moment: later edits do not reach it."""

    uri: str
    path: Path
    text: Text
    version: int | None


class Document(TextDocument):
    """One open document: a Text, and the changes that the editor sends applied to it in its own units."""

    def __init__(
        self, uri: str, content: str, version: int | None, language_id: str | None, encoding: Encoding
    ) -> None:
        super().__init__(uri, source=content, version=version, language_id=language_id)
        self.encoding = encoding
        self.text = Text(content)

    @property
    def source(self) -> str:
        """The characters."""
        return self.text.content

    @property
    def lines(self) -> Sequence[str]:
        """The lines with their line ends, cut where the editor cuts them."""
        text = self.text
        return tuple(text.content[slice(*text.line_span(line, with_end=True))] for line in range(text.line_count))

    def apply_change(self, change: types.TextDocumentContentChangeEvent) -> None:
        """Put the new characters in place of a range, or of everything; ranges beyond the end are cut off there."""
        if isinstance(change, types.TextDocumentContentChangePartial):
            edges = self.offset_at_position(change.range.start), self.offset_at_position(change.range.end)
            content = self.text.content
            self.text = Text(content[: min(edges)] + change.text + content[max(edges) :])
        else:
            self.text = Text(change.text)

    def offset_at_position(self, client_position: types.Position) -> int:
        """The offset of an editor's position; the position itself is left alone."""
        return self.text.offset(Position(client_position.line, client_position.character), self.encoding)

    def client_position_at_offset(self, offset: int) -> types.Position:
        """The editor's position of an offset."""
        return types.Position(*self.text.position(offset, self.encoding))


class Documents(Workspace):
    """The open documents of one editor, in the units that it counts in, and its workspace folders."""

    @property
    def encoding(self) -> Encoding:
        """The units that the editor counts in."""
        kind = self.position_encoding
        return cast(Encoding, kind.value if isinstance(kind, types.PositionEncodingKind) else kind or "utf-16")

    def update_text_document(
        self, text_doc: types.VersionedTextDocumentIdentifier, change: types.TextDocumentContentChangeEvent
    ) -> None:
        """Apply one change; a document that was never opened is ignored."""
        if self.is_open(text_doc.uri):
            super().update_text_document(text_doc, change)

    def is_open(self, uri: str) -> bool:
        """Whether the editor has this document open."""
        return unquote(uri) in self.text_documents

    def snapshot(self, uri: str) -> Snapshot | None:
        """The document as it is now; None where it is not open or is no file."""
        document = self.text_documents.get(unquote(uri))
        path = path_of(uri)
        if not isinstance(document, Document) or path is None:
            return None
        return Snapshot(document.uri, path, document.text, document.version)

    def snapshots(self) -> Iterator[Snapshot]:
        """Every open document that is a file."""
        for document in list(self.text_documents.values()):
            snapshot = self.snapshot(document.uri)
            if snapshot is not None:
                yield snapshot

    def roots(self) -> tuple[Path, ...]:
        """The workspace folders that are folders of the disk."""
        uris = [folder.uri for folder in self.folders.values()]
        if not uris and self.root_uri is not None:
            uris = [self.root_uri]
        return tuple(path for path in map(path_of, uris) if path is not None)

    def _create_text_document(
        self, doc_uri: str, source: str | None = None, version: int | None = None, language_id: str | None = None
    ) -> Document:
        return Document(doc_uri, source or "", version, language_id, self.encoding)


def path_of(uri: str) -> Path | None:
    """The absolute path of a file URI; None for any other (an unsaved buffer, a notebook cell, a diff).

    Only the spelling is tidied (`..`, doubled slashes): links are not followed, so that the way back gives the
    name that the user sees.
    """
    scheme, host, path, _, _ = urlsplit(uri)
    if scheme != "file" or not path:
        return None
    path = unquote(path)
    if os.name == "nt" and _DRIVE.match(path):
        path = path[1:]
    if host and host != "localhost":
        path = f"//{host}{path}"
    return Path(os.path.normpath(path))
