"""The scanner finds every key and value that tomllib reads, each where it stands."""

import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from promptgauge.config.places import Path, Places
from promptgauge.text import Text

FILE = """\
# [not.a.table]
select = ["PG1", # a comment with ] and "
  'PG2']
"quo.ted" . bare = { a = 1, "b c" = [ { d = '''x
]''' } ], e.f = 1979-05-27 07:32:00 }
text = \"\"\"a \\\"\"\" b\"\"\"\"  # two quotes inside

[levels]
"PG101" = "hint"
[thresholds.PG101]
tokens = 1_000.5
[[overrides]]
files = ["a"]
[overrides.levels]
PG101 = "error"
[[overrides]]
files = [ [ "b" ], [] ]
"""


def everything(value: object, path: Path = ()) -> list[Path]:
    """The path of each key and each item of an array."""
    found: list[Path] = [path] if path else []
    if isinstance(value, dict):
        for key, item in value.items():
            found += everything(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            found += everything(item, (*path, index))
    return found


def places_of(content: str) -> tuple[Places, dict[str, Any]]:
    """The places of a file and what tomllib makes of it."""
    return Places(Text(content)), tomllib.loads(content)


def test_every_key_and_item_of_a_file_has_a_place_of_its_own() -> None:
    places, table = places_of(FILE)
    for path in everything(table):
        assert path in places._keys or path in places._values, path
    assert len(everything(table)) == len(places._keys.keys() | places._values.keys())


def test_places_are_lines_and_characters_from_0() -> None:
    places, _ = places_of(FILE)
    assert (1, 0) == places.key(("select",))
    assert (1, 9) == places.value(("select",))
    assert (2, 2) == places.value(("select", 1))
    assert (3, 12) == places.key(("quo.ted", "bare"))
    assert (4, 10) == places.key(("quo.ted", "bare", "e"))
    assert (4, 16) == places.value(("quo.ted", "bare", "e", "f"))
    assert (8, 10) == places.value(("levels", "PG101"))
    assert (9, 12) == places.key(("thresholds", "PG101"))
    assert (14, 8) == places.value(("overrides", 0, "levels", "PG101"))
    assert (15, 2) == places.key(("overrides", 1))
    assert (16, 12) == places.value(("overrides", 1, "files", 0, 0))


def test_what_has_no_place_has_that_of_what_holds_it() -> None:
    places, _ = places_of(FILE)
    assert (7, 1) == places.key(("levels", "PG999"))
    assert (0, 0) == places.key(("nothing",))


def test_line_ends_of_windows_count_once() -> None:
    places, _ = places_of('# a\r\n\r\nselect = [\r\n  "x",\r\n]\r\n[levels]\r\na = 1')
    assert (2, 0) == places.key(("select",))
    assert (3, 2) == places.value(("select", 0))
    assert (6, 4) == places.value(("levels", "a"))


KEYS = st.text("ab.\"' é#[]=\\", min_size=1, max_size=3)
SCALARS = st.one_of(st.integers(-9, 9), st.booleans(), st.text("a\"'\\#]}\n,é", max_size=5), st.just(1.5))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def written(value: object) -> str:
    """A value as TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return quoted(value) if "'" in value or "\n" in value or len(value) % 2 else f"'{value}'"
    if isinstance(value, list):
        return "[ # ]\n" + ",\n".join(written(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(key)} = {written(item)}" for key, item in value.items()) + "}"
    return str(value)


@given(
    st.dictionaries(KEYS, VALUES, max_size=3),
    st.dictionaries(KEYS, st.dictionaries(KEYS, VALUES, max_size=3), max_size=2),
    st.lists(st.dictionaries(KEYS, VALUES, max_size=2), max_size=3),
)
def test_any_file_that_tomllib_reads_is_walked_to_its_last_value(
    top: dict[str, Any], tables: dict[str, dict[str, Any]], items: list[dict[str, Any]]
) -> None:
    def pairs(table: dict[str, Any]) -> str:
        return "".join(f"{quoted(key)}\t= {written(value)} # {key!r}\n" for key, value in table.items())

    content = pairs(top)
    content += "".join(f"[ t . {quoted(name)} ]\n{pairs(table)}" for name, table in tables.items())
    content += "".join(f"[[ i.j ]]\n{pairs(item)}\n[i.j.k]\n{pairs(item)}" for item in items)
    try:
        places, table = places_of(content)
    except tomllib.TOMLDecodeError:
        return
    assert set(everything(table)) == places._keys.keys() | places._values.keys()
