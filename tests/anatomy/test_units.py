from promptgauge.anatomy.outline import read_outline
from promptgauge.anatomy.units import Unit, read_units
from tests.anatomy.prompts import lines


def units(text: str) -> list[Unit]:
    rows = lines(text)
    return read_units(rows, read_outline(rows), set())


def test_an_item_holds_its_wrapped_lines() -> None:
    assert ["- one two three", "- four"] == [unit.text for unit in units("- one two\n  three\n- four")]


def test_a_long_line_without_an_end_goes_on_below() -> None:
    head = "This sentence is longer than fifty five characters and has no end"
    assert [f"{head} yet, as you see."] == [unit.text for unit in units(f"{head}\nyet, as you see.")]


def test_blocks_and_tables_are_one_unit_each() -> None:
    text = "Look:\nHere:\n\n```js\na\n\nb\n```\n| a | b |\n| c | d |\n---\nGo on with this.\nGo on with that."
    assert ["block", "table", "rule"] == [u.shape for u in units(text) if u.shape in ("block", "table", "rule")]


def test_the_text_inside_a_fence_around_everything_is_no_block() -> None:
    assert "prose" in [unit.shape for unit in units("```\nSort the mail.\nBe kind.\nBe brief.\nBe clear.\n```")]


def test_a_nested_item_belongs_to_the_one_above() -> None:
    found = units("- one:\n  - two\n  - three\n- four")
    assert [None, "- one:", "- one:", None] == [unit.parent and unit.parent.text for unit in found]


def test_items_belong_to_the_lead_in() -> None:
    found = units("Do all of this before you answer their mail:\n- one\n- two")
    assert [None, *[found[0].text] * 2] == [unit.parent and unit.parent.text for unit in found]


def test_a_list_of_values_stays_together() -> None:
    assert 1 == len(units('{\n"a": 1,\n"b": 2\n}'))
