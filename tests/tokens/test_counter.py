"""Our own counter: the counts of tiktoken, whatever the text and however long a word is."""

import json
import os
from pathlib import Path

import pytest
import tiktoken

from promptgauge.tokens import ENCODINGS, splitting
from promptgauge.tokens.counter import REMEMBERED, SHORT, Counter
from promptgauge.tokens.counting import replace_lone_surrogates
from tests.tokens.prove_counter import CODE_POINTS, differing, splits_differ, try_cases

Oracle = dict[str, tiktoken.Encoding]

# Where the kind of the code points changes, as far as Python knows, and some in between.
BORDERS = [
    code
    for code in range(1, CODE_POINTS)
    if chr(code).isalpha() != chr(code - 1).isalpha() or chr(code).isupper() != chr(code - 1).isupper()
]
THINNED = sorted({*range(0x180), *BORDERS, *(code - 1 for code in BORDERS), *range(0, CODE_POINTS, 211)})


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_code_points_of_all_kinds_are_counted_as_tiktoken_counts_them(encoding: str) -> None:
    assert [] == differing(THINNED, encoding)


KINDS = {"É": "A", "é": "a", "中": "\xaa", "\u0301": "\xa8", "²": "0", "\u3000": "\t", "€": ".", "ſ": "s"}


@pytest.mark.parametrize("character", KINDS)
def test_a_character_that_is_taken_for_another_kind_would_be_found(
    character: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = splitting._stand_ins()
    assert KINDS[character] == table[ord(character)]
    for kind in KINDS.values():
        wrong = table[: ord(character)] + kind + table[ord(character) + 1 :]
        monkeypatch.setattr(splitting, "_stand_ins", lambda wrong=wrong: wrong)
        found = any(splits_differ(ord(character), encoding) for encoding in ENCODINGS)
        assert (kind != KINDS[character]) == found, kind


def test_texts_of_all_kinds_are_counted_as_tiktoken_counts_them() -> None:
    try_cases(1_000)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    "text",
    ["a" * 20_000, "Ab" * 10_000, " " * 20_000 + "x", "=" * 20_000, "7" * 20_000, "ا" * 9_000, "中文字" * 3_000],
    ids=lambda text: ascii(text[:3]),
)
def test_long_words_are_counted_as_tiktoken_counts_them(text: str, encoding: str, oracle: Oracle) -> None:
    assert len(oracle[encoding].encode_ordinary(text)) == Counter(encoding).count(text)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_prompts_are_counted_as_tiktoken_counts_them(encoding: str, oracle: Oracle) -> None:
    counter = Counter(encoding)
    for text in prompts():
        assert len(oracle[encoding].encode_ordinary(text)) == counter.count(text)


def prompts() -> list[str]:
    """Our own rules and, where PROMPTGAUGE_CORPUS names it, the corpus without the fold that is held back."""
    rules = Path(__file__).resolve().parents[2] / "rules"
    paths = sorted(rules.rglob("*.yml"))
    if folder := os.environ.get("PROMPTGAUGE_CORPUS"):
        lines = (Path(folder) / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
        entries = [entry for entry in map(json.loads, lines) if entry.get("stored") and entry.get("fold") != 4]
        paths += [Path(folder) / entry["file"] for entry in entries]
    assert paths
    return [path.read_bytes().decode("utf-8", "replace") for path in paths]


def test_what_is_remembered_is_bounded() -> None:
    counter = Counter("o200k_base")
    letters = "abcdefghijklmnopqrst"
    counter.count("".join(f" {a}{b}{c}{d}x" for a in letters for b in letters for c in letters for d in letters))
    assert REMEMBERED == counter._count_short.cache_info().currsize
    assert REMEMBERED >= counter._order.cache_info().currsize
    before = counter._count_short.cache_info()
    counter.count(" " + "x" * SHORT)
    assert before == counter._count_short.cache_info()


def test_work_is_more_where_words_are_new() -> None:
    counter = Counter("o200k_base")
    counter.count("Something extraordinarily new.")
    first = counter.work
    counter.count("Something extraordinarily new.")
    assert 30 == counter.work - first
    assert first > 10 * 30


def test_a_lone_half_of_a_pair_has_to_be_replaced_before() -> None:
    assert Counter("o200k_base").count("a\ufffdb") == Counter("o200k_base").count(replace_lone_surrogates("a\ud83db"))
