"""count and at_most: equal to tiktoken, whatever the text, and without the network."""

import random
import socket
from base64 import b64encode

import pytest
import tiktoken
from hypothesis import given

from promptgauge.tokens import ENCODINGS, at_most, count
from promptgauge.tokens.bulk import encoder
from promptgauge.tokens.counting import remembered_count
from promptgauge.tokens.cutting import LONGEST
from promptgauge.tokens.splitting import words
from promptgauge.tokens.vocabulary import vocabulary
from tests.tokens.texts import any_texts

Oracle = dict[str, tiktoken.Encoding]
PROSE = "Sort each ticket into one of the queues below. If the customer names a plan, say which.\n"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_counts_are_those_of_tiktoken(encoding: str, oracle: Oracle) -> None:
    @given(any_texts)
    def holds(text: str) -> None:
        assert len(oracle[encoding].encode_ordinary(text)) == count(text, encoding)

    holds()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ufeff# Prompt\r\n\r\n\r\n  - one\r  - two\n",
        "<|endoftext|><|fim_prefix|> <|im_start|>system",
        "lone \ud83d half, and \ude00\ud83d\ude00 more",
        "它需要的标记很少。" * 400,
        '{"id":"a1b2","ok":true},' * 400,
        "d41d8cd98f00b204e9800998ecf8427e" * 4_000,
        b64encode(random.Random(1).randbytes(100_000)).decode(),
        "😀" * 3_000 + "x" * 3_000,
        " " * 5_000 + "\n" * 5_000 + "\t",
        PROSE * 500,
        PROSE.replace("\n", " ") * 500,
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_hard_texts_are_counted_exactly(text: str, encoding: str, oracle: Oracle) -> None:
    assert len(oracle[encoding].encode_ordinary(text)) == count(text, encoding)


def test_the_encoding_is_o200k_base_unless_another_is_asked_for() -> None:
    text = "Ответь по-русски."
    assert count(text, "o200k_base") == count(text)
    assert count(text, "cl100k_base") > count(text)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    "text",
    [
        "a" * 3_000_000,
        " " * 1_100_000,
        "\n" * 1_100_000 + "\t" * 1_100_000 + "x",
        "=" * 1_000_000,
        "1" * 1_000_000,
        "中" * 1_000_000,
    ],
    ids=["letters", "blanks", "line ends and tabs", "signs", "digits", "chinese"],
)
def test_long_runs_are_counted_piece_by_piece(text: str, encoding: str) -> None:
    assert 0 < count(text, encoding) <= at_most(text)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_run_that_has_to_be_cut_comes_out_near(encoding: str, oracle: Oracle) -> None:
    text = "ab" * LONGEST
    assert pytest.approx(len(oracle[encoding].encode_ordinary(text)), abs=4) == count(text, encoding)


def test_no_cut_comes_between_the_halves_of_a_surrogate_pair() -> None:
    assert count("a" + "😀" * LONGEST) == count("a" + "\ud83d\ude00" * LONGEST)


def test_counting_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something opened a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    vocabulary.cache_clear()
    encoder.cache_clear()
    assert 2 == count("hello world")
    assert 2 == count("hello world", "cl100k_base")
    assert ["größer", " als"] == words("größer als", "o200k_base")
    assert [24912, 2375] == encoder("o200k_base").encode_ordinary("hello world")


def test_counting_an_edited_text_again_counts_the_edited_line_only() -> None:
    lines = [f"{number}. {PROSE}" for number in range(300)]
    count("".join(lines))
    lines[150] = "150. Something else.\n"
    before = remembered_count.cache_info().misses
    count("".join(lines))
    assert 1 == remembered_count.cache_info().misses - before


@given(any_texts)
def test_a_text_has_at_most_as_many_tokens_as_bytes(text: str) -> None:
    for encoding in ENCODINGS:
        assert count(text, encoding) <= at_most(text)


def test_the_bound_is_the_length_in_utf_8() -> None:
    assert 0 == at_most("")
    assert 5 == at_most("hello")
    assert 6 == at_most("中文")
