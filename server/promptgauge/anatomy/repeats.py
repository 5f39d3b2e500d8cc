"""Repeats: examples with an input that was there before, and statements that say the same twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from promptgauge.anatomy.content import holds_value
from promptgauge.anatomy.labels import half_of
from promptgauge.anatomy.model import Anatomy, Example, Place, Statement

_WORDS = re.compile(r"[^\W_]+")
_SHORT_TURN = 25
"""Characters: in a dialogue a shorter turn ("yes, please") may well come twice."""
_LEAST_WORDS_OF_WHOLE = 15
"""An example without halves counts from here on: what is shorter may be an item of some list."""
_LEAST_WORDS = 5
"""A shorter statement is a formula, which may come back."""


class Repeat(NamedTuple):
    """Something that was there before: its place, that of the first, how much of their words they share.

    `number` and `earlier` count the examples from 1; both are 0 for statements. `same_answer`: the answers do not
    differ, either.
    """

    place: Place
    before: Place
    share: float
    number: int = 0
    earlier: int = 0
    same_answer: bool = True


class _Asked(NamedTuple):
    number: int
    place: Place
    whole: bool
    words: tuple[str, ...]
    answer: tuple[str, ...]


def repeated_examples(anatomy: Anatomy, least: float) -> Iterator[Repeat]:
    """The examples whose input shares at least this part of its words with an earlier one, the closest of them.

    At 1 the words and their order are the same.
    """
    before: list[_Asked] = []
    for asked in _inputs(anatomy):
        found = max(
            ((_share(asked.words, other.words, least), other) for other in before if _comparable(anatomy, other, asked)),
            key=lambda pair: pair[0],
            default=None,
        )
        if found and found[0] >= least:
            other = found[1]
            same = asked.answer == other.answer
            yield Repeat(asked.place, other.place, found[0], asked.index + 1, other.index + 1, same)
        else:
            before.append(asked)


def repeated_statements(anatomy: Anatomy, least: float) -> Iterator[Repeat]:
    """The statements that share at least this part of their words with an earlier one; each is told once."""
    before: list[tuple[Statement, tuple[str, ...]]] = []
    told: set[Statement] = set()
    for statement in anatomy.statements:
        words = _words(statement.text)
        if len(words) < _LEAST_WORDS:
            continue
        for other, said in before:
            share = _share(words, said, least)
            if share >= least and not _branches_between(anatomy, other.place, statement.place):
                if other not in told:
                    told.add(other)
                    yield Repeat(statement.place, other.place, share)
                break
        else:
            before.append((statement, words))


def _inputs(anatomy: Anatomy) -> Iterator[_Asked]:
    """What the examples show as input; an example without halves counts as a whole."""
    answers = anatomy.answers or ("",) * len(anatomy.examples)
    for index, (example, answer) in enumerate(zip(anatomy.examples, answers, strict=True)):
        whole = example.input is None or _is_dialogue(answer)
        place = example.places[0] if whole or example.input is None else example.input
        message = anatomy.prompt.messages[place.message]
        text = message.text[slice(*place.span)]
        if any(tag.kind == "output" and tag.span.overlaps(place.span) for tag in message.tags) or not holds_value(text):
            continue
        if len(example.places) > 1 and len(text) < _SHORT_TURN:
            continue
        words = _words(_unnumbered(text, example, place))
        if not whole or len(words) >= _LEAST_WORDS_OF_WHOLE:
            yield _Asked(index, place, whole, words, _words(answer))


def _is_dialogue(answer: str) -> bool:
    """Whether what was taken for an answer goes on with the next turn of a conversation."""
    return any(half_of(line.partition(":")[0]) for line in answer.splitlines()[1:] if ":" in line)


def _unnumbered(text: str, example: Example, place: Place) -> str:
    """The text of an example without the number in its heading, if it begins with that heading."""
    if example.number is None or place.span.start != example.places[0].span.start:
        return text
    head, line, rest = text.partition("\n")
    return re.sub(rf"\b0*{example.number}\b", "", head, count=1) + line + rest


def _comparable(anatomy: Anatomy, one: _Asked, other: _Asked) -> bool:
    return one.whole == other.whole and not _branches_between(anatomy, one.place, other.place)


def _branches_between(anatomy: Anatomy, one: Place, other: Place) -> bool:
    """Whether a template's control flow parts two places: then perhaps only one of them is sent."""
    if one.message != other.message:
        messages = anatomy.prompt.messages[one.message : other.message + 1]
        return any(tag.kind == "statement" for message in messages for tag in message.tags)
    tags = anatomy.prompt.messages[one.message].tags
    return any(tag.kind == "statement" and one.span.end <= tag.span.start < other.span.end for tag in tags)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORDS.findall(text.casefold())) or tuple(text.split())


def _share(one: tuple[str, ...], other: tuple[str, ...], least: float) -> float:
    """The part of all their words that two texts have in common: 1 only where they say the same in the same order."""
    if one == other:
        return 1.0
    if least >= 1 or min(len(one), len(other)) < least * max(len(one), len(other)):
        return 0.0
    both = set(one) & set(other)
    share = len(both) / len(set(one) | set(other))
    return min(share, 0.99)
