"""Vocabularies: the published tokens, and one clear sentence where they cannot be read."""

from pathlib import Path

import pytest
import tiktoken

from promptgauge.data import data_folder
from promptgauge.tokens import ENCODINGS, Tally, VocabularyError, count, vocabulary
from promptgauge.tokens.vocabulary import read_vocabulary


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that vocabularies are read from, with a copy of each."""
    for encoding in ENCODINGS:
        (tmp_path / encoding).write_bytes((data_folder("vocabularies") / encoding).read_bytes())
    monkeypatch.setattr(vocabulary, "data_folder", lambda _: tmp_path)
    vocabulary.encoder.cache_clear()
    return tmp_path


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_tokens_are_the_published_ones_in_their_order(encoding: str, oracle: dict[str, tiktoken.Encoding]) -> None:
    tokens = read_vocabulary(encoding)
    assert tokens == [oracle[encoding].decode_single_token_bytes(rank) for rank in range(len(tokens))]
    assert set(oracle[encoding].token_byte_values()) == set(tokens)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_missing_vocabulary_is_one_clear_sentence(encoding: str, folder: Path) -> None:
    (folder / encoding).unlink()
    with pytest.raises(
        VocabularyError, match=rf"^the vocabulary of {encoding} is missing, .*; install promptgauge again$"
    ):
        count("never counted before, missing", encoding)


def test_a_missing_folder_is_the_same_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "data_folder", lambda _: data_folder("no such data"))
    with pytest.raises(VocabularyError, match=r"^the vocabulary of o200k_base is missing, "):
        read_vocabulary("o200k_base")


@pytest.mark.parametrize("damage", [b"", b"\n", b"x" * 3000, b"cut"], ids=["empty", "line", "other", "cut"])
def test_a_damaged_vocabulary_is_one_clear_sentence(damage: bytes, folder: Path) -> None:
    path = folder / "cl100k_base"
    path.write_bytes(path.read_bytes()[:-1] if damage == b"cut" else damage)
    with pytest.raises(
        VocabularyError, match=r"^the vocabulary of cl100k_base is damaged .*; install promptgauge again$"
    ):
        Tally("never counted before, damaged", "cl100k_base")


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
