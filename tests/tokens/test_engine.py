"""Engine: our own counter for a little text, tiktoken for much of it, and the same counts."""

import subprocess
import sys

import pytest

from promptgauge.tokens import count, engine
from promptgauge.tokens.engine import STRETCH, Engine

TEXTS = [f"Rule {number}: if it's late, say so. 它需要的标记很少 {number * 7919:x}\n" for number in range(200)]


def test_the_counts_stay_the_same_when_tiktoken_takes_over(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = Engine("o200k_base")
    expected = [alone.count(text) for text in TEXTS]
    assert not alone.in_bulk
    monkeypatch.setattr(engine, "MUCH", sum(map(len, TEXTS)))
    both = Engine("o200k_base")
    ways = []
    for text, tokens in zip(TEXTS, expected, strict=True):
        ways.append(both.in_bulk)
        assert tokens == both.count(text)
    assert {False, True} == set(ways)
    assert sorted(ways) == ways


def test_much_work_in_long_time_does_not_load_tiktoken(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10**9, int(STRETCH) + 1))
    monkeypatch.setattr(engine, "monotonic", lambda: next(clock))
    monkeypatch.setattr(engine, "MUCH", 5_000)
    slow = Engine("o200k_base")
    for text in TEXTS:
        slow.count(text)
    assert not slow.in_bulk


PROGRAM = """
import sys
from promptgauge.tokens import Tally, at_most, count
before = sorted(sys.modules.keys() & {"tiktoken", "regex", "requests"})
for encoding in ("o200k_base", "cl100k_base"):
    count("Sort each ticket, größer als 10 €. " * 1000, encoding)
    Tally("它需要的标记很少。\\n" * 1000, encoding).at(77)
print(before, sorted(sys.modules.keys() & {"tiktoken", "regex", "requests"}))
"""


def test_neither_importing_nor_counting_a_file_loads_tiktoken() -> None:
    path = {"PYTHONPATH": ":".join(sys.path)}
    run = subprocess.run([sys.executable, "-c", PROGRAM], env=path, capture_output=True, text=True, check=True)
    assert "[] []" == run.stdout.strip()


def test_a_word_of_a_megabyte_soon_goes_to_tiktoken() -> None:
    count("".join(chr(97 + place // 50_000) for place in range(1_000_000)))
    assert engine.engine("o200k_base").in_bulk
