"""Vocabularies: the published tokens, and one clear sentence where they cannot be read."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import tiktoken

from hatch_build import PUBLISHED
from promptgauge.data import data_folder
from promptgauge.tokens import ENCODINGS, Tally, VocabularyError, count, splitting, vocabulary
from promptgauge.tokens.vocabulary import UNRANKED

FILES = (*ENCODINGS, "characters")


def forget() -> None:
    vocabulary.vocabulary.cache_clear()
    splitting._stand_ins.cache_clear()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that vocabularies are read from, with a copy of each."""
    for name in FILES:
        (tmp_path / name).write_bytes((data_folder("vocabularies") / name).read_bytes())
    monkeypatch.setattr(vocabulary, "data_folder", lambda _: tmp_path)
    forget()
    yield tmp_path
    forget()


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_tokens_and_their_ranks_are_the_published_ones(encoding: str, oracle: dict[str, tiktoken.Encoding]) -> None:
    ranks = vocabulary.vocabulary(encoding).ranks()
    published = oracle[encoding].token_byte_values()
    assert {token: oracle[encoding].encode_single_token(token) for token in published} == ranks


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_tokens_are_found_in_the_order_of_their_ranks_and_nothing_else_is(encoding: str) -> None:
    read = vocabulary.vocabulary(encoding)
    ranks = read.ranks()
    tokens = sorted((token for token in ranks if len(token) > 1), key=ranks.__getitem__)
    orders = [read.order(token) for token in tokens]
    assert sorted(set(orders)) == orders
    assert orders[-1] < UNRANKED
    for token in tokens[::50]:
        for other in (token[1:], token[:-1], token + b"\xfe", b"\xff" + token, token + token):
            assert (len(other) > 1 and other in ranks) == (read.order(other) != UNRANKED)


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_what_the_build_wrote(name: str) -> None:
    head, _, body = (data_folder("vocabularies") / name).read_bytes().partition(b"\n")
    _, origin, digest, _ = head.decode().split()
    assert hashlib.sha256(body).hexdigest() == digest
    if name in PUBLISHED:
        assert PUBLISHED[name] == origin


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_missing_vocabulary_is_one_clear_sentence(encoding: str, folder: Path) -> None:
    (folder / encoding).unlink()
    with pytest.raises(
        VocabularyError, match=rf"^the vocabulary of {encoding} is missing, .*; install promptgauge again$"
    ):
        count("never counted before, missing", encoding)


def test_a_missing_folder_is_the_same_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    forget()
    monkeypatch.setattr(vocabulary, "data_folder", lambda _: data_folder("no such data"))
    with pytest.raises(VocabularyError, match=r"^the vocabulary of o200k_base is missing, "):
        count("never counted before, no folder")


def test_a_missing_table_of_characters_is_one_clear_sentence(folder: Path) -> None:
    (folder / "characters").unlink()
    assert 1 == count("hello")
    with pytest.raises(VocabularyError, match=r"^the table of characters is missing, .*; install promptgauge again$"):
        count("größer")


DAMAGES = {
    "empty": lambda content: b"",
    "line": lambda content: b"\n",
    "other": lambda content: b"x" * 3000,
    "head only": lambda content: content.partition(b"\n")[0] + b"\n",
    "cut": lambda content: content[:-1],
    "longer": lambda content: content + b"x",
    "one bit": lambda content: content[:9_000] + bytes((content[9_000] ^ 1,)) + content[9_001:],
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize(
    ("name", "what"), [("cl100k_base", "vocabulary of cl100k_base"), ("characters", "table of characters")]
)
def test_a_damaged_file_is_one_clear_sentence(name: str, what: str, damage: str, folder: Path) -> None:
    path = folder / name
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    with pytest.raises(VocabularyError, match=rf"^the {what} is damaged .*; install promptgauge again$"):
        Tally("never counted before, größer", "cl100k_base")


@pytest.mark.parametrize(
    ("encoding", "hint"),
    [
        ("o200k", "did you mean `o200k_base`?"),
        ("cl100k-base", "did you mean `cl100k_base`?"),
        ("?", "known are o200k_base and cl100k_base"),
    ],
)
def test_an_unknown_encoding_is_said_with_what_is_known(encoding: str, hint: str) -> None:
    with pytest.raises(VocabularyError) as caught:
        count("never counted before, unknown", encoding)
    assert f"unknown encoding `{encoding}`; {hint}" == str(caught.value)
