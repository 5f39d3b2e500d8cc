"""words: what a text is split into, and the table of characters that this rests on."""

import pytest
from hypothesis import given

from hatch_build import runs, stand_ins
from promptgauge.data import data_folder
from promptgauge.tokens import ENCODINGS
from promptgauge.tokens.counting import replace_lone_surrogates
from promptgauge.tokens.splitting import words
from tests.tokens.texts import any_texts


@given(any_texts)
def test_the_words_together_are_the_text(text: str) -> None:
    text = replace_lone_surrogates(text)
    for encoding in ENCODINGS:
        assert text == "".join(words(text, encoding))
        assert all(words(text, encoding))


@pytest.mark.parametrize(
    ("text", "o200k", "cl100k"),
    [
        (
            "It's HELLOWorld 12345",
            ["It's", " HELLOWorld", " ", "123", "45"],
            ["It", "'s", " HELLOWorld", " ", "123", "45"],
        ),
        ("it'ſ Ünïcode", ["it'ſ", " Ünïcode"], ["it", "'ſ", " Ünïcode"]),
        ("camelCase ǅabc", ["camel", "Case", " ǅabc"], ["camelCase", " ǅabc"]),
        ("a/\n/b  \n \nc", ["a", "/\n/", "b", "  \n \n", "c"], ["a", "/\n", "/b", "  \n \n", "c"]),
        (
            "中文, e\u0301t \u00a0\u3000x  ",
            ["中文", ",", " e\u0301t", " \u00a0", "\u3000x", "  "],
            ["中文", ",", " e", "\u0301t", " \u00a0", "\u3000x", "  "],
        ),
        ("\x1c\x85 ٣²", ["\x1c", "\x85", " ", "٣²"], ["\x1c", "\x85", " ", "٣²"]),
    ],
)
def test_words_are_split_by_the_pattern_of_the_encoding(text: str, o200k: list[str], cl100k: list[str]) -> None:
    assert [o200k, cl100k] == [list(words(text, "o200k_base")), list(words(text, "cl100k_base"))]


def test_the_table_of_characters_is_what_the_pattern_engine_of_tiktoken_says() -> None:
    assert (data_folder("vocabularies") / "characters").read_bytes().endswith(b"\n" + runs(stand_ins()))
