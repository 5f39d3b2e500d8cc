"""`${name}` templates."""

from __future__ import annotations

import pytest

from promptgauge.formats import read_document
from promptgauge.formats.dollar_template import read_dollar_template
from promptgauge.text import Text


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("Hi ${name}, ${name} and ${other_1}", ["name", "other_1"]),
        ("$${name} is meant, $$${name} is a slot", ["name"]),
        ("$name costs $5", []),
        ("${a.b} ${input:x} ${} ${{ x }} ${a", []),
    ],
)
def test_slots_are_names_in_braces_behind_a_dollar(content: str, names: list[str]) -> None:
    assert names == [variable.name for variable in read_dollar_template(content).variables]


def test_the_place_of_a_slot_is_without_the_dollars_before_it() -> None:
    (tag,) = read_dollar_template("$$${a}!").tags
    assert "${a}" == "$$${a}!"[slice(*tag.span)]


@pytest.mark.parametrize(
    ("content", "engine"),
    [
        ("Hi ${name}.", "dollar"),
        ("Hi ${name} and {name}.", "brace"),
        ("Run:\n```sh\necho ${HOME}\n```\n", "none"),
        ("In the pipeline ${{ x }} and ${y}.", "none"),
        ("{% if a %}${b}{% endif %}", "jinja"),
    ],
)
def test_a_text_is_one_where_no_other_engine_fits(content: str, engine: str) -> None:
    assert engine == read_document(Text(content), "a.txt", "text", None, lambda _: None).prompts[0].engine
