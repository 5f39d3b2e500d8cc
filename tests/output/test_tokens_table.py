"""The tables of `promptgauge tokens`."""

from __future__ import annotations

import pytest

from promptgauge.output.style import plain
from promptgauge.output.token_counts import Counts, Factor, Model, PromptTokens, Tokens, total
from promptgauge.output.tokens_table import By, markdown, rows, shown, text


def exact(number: int) -> Tokens:
    return Tokens(number, number, number)


FIRST = PromptTokens(
    "a.j2", 1, "", exact(30), (("system", 1, exact(20)), ("user", 9, exact(10))),
    {"instruction": exact(25), "knowledge": exact(5)}, at_most=True, budget=20,
)  # fmt: skip
SECOND = PromptTokens("b.j2", 3, "ask", exact(10), (("unknown", 3, exact(10)),), {"instruction": exact(10)})
BOTH = Counts(["a.j2", "b.j2", "empty.j2"], [FIRST, SECOND], ["o200k_base"])
MODEL = Model("m-1", "o200k_base", "exact", context=1000, input_price=2.0, output_price=8.0, as_of="2026-07-24")


@pytest.mark.parametrize("by", ["prompt", "message", "kind", "file"])
def test_the_rows_sum_to_the_whole(by: By) -> None:
    assert exact(40) == total(row.tokens for row in rows(BOTH, by))


def test_a_table_has_a_row_a_file_and_a_total() -> None:
    expected = [
        "tokens  share  budget  file",
        "   ≤30   75 %    ! 20  a.j2",
        "    10   25 %          b.j2",
        "     0    0 %          empty.j2",
        "   ≤40                 3 files, 2 prompts",
        "",
        "Text tokens, exact (o200k_base).",
        "≤: of a template's branches the largest is counted.",
        "a.j2:1: 30 tokens, 10 above the budget of 20.",
    ]
    assert expected == text(BOTH, "file", plain()).splitlines()


def test_messages_are_named_by_place_and_role() -> None:
    assert ["a.j2:1  system", "a.j2:9  user", "b.j2:3  unknown  (ask)"] == [row.name for row in rows(BOTH, "message")]


def test_kinds_come_in_their_own_order_over_all_files() -> None:
    assert [("instruction", 35), ("knowledge", 5)] == [(row.name, row.tokens.middle) for row in rows(BOTH, "kind")]


def test_a_model_adds_its_context_and_its_price() -> None:
    counts = Counts(["b.j2"], [SECOND], ["o200k_base"], MODEL)
    head, row, last, _, *notes = text(counts, "prompt", plain()).splitlines()
    assert "tokens  share  of context  US$ a call  prompt" == head
    assert "    10  100 %         1 %     0.00002  b.j2:3  (ask)" == row
    assert "    10                        0.00002  1 file, 1 prompt" == last
    assert [
        "m-1: exact (o200k_base); 1,000 tokens of context, $2.00 for a million tokens of input, $8.00 of",
        "  output (as of 2026-07-24).",
    ] == notes


def test_markdown_is_a_table() -> None:
    lines = markdown(Counts(["b.j2"], [SECOND], ["o200k_base"]), "prompt").splitlines()
    assert ["| tokens | share | prompt |", "| ---: | ---: | --- |", "| 10 | 100 % | b.j2:3  (ask) |"] == lines[:3]
    assert ["| **10** |  | 1 file, 1 prompt |", "", "- Text tokens, exact (o200k_base)."] == lines[3:]


def test_an_estimate_is_marked_and_a_wide_one_is_a_range() -> None:
    assert "1,234" == shown(exact(1234))
    assert "≈1,500" == shown(Tokens.of(1000, Factor(1.2, 1.5, 1.8)))
    assert "≈1,250–2,650" == shown(Tokens.of(1000, Factor(1.25, 1.8, 2.65)))
