"""Vocabulary: the tokens of an encoding as they stand in our data folder, and the encoder made from them.

A vocabulary file is one line (a magic word, the sha256 of the published file, the sha256 of what follows the line)
and then all tokens in the order of their rank, with FF FE between each two. Neither of the two bytes occurs in a
token of more than one byte, so one `split` gives the tokens back.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from promptgauge.data import data_folder

if TYPE_CHECKING:
    from tiktoken import Encoding

_MAGIC = b"promptgauge-vocabulary-1"
_SEPARATOR = b"\xff\xfe"

# How each encoding splits a text before the merges: published with the encodings, and part of what they are.
_PATTERNS = {
    "o200k_base": "|".join(
        (
            r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
            r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
            r"\p{N}{1,3}",
            r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
            r"\s*[\r\n]+",
            r"\s+(?!\S)",
            r"\s+",
        )
    ),
    "cl100k_base": "|".join(
        (
            r"'(?i:[sdmt]|ll|ve|re)",
            r"[^\r\n\p{L}\p{N}]?+\p{L}++",
            r"\p{N}{1,3}+",
            r" ?[^\s\p{L}\p{N}]++[\r\n]*+",
            r"\s++$",
            r"\s*[\r\n]",
            r"\s+(?!\S)",
            r"\s",
        )
    ),
}
ENCODINGS: tuple[str, ...] = tuple(_PATTERNS)


class VocabularyError(Exception):
    """Tokens cannot be counted: the encoding is not known, or its vocabulary is missing or damaged."""


@cache
def encoder(encoding: str) -> Encoding:
    """The encoder of `encoding`, made once; takes about 0.2 s. Raises `VocabularyError`."""
    tokens = read_vocabulary(encoding)
    import tiktoken

    # No special tokens: text that spells one is counted as the text that it is.
    return tiktoken.Encoding(
        encoding,
        pat_str=_PATTERNS[encoding],
        mergeable_ranks=dict(zip(tokens, range(len(tokens)), strict=True)),
        special_tokens={},
    )


def read_vocabulary(encoding: str) -> list[bytes]:
    """All tokens of `encoding` in the order of their rank. Raises `VocabularyError`."""
    if encoding not in _PATTERNS:
        from difflib import get_close_matches

        near = get_close_matches(encoding, ENCODINGS, 1)
        hint = f"did you mean `{near[0]}`?" if near else f"known are {' and '.join(ENCODINGS)}"
        raise VocabularyError(f"unknown encoding `{encoding}`; {hint}")
    try:
        path = data_folder("vocabularies") / encoding
        content = path.read_bytes()
    except OSError:
        raise VocabularyError(
            f"the vocabulary of {encoding} is missing, so no tokens can be counted; install promptgauge again"
        ) from None
    head, _, body = content.partition(b"\n")
    if not _is_whole(head, body):
        raise VocabularyError(f"the vocabulary of {encoding} is damaged ({path}); install promptgauge again")
    return body.split(_SEPARATOR)


def _is_whole(head: bytes, body: bytes) -> bool:
    from hashlib import sha256

    return head.startswith(_MAGIC + b" ") and head.endswith(b" " + sha256(body).hexdigest().encode())
