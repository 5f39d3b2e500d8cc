"""The server's copy of a document is the editor's: random edits in all three encodings against a slow reference."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from lsprotocol import types

from promptgauge.lsp.document import Document, Documents, path_of
from promptgauge.text import Encoding

ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")
ALPHABET = [
    "a",
    "b",
    " ",
    "é",
    "字",
    "😀",
    "👩\u200d💻",
    "e\u0301",
    "\t",
    "\n",
    "\n",
    "\r",
    "\r\n",
    "\u2028",
    "\u2029",
    "\x85",
    "\x0c",
    "\x0b",
    "\x1c",
    "\x1e",
    "\ufeff",
    "{{ x }}",
]


def units(char: str, encoding: Encoding) -> int:
    """The code units of one character, by the definition of each encoding."""
    point = ord(char)
    if encoding == "utf-32":
        return 1
    if encoding == "utf-16":
        return 1 if point <= 0xFFFF else 2
    return 1 if point < 0x80 else 2 if point < 0x800 else 3 if point < 0x10000 else 4


def offset_by_walking(content: str, line: int, character: int, encoding: Encoding) -> int:
    """The offset of a position, found by walking over the characters one by one."""
    at = 0
    for _ in range(line):
        while at < len(content) and content[at] not in "\r\n":
            at += 1
        if at == len(content):
            return at
        at += 2 if content[at : at + 2] == "\r\n" else 1
    left = character
    while at < len(content) and content[at] not in "\r\n":
        left -= units(content[at], encoding)
        if left < 0:
            break
        at += 1
    return at


def position_by_walking(content: str, offset: int, encoding: Encoding) -> tuple[int, int]:
    """The position of an offset, found by walking over the characters one by one."""
    line = character = at = 0
    while at < offset:
        if content[at : at + 2] == "\r\n":
            if at + 1 == offset:
                return line, character + 1
            line, character, at = line + 1, 0, at + 2
        elif content[at] in "\r\n":
            line, character, at = line + 1, 0, at + 1
        else:
            character, at = character + units(content[at], encoding), at + 1
    return line, character


def words(rng: random.Random, most: int) -> str:
    return "".join(rng.choice(ALPHABET) for _ in range(rng.randrange(most + 1)))


def change(start: tuple[int, int], end: tuple[int, int], text: str) -> types.TextDocumentContentChangePartial:
    return types.TextDocumentContentChangePartial(
        range=types.Range(types.Position(*start), types.Position(*end)), text=text
    )


def document(content: str, encoding: Encoding = "utf-16") -> Document:
    return Document("file:///a.md", content, 1, "markdown", encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("seed", range(10))
def test_random_edits_give_the_text_that_an_independent_reference_gives(encoding: Encoding, seed: int) -> None:
    rng = random.Random(f"{encoding} {seed}")
    expected = words(rng, 40)
    actual = document(expected, encoding)
    for _ in range(300):
        if len(expected) > 200 or rng.random() < 0.02:
            expected = words(rng, 40)
            actual.apply_change(types.TextDocumentContentChangeWholeDocument(text=expected))
        lines = expected.count("\n") + expected.count("\r") + 3
        first, last = sorted((rng.randrange(lines), rng.randrange(30)) for _ in range(2))
        new = words(rng, 8)
        start, end = (offset_by_walking(expected, *edge, encoding) for edge in (first, last))
        actual.apply_change(change(first, last, new))
        expected = expected[:start] + new + expected[end:]

        assert expected == actual.source
        assert expected == "".join(actual.lines)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_offset_has_the_position_that_an_independent_reference_gives(encoding: Encoding) -> None:
    rng = random.Random(encoding)
    for _ in range(200):
        content = words(rng, 60)
        actual = document(content, encoding)
        for offset in range(len(content) + 1):
            if content[offset - 1 : offset + 1] == "\r\n":
                continue
            expected = types.Position(*position_by_walking(content, offset, encoding))

            assert expected == actual.client_position_at_offset(offset)
            assert offset == actual.offset_at_position(expected)


def test_a_line_separator_ends_no_line() -> None:
    actual = document("rule one\u2028still line 0\nsecond")

    actual.apply_change(change((1, 0), (1, 6), "SECOND"))

    assert "rule one\u2028still line 0\nSECOND" == actual.source


def test_a_range_beyond_the_end_of_the_text_is_cut_off_there() -> None:
    actual = document("one\ntwo")

    actual.apply_change(change((1, 99), (7, 3), "!"))

    assert "one\ntwo!" == actual.source


def test_a_change_leaves_the_positions_of_the_caller_alone() -> None:
    edit = change((0, 99), (0, 99), "!")

    document("one").apply_change(edit)

    assert change((0, 99), (0, 99), "!") == edit


def test_a_range_given_backwards_is_taken_forwards() -> None:
    actual = document("abcdef")

    actual.apply_change(change((0, 4), (0, 2), "-"))

    assert "ab-ef" == actual.source


def opened(content: str, uri: str = "file:///w/a.md") -> Documents:
    documents = Documents(None, position_encoding=types.PositionEncodingKind.Utf8)
    documents.put_text_document(types.TextDocumentItem(uri, "markdown", 3, content))
    return documents


def test_a_change_of_a_document_that_was_never_opened_is_ignored() -> None:
    documents = opened("a")

    documents.update_text_document(
        types.VersionedTextDocumentIdentifier(4, "file:///w/b.md"), change((0, 0), (0, 0), "x")
    )

    assert ["a"] == [document.source for document in documents.text_documents.values()]


def test_a_document_counts_in_the_units_of_its_editor() -> None:
    documents = opened("😀a")

    documents.update_text_document(
        types.VersionedTextDocumentIdentifier(4, "file:///w/a.md"), change((0, 4), (0, 5), "b")
    )

    snapshot = documents.snapshot("file:///w/a.md")
    assert snapshot is not None
    assert ("😀b", 4) == (snapshot.text.content, snapshot.version)


def test_a_snapshot_stays_as_it_was() -> None:
    documents = opened("a")
    snapshot = documents.snapshot("file:///w/a.md")

    documents.update_text_document(
        types.VersionedTextDocumentIdentifier(4, "file:///w/a.md"), change((0, 0), (0, 1), "b")
    )

    assert snapshot is not None
    assert ("a", 3) == (snapshot.text.content, snapshot.version)


def test_what_is_no_file_has_no_snapshot() -> None:
    documents = opened("a", "untitled:Untitled-1")

    assert documents.snapshot("untitled:Untitled-1") is None
    assert documents.snapshot("file:///w/other.md") is None


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///w/a.md", "/w/a.md"),
        ("file:///w/a%20b%23.md", "/w/a b#.md"),
        ("file:///w/a;b=1.md", "/w/a;b=1.md"),
        ("file:///w/sub/../a.md", "/w/a.md"),
        ("file://localhost/w/a.md", "/w/a.md"),
    ],
)
def test_the_path_of_a_file_uri_is_what_it_names(uri: str, path: str) -> None:
    assert Path(path) == path_of(uri)


def test_the_way_from_path_to_uri_and_back_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a%20 ;b#ü?.md"

    assert path == path_of(path.as_uri())
