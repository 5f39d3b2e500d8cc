"""merged: the merges of byte pair encoding, lowest rank first, leftmost of equals, without quadratic time."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgauge.tokens.merging import merged
from promptgauge.tokens.vocabulary import UNRANKED, vocabulary

tokens = st.lists(st.binary(min_size=2, max_size=5).map(lambda token: bytes(byte % 3 for byte in token)), max_size=12)
words = st.binary(max_size=40).map(lambda word: bytes(byte % 3 for byte in word))


def merged_step_by_step(word: bytes, ranks: dict[bytes, int]) -> int:
    """By the definition: as long as two neighbours make a token, those that make the one with the lowest rank."""
    if word in ranks:
        return 1
    parts = [word[place : place + 1] for place in range(len(word))]
    while True:
        pairs = [
            (ranks[left + right], place) for place, (left, right) in enumerate(pairwise(parts)) if left + right in ranks
        ]
        if not pairs:
            return len(parts)
        place = min(pairs)[1]
        parts[place : place + 2] = [parts[place] + parts[place + 1]]


@given(tokens, words)
def test_merges_are_made_in_the_order_of_their_ranks(tokens: list[bytes], word: bytes) -> None:
    ranks = {token: rank for rank, token in enumerate(tokens)}
    assert merged_step_by_step(word, ranks) == merged(word, lambda token: ranks.get(token, UNRANKED))


@pytest.mark.parametrize("word", [b"a" * 50_000, b" " * 50_000, b"ab" * 25_000, bytes(range(250)) * 200])
def test_a_long_word_takes_few_look_ups_a_byte(word: bytes) -> None:
    order = vocabulary("o200k_base").order
    asked: list[int] = []

    def counted(token: bytes) -> int:
        asked.append(len(token))
        return order(token)

    assert 0 < merged(word, counted) <= len(word)
    assert len(asked) <= 3 * len(word)
    # Nor are the parts that are asked for long, but for the word itself.
    assert max(asked[1:]) <= 256


def test_nothing_and_one_byte_need_no_vocabulary() -> None:
    def never(_: bytes) -> int:
        raise AssertionError("looked up")

    assert [0, 1] == [merged(b"", never), merged(b"\xff", never)]
