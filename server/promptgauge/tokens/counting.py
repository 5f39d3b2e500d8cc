"""Counting: how many tokens a text has, exactly or at most."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from promptgauge.tokens.cutting import LINE, starts_of_pieces
from promptgauge.tokens.engine import engine


def count(text: str, encoding: str = "o200k_base") -> int:
    """The tokens of `text`, as tiktoken's `encode_ordinary` gives them; no network, no special tokens.

    Exact, but for runs of more than 65,536 characters in which no cut is exact (see `tokens.cutting`).
    Raises `VocabularyError` where the encoding is not known or its vocabulary cannot be read.
    """
    text = replace_lone_surrogates(text)
    starts = [*starts_of_pieces(text), len(text)]
    return sum(count_piece(text[start:end], encoding) for start, end in pairwise(starts))


def at_most(text: str) -> int:
    """A number of tokens that `text` does not exceed in any encoding made of bytes: its bytes in UTF-8.

    Costs next to nothing and loads no vocabulary: a text that is small enough by this bound need not be counted.
    """
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def replace_lone_surrogates(text: str) -> str:
    """`text` with each lone surrogate as U+FFFD and each pair of them as one character, as tiktoken does it.

    To be done over a whole text before it is cut: a cut may come between the two halves of a pair.
    """
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def count_piece(piece: str, encoding: str) -> int:
    """The tokens of a piece without lone surrogates; the counts of most pieces are remembered."""
    return remembered_count(piece, encoding) if len(piece) <= 2 * LINE else remembered_long_count(piece, encoding)


# An edit changes a line or two, so nearly all pieces of a text that is counted again are found here. Some 16,000
# lines of prose are about 3 MB.
@lru_cache(maxsize=16_384)
def remembered_count(piece: str, encoding: str) -> int:
    return engine(encoding).count(piece)


# Each may have 65,536 characters, of one word that takes a fifth of a second.
@lru_cache(maxsize=32)
def remembered_long_count(piece: str, encoding: str) -> int:
    return engine(encoding).count(piece)
