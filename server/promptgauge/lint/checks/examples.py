"""duplicate-example, similar-example, example-breaks-contract and label-imbalance: what is wrong with the examples.

Most prompts have none: what looks at them is loaded when there are some.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from promptgauge.lint.checks.model import Check, Hit
from promptgauge.lint.subject import Subject


def _duplicates(subject: Subject, _limits: Mapping[str, float]) -> Iterator[Hit]:
    """One hit for each example with the very input of an earlier one."""
    if len(subject.parts.examples) < 2:
        return
    from promptgauge.anatomy.repeats import repeated_examples

    for repeat in repeated_examples(subject.parts, 1):
        answer = "the same answer" if repeat.same_answer else "another answer"
        yield Hit(repeat.place, {"number": repeat.number, "first": repeat.earlier, "answer": answer}, (repeat.before,))


def _similar(subject: Subject, limits: Mapping[str, float]) -> Iterator[Hit]:
    """One hit for each example whose input is nearly that of an earlier one, but not the very same."""
    from promptgauge.anatomy.repeats import repeated_examples

    for repeat in repeated_examples(subject.parts, limits["share"]):
        if repeat.share < 1:
            yield Hit(repeat.place, {"number": repeat.number, "first": repeat.earlier}, (repeat.before,))


def _breaches(subject: Subject, _limits: Mapping[str, float]) -> Iterator[Hit]:
    """One hit for each example whose answer does not fit the schema or the labels."""
    examples = subject.parts.examples
    if not examples:
        return
    from promptgauge.anatomy.contract import find_breaches

    for found in find_breaches(subject.parts):
        own = examples[found.example].number
        values: dict[str, float | str] = {"number": found.example + 1 if own is None else own, "what": found.what}
        yield Hit(found.place, values, (found.against,) if found.against else ())


def _imbalance(subject: Subject, limits: Mapping[str, float]) -> Iterator[Hit]:
    """One hit where a label takes too large a share of enough examples, or one of the listed has none."""
    if len(subject.parts.examples) < limits["count"]:
        return
    from promptgauge.anatomy.balance import find_balance

    balance = find_balance(subject.parts)
    if balance is None or balance.examples < limits["count"]:
        return
    said = []
    if balance.share >= limits["share"]:
        said.append(f"{balance.times} have the label `{balance.label}`")
    if balance.missing:
        said.append(f"none has {' or '.join(f'`{name}`' for name in balance.missing)}")
    if said:
        yield Hit(balance.place, {"number": balance.examples, "what": ", and ".join(said)})


DUPLICATE = Check("duplicate-example", "prompt", ("number", "first", "answer"), {}, _duplicates)
SIMILAR = Check("similar-example", "prompt", ("number", "first"), {"share": "share"}, _similar)
BREACH = Check("example-breaks-contract", "prompt", ("number", "what"), {}, _breaches)
IMBALANCE = Check("label-imbalance", "prompt", ("number", "what"), {"count": "count", "share": "share"}, _imbalance)
