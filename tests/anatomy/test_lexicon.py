import json
import re
from pathlib import Path

import pytest

from promptgauge.anatomy import lexicon

TABLES = {name: words for name, words in vars(lexicon).items() if isinstance(words, lexicon.Words)}
FILES = sorted(Path(lexicon.__file__).with_name("words").glob("*.json"))
LANGUAGES = {"en", "zh", "ja", "es", "de", "fr", "pt", "ru", "ar"}


@pytest.mark.parametrize("name", TABLES)
def test_every_table_compiles_for_ascii_and_for_all_texts(name: str) -> None:
    assert TABLES[name].search("~") is None
    assert TABLES[name].search("…") is None


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_tables_hold_lists_of_known_languages_without_repeats(path: Path) -> None:
    for table in json.loads(path.read_text(encoding="utf-8")).values():
        assert set(table) <= LANGUAGES
        for entries in table.values():
            assert len(entries) == len(set(entries))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_list_that_an_entry_names_is_there(path: Path) -> None:
    tables = json.loads(path.read_text(encoding="utf-8"))
    for table in tables.values():
        for language, entries in table.items():
            for name in re.findall(r"\{([a-z_]+)\}", " ".join(entries)):
                assert language in tables[name]


def test_words_are_whole_in_languages_with_spaces() -> None:
    assert lexicon.CONDITION.search("a gift") is None
    assert lexicon.CONDITION.search("go if it rains")


def test_words_stand_anywhere_in_chinese_and_japanese() -> None:
    assert lexicon.CONDITION.search("请注意如果下雨")


def test_case_does_not_matter_but_where_names_are_meant() -> None:
    assert lexicon.CONDITION.search("IF IT RAINS")
    assert lexicon.VERSION.search("Use Go 1.22")
    assert lexicon.VERSION.search("then go 1 mile") is None


def test_a_mark_or_number_before_an_imperative_does_not_hide_it() -> None:
    assert all(lexicon.speaks(text) for text in ("Write a note.", "- Write a note.", "2. **Write a note.**"))
    assert not lexicon.speaks("Writing is hard.")
