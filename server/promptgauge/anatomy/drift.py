"""Drift: where one example of a prompt differs from the others in shape, keys, types or number."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from promptgauge.anatomy.model import Drift, Example, Place

_MOST_LENGTH = 50_000


class _Answer(NamedTuple):
    example: int
    place: Place
    value: Any


def find_drift(examples: Sequence[Example], texts: Sequence[str]) -> tuple[Drift, ...]:
    """The examples that differ; `texts` are the examples' answers without their labels, empty where none is known.

    An example is held against the rest only where all the others agree: three at least, or the difference could as
    well be the point.
    """
    drifts: list[Drift] = []
    answers, broken = _parse(examples, texts)
    if len(answers) >= 2:
        for index in broken:
            place = examples[index].answer or examples[index].places[0]
            what = f"its answer is no JSON, the answers of the other {len(answers)} are"
            drifts.append(Drift(index, place, what, answers[0].place))
    drifts += _key_drift([a for a in answers if isinstance(a.value, dict)])
    drifts += _number_drift(examples)
    return tuple(sorted(drifts, key=lambda drift: (drift.example, drift.what)))


def _parse(examples: Sequence[Example], texts: Sequence[str]) -> tuple[list[_Answer], list[int]]:
    """The answers that are JSON, and the examples whose answer looks like JSON and is not."""
    answers: list[_Answer] = []
    broken: list[int] = []
    for index, text in enumerate(texts):
        bare = _bare(text)
        if not bare or bare[0] not in "{[" or len(bare) > _MOST_LENGTH:
            continue
        try:
            value = json.loads(bare)
        except (ValueError, RecursionError):
            broken.append(index)
            continue
        place = examples[index].answer or examples[index].places[-1]
        answers.append(_Answer(index, place, value))
    return answers, broken


def _bare(text: str) -> str:
    """An answer without the fence around it."""
    text = text.strip()
    if text.startswith(("```", "~~~")):
        lines = text.splitlines()
        end = len(lines) - 1 if lines[-1].strip().startswith(text[:3]) else len(lines)
        text = "\n".join(lines[1:end]).strip()
    return text


def _key_drift(answers: list[_Answer]) -> list[Drift]:
    if len(answers) < 3:
        return []
    drifts: list[Drift] = []
    odd = _odd_one(answers, lambda value: tuple(sorted(value)))
    if odd:
        usual = next(a for a in answers if a is not odd)
        missing, extra = sorted(set(usual.value) - set(odd.value)), sorted(set(odd.value) - set(usual.value))
        said = [f"lacks `{key}`" for key in missing] + [f"has `{key}` besides" for key in extra]
        drifts.append(Drift(odd.example, odd.place, f"its answer {' and '.join(said)}", usual.place))
    for key in answers[0].value:
        with_key = [a for a in answers if key in a.value and a.value[key] is not None]
        odd = _odd_one(with_key, lambda value, key=key: (_type_name(value[key]),))
        if odd:
            usual = next(a for a in with_key if a is not odd)
            what = f"`{key}` is {_type_name(odd.value[key])}, elsewhere {_type_name(usual.value[key])}"
            drifts.append(Drift(odd.example, odd.place, what, usual.place))
    return drifts


def _odd_one(answers: list[_Answer], look: Any) -> _Answer | None:
    """The only answer that looks different, where at least two others look alike."""
    looks = Counter(look(answer.value) for answer in answers)
    if len(looks) != 2 or len(answers) < 3:
        return None
    (_, most), (rare, least) = looks.most_common(2)
    if least != 1 or most < 2:
        return None
    return next(answer for answer in answers if look(answer.value) == rare)


def _type_name(value: Any) -> str:
    names: Mapping[type, str] = {
        bool: "a boolean", int: "a number", float: "a number", str: "a string", list: "a list", dict: "an object",
        type(None): "null",
    }  # fmt: skip
    return names[type(value)]


def _number_drift(examples: Sequence[Example]) -> list[Drift]:
    """A number that is missing or stands twice where the examples are numbered from 1 on."""
    numbered = [(i, e.number) for i, e in enumerate(examples) if e.number is not None]
    if len(numbered) < 3 or numbered[0][1] != 1:
        return []
    drifts: list[Drift] = []
    for (_, before), (index, number) in zip(numbered, numbered[1:], strict=False):
        assert before is not None and number is not None
        place = examples[index].places[0]
        if number == before + 2 and number - 1 not in {n for _, n in numbered}:
            drifts.append(Drift(index, place, f"number {number - 1} is missing before it", None))
        elif number == before:
            drifts.append(Drift(index, place, f"the number {number} stands twice", None))
    return drifts
