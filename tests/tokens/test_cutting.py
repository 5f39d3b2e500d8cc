"""starts_of_pieces: the tokens of the pieces are the tokens of the whole."""

from itertools import pairwise
from unittest.mock import patch

import pytest
import tiktoken
from hypothesis import given, settings

from promptgauge.tokens import cutting
from promptgauge.tokens.cutting import LINE, LONGEST, starts_of_pieces
from tests.tokens.texts import hard_texts


def pieces_of(text: str) -> list[str]:
    return [text[start:end] for start, end in pairwise([*starts_of_pieces(text), len(text)])]


@pytest.mark.parametrize("encoding", ["o200k_base", "cl100k_base"])
def test_every_cut_leaves_the_tokens_as_they_are(encoding: str, oracle: dict[str, tiktoken.Encoding]) -> None:
    encode = oracle[encoding].encode_ordinary

    @settings(max_examples=500)
    @given(hard_texts)
    def holds(text: str) -> None:
        with patch.object(cutting, "LINE", 0):  # cuts at each place where a long line may be cut
            pieces = pieces_of(text)
        assert encode(text) == [token for piece in pieces for token in encode(piece)]

    holds()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", [""]),
        ("one\ntwo\r\nthree\rfour", ["one\n", "two\r\n", "three\r", "four"]),
        ("one\n\n \n  two\n", ["one\n\n \n", "  two\n"]),
        ("!\n/x", ["!\n/x"]),
        ("!\n /x", ["!\n", " /x"]),
    ],
)
def test_short_lines_are_cut_before_lines_that_are_not_blank(text: str, pieces: list[str]) -> None:
    assert pieces == pieces_of(text)


@pytest.mark.parametrize("text", ["it's", "...", "  ", "'\x1eا", "中文", "²1", "a_b"[1:], "\u00a0\u00a0x"])
def test_there_is_no_cut_where_a_token_may_reach_across(text: str) -> None:
    with patch.object(cutting, "LINE", 0):
        assert [text] == pieces_of(text)


@pytest.mark.parametrize(
    "line",
    ["word " * 2_000, "a1b2c3" * 2_000, '"key":"value",' * 1_000, "它需要的标记很少。" * 1_000],
    ids=["words", "hex", "json", "chinese"],
)
def test_long_lines_are_cut_into_short_pieces(line: str) -> None:
    assert max(map(len, pieces_of(line))) < 2 * LINE


@pytest.mark.parametrize("run", ["a", " ", "\n", "\r\n", "中", "é"])
def test_no_piece_is_longer_than_the_longest(run: str) -> None:
    text = "begin 1 " + run * 3 * LONGEST + " end"
    pieces = pieces_of(text)
    assert text == "".join(pieces)
    assert max(map(len, pieces)) <= LONGEST
    assert all(pieces)
