"""Balance: how labels are spread over the examples."""

from __future__ import annotations

from promptgauge.anatomy.balance import find_balance
from tests.anatomy.prompts import anatomy, labelled


def test_the_commonest_label_and_the_missing_ones_are_told() -> None:
    order = 'Answer with "place", "price" or "other".\n\n'
    balance = find_balance(
        anatomy(order + labelled([("Where?", "place"), ("How much?", "price"), ("Here?", "Place.")]))
    )
    assert balance
    assert ("place", 2, 3, ("other",)) == (balance.label, balance.times, balance.examples, balance.missing)


def test_answers_that_all_differ_are_no_labels() -> None:
    assert None is find_balance(anatomy(labelled([("Where?", "here"), ("How much?", "ten"), ("When?", "now")])))


def test_sentences_are_no_labels() -> None:
    answer = "It is over there, behind the second door on the left."
    assert None is find_balance(anatomy(labelled([("Where?", answer), ("And this?", answer)])))
