"""Prove that our own counter counts as tiktoken does: every code point, and many texts, in both encodings.

Run as `python -m tests.tokens.prove_counter [cases]` from the root of the repository; some minutes with 100,000 cases.
The tests run parts of it. Exits with 1, and says for what, where the counts differ.
"""

import os
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import accumulate

import tiktoken
from hypothesis import HealthCheck, given, settings

from promptgauge.tokens.counter import Counter
from promptgauge.tokens.counting import replace_lone_surrogates
from promptgauge.tokens.splitting import words
from tests.tokens.oracles import ENCODINGS, oracle
from tests.tokens.texts import any_texts

CODE_POINTS = 0x110000
BLOCK = 0x4000

# Each kind of character, put for X, is split from what stands beside it in other places than any other kind. What
# stands here twice weighs double: no two differences make up for each other in the number of tokens.
PLACES = "1XAa aXa aXa 1X1 ..X\n/a X   a'Xe a'Xe .XX"
BESIDE = {place for place in range(1, len(PLACES)) if "X" in PLACES[place - 1 : place + 1]}


@cache
def splitter(encoding: str) -> tiktoken.Encoding:
    """An encoding that shows where tiktoken splits: it merges a character that is not ASCII with what is beside it."""
    ascii_bytes, first, last = range(0x80), range(0xC2, 0xF5), range(0x80, 0xC0)
    pairs = [
        (a, b)
        for ones, others in ((ascii_bytes, first), (last, ascii_bytes), (last, first))
        for a in ones
        for b in others
    ]
    tokens = [*(bytes((byte,)) for byte in range(256)), *map(bytes, pairs)]
    ranks = {token: rank for rank, token in enumerate(tokens)}
    return tiktoken.Encoding("split", pat_str=oracle(encoding)._pat_str, mergeable_ranks=ranks, special_tokens={})


def splits_differ(code: int, encoding: str) -> bool:
    """Whether tiktoken splits a text with that character in other places than `words`; true of no ASCII character."""
    if code < 0x80:
        return False
    text = PLACES.replace("X", replace_lone_surrogates(chr(code)))
    together = BESIDE.difference(accumulate(map(len, words(text, encoding))))
    return len(text.encode()) - len(together) != len(splitter(encoding).encode_ordinary(text))


def counts_differ(code: int, counter: Counter) -> bool:
    """Whether tiktoken counts a text with that character otherwise than our counter."""
    it = replace_lone_surrogates(chr(code))
    text = f"{it}{it}a {it}"
    return len(oracle(counter.encoding).encode_ordinary(text)) != counter.count(text)


def differing(codes: Iterable[int], encoding: str) -> list[int]:
    """The code points with which tiktoken and our counter differ."""
    counter = Counter(encoding)
    return [code for code in codes if counts_differ(code, counter) or splits_differ(code, encoding)]


def differing_in_block(start: int) -> list[tuple[str, int]]:
    codes = range(start, min(start + BLOCK, CODE_POINTS))
    return [(encoding, code) for encoding in ENCODINGS for code in differing(codes, encoding)]


def sweep() -> list[tuple[str, int]]:
    """All code points that differ in an encoding."""
    with ProcessPoolExecutor() as pool:
        return [found for block in pool.map(differing_in_block, range(0, CODE_POINTS, BLOCK)) for found in block]


def try_cases(number: int) -> None:
    """Try that many texts, each in both encodings; raises AssertionError with the shortest that differs."""
    counters = {encoding: Counter(encoding) for encoding in ENCODINGS}

    @settings(max_examples=number, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(any_texts)
    def same(text: str) -> None:
        text = replace_lone_surrogates(text)
        for encoding in ENCODINGS:
            assert len(oracle(encoding).encode_ordinary(text)) == counters[encoding].count(text), (encoding, text)

    same()


def main() -> int:
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    start = time.perf_counter()
    differ = sweep()
    seconds = time.perf_counter() - start
    print(f"{CODE_POINTS:,} code points, {len(ENCODINGS)} encodings: {len(differ)} differ ({seconds:.0f} s)")
    for encoding, code in differ[:20]:
        print(f"  {encoding}: U+{code:04X}")
    start = time.perf_counter()
    try_cases(cases)
    print(f"{cases:,} texts, {len(ENCODINGS)} encodings: 0 differ ({time.perf_counter() - start:.0f} s)")
    return 1 if differ else 0


if __name__ == "__main__":
    print(f"{os.cpu_count()} processors, Python {sys.version.split()[0]}", flush=True)
    sys.exit(main())
