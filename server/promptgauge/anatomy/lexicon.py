"""The lexicon: the words that name the parts of a prompt, in the languages that prompts are written in.

The words stand in `words/*.json`: one table a part, and in it one list a language. An entry is a word, a phrase or a
small pattern in lower case; `{name}` stands for the list of the table `name` in the same file and language. In
languages that put spaces between words an entry matches whole words only.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

_NO_SPACES = frozenset({"zh", "ja", "ar"})  # Arabic joins articles and conjunctions to the word
_NO_ASCII = frozenset({"zh", "ja", "ar", "ru"})
_LIST = re.compile(r"\{([a-z_]+)\}")
_OPEN_START = re.compile(r"\^|[/=\[<#$]|\(\?(?:<|:\^|:\[)|\\W|\\\*")
_LEAD = re.compile(r"(?:\W|\d+[.)])*")
_OPEN_END = re.compile(r"(?:[$>]|\]|\]\+|\]\)|\\[.+{(]|\(\?[!=][^()]*\))$")

Tables = dict[str, dict[str, list[str]]]


class Words:
    """One table of the lexicon; its pattern is compiled when it is first needed.

    Texts match without regard to case unless `cased`; a match's offsets are those of the lower-cased text.
    `after` is a pattern that has to follow each entry.
    """

    __slots__ = ("_after", "_ascii", "_cased", "_file", "_full", "_table")

    def __init__(self, file: str, table: str, *, cased: bool = False, after: str = "") -> None:
        self._file, self._table, self._cased, self._after = file, table, cased, after
        self._ascii: re.Pattern[str] | None = None
        self._full: re.Pattern[str] | None = None

    def search(self, text: str) -> re.Match[str] | None:
        """The first match anywhere in `text`."""
        pattern = (self._ascii if text.isascii() else self._full) or self._compile(text)
        return pattern.search(text if self._cased else text.lower())

    def match(self, text: str) -> re.Match[str] | None:
        """The match that begins where `text` begins."""
        pattern = (self._ascii if text.isascii() else self._full) or self._compile(text)
        return pattern.match(text if self._cased else text.lower())

    def sub(self, new: str, text: str) -> str:
        """`text` in lower case with `new` in the place of each match."""
        pattern = (self._ascii if text.isascii() else self._full) or self._compile(text)
        return pattern.sub(new, text if self._cased else text.lower())

    def _compile(self, text: str) -> re.Pattern[str]:
        """The pattern for texts like `text`.

        Most texts are ASCII, and most entries of the other scripts are not: they need not be tried there.
        """
        pattern = _compiled(self._file, self._table, self._after, only_ascii=text.isascii())
        if text.isascii():
            self._ascii = pattern
        else:
            self._full = pattern
        return pattern


def without_lead(text: str) -> str:
    """A sentence without the list mark, number, quotes or emphasis that it begins with."""
    lead = _LEAD.match(text)
    return text[lead.end() :] if lead else text


@cache
def _tables(file: str) -> Tables:
    path = Path(__file__).with_name("words") / f"{file}.json"
    tables: Tables = json.loads(path.read_text(encoding="utf-8"))
    return tables


def _compiled(file: str, table: str, after: str, *, only_ascii: bool) -> re.Pattern[str]:
    tables = _tables(file)
    # Branches by their borders: whether a word begins where the entry begins, and ends where it ends.
    branches: dict[tuple[str, str], list[str]] = {}
    for language, entries in tables[table].items():
        for entry in entries:
            if only_ascii and language in _NO_ASCII and not entry.isascii():
                continue
            spaced = language not in _NO_SPACES
            start = r"\b" if spaced and not _OPEN_START.match(entry) else ""
            end = r"\b" if spaced and not _OPEN_END.search(entry) else ""
            branches.setdefault((start, end), []).append(_expanded(tables, entry, language))
    groups = (f"{a}(?:{'|'.join(dict.fromkeys(found))}){b}{after}" for (a, b), found in branches.items())
    return re.compile("|".join(groups) or r"(?!)")


def _expanded(tables: Tables, entry: str, language: str) -> str:
    """An entry with its `{name}`s replaced by the lists that they stand for."""
    return _LIST.sub(lambda match: f"(?:{'|'.join(tables[match[1]][language])})", entry)


# ---- Titles of sections, and what they say besides ----------------------------------------------------------------

EXAMPLE_TITLE = Words("titles", "example")
EXAMPLES_TITLE = Words("titles", "examples")
SORTS_OF_EXAMPLES = Words("titles", "sorts_of_examples")
SAMPLES_TITLE = Words("titles", "samples")
ANSWERED_TITLE = Words("titles", "answered")
EDGE_TITLE = Words("titles", "edge_case")
INPUT_TITLE = Words("titles", "input")
OUTPUT_TITLE = Words("titles", "output_format")
REFERENCE_TITLE = Words("titles", "reference")
INSTRUCTION_TITLE = Words("titles", "instruction")
KNOWLEDGE_TITLE = Words("titles", "knowledge")
STEPS_TITLE = Words("titles", "steps")
ONE_STEP_TITLE = Words("titles", "one_step")

# ---- Examples: the labels of their halves, and the lines around them ----------------------------------------------

INPUT_LABEL = Words("examples", "input_label")
ANSWER_LABEL = Words("examples", "answer_label")
BAD_LABEL = Words("examples", "bad_label")
GOOD_LABEL = Words("examples", "good_label")
EXAMPLE_LINE = Words("examples", "line")
EXAMPLE_LEAD = Words("examples", "lead")
EXAMPLE_ASIDE = Words("examples", "aside")
EXAMPLE_END = Words("examples", "end")
INPUT_KEY = Words("examples", "input_key")
ANSWER_KEY = Words("examples", "answer_key")
TYPE_WORD = Words("examples", "type_word")

# ---- Sentences ----------------------------------------------------------------------------------------------------

CONDITION = Words("sentences", "condition")
NO_CONDITION = Words("sentences", "no_condition")
BEGINS_WITH_IF = Words("sentences", "begins_with_if")
MUST = Words("sentences", "must")
STATES = Words("sentences", "states")
SAYS_WHAT_YOU_ARE = Words("sentences", "says_what_you_are")
SECOND_PERSON = Words("sentences", "second_person")
IMPERATIVE = Words("sentences", "imperative", after=r"(?=\s)")
THEN = Words("sentences", "then")
REASONING = Words("sentences", "reasoning")


def speaks(text: str) -> bool:
    """Whether a sentence begins by telling the model what to do."""
    return IMPERATIVE.match(without_lead(text)) is not None


# ---- The shape of the answer --------------------------------------------------------------------------------------

NOTATION = Words("output", "named_notation")
FIRMLY_ASKED = Words("output", "firmly_asked")
ABOUT_THE_ANSWER = Words("output", "about_the_answer")
ANSWER_VERB = Words("output", "answer_verb")
ASKS = Words("output", "asks")
NO_NOTATION = Words("output", "no_notation")
ABOUT_INPUT = Words("output", "about_input")
CLOSED = Words("output", "closed")
ANSWERS_WITH = Words("output", "answers_with")
TYPED = Words("output", "typed")
FIELD_LIST = Words("output", "field_list")
TAG_ASKED = Words("output", "tag_asked")

# ---- Statements that go stale -------------------------------------------------------------------------------------

DATE = Words("facts", "date", cased=True)
PRICE = Words("facts", "price", cased=True)
VERSION = Words("facts", "version", cased=True)
CURRENTLY = Words("facts", "currently")
NOT_STALE = Words("facts", "not_stale")
SOURCE = Words("facts", "source", cased=True)
