"""What stands later in a file wins over what stands before it."""

from pathlib import Path

import pytest

from promptgauge.config import Configurations
from promptgauge.config.known import own
from promptgauge.lint.settings import Settings


def settings(folder: Path, content: str, name: str = "x.j2") -> Settings:
    (folder / "promptgauge.toml").write_text(content)
    return Configurations(folder).for_file(folder / name).settings_for(folder / name)


def test_an_override_adds_its_settings_to_those_at_the_top(tmp_path: Path) -> None:
    got = settings(
        tmp_path,
        """
        select = ["PG2"]
        levels = { PG101 = "hint", PG102 = "hint" }
        thresholds.PG102 = { tokens = 1, share = 0.1 }
        encoding = "cl100k_base"
        [[overrides]]
        files = ["*.j2"]
        select = ["PG3"]
        levels = { PG101 = "error" }
        thresholds.edge-case-sprawl = { tokens = 9 }
        [[overrides]]
        files = ["*.txt"]
        encoding = "o200k_base"
        """,
    )
    expected = Settings(
        select=("PG2", "PG3"),
        levels={"PG101": "error", "PG102": "hint"},
        thresholds={"PG102": {"tokens": 9.0, "share": 0.1}},
        encoding="cl100k_base",
    )
    assert expected == got


def test_of_two_overrides_for_a_file_the_later_wins(tmp_path: Path) -> None:
    override = "[[overrides]]\nfiles = ['*']\nencoding = '{}'\nlevels.PG101 = '{}'\n"
    got = settings(tmp_path, override.format("cl100k_base", "hint") + override.format("o200k_base", "error"))
    assert ("o200k_base", {"PG101": "error"}) == (got.encoding, got.levels)


@pytest.mark.parametrize(
    ("top", "override", "runs"),
    [
        ("ignore = ['PG101']", "select = ['PG101']", True),
        ("ignore = ['PG101']", "select = ['behaviour-over-budget']", True),
        ("ignore = ['PG101']", "select = ['PG1']", True),
        ("ignore = ['PG1']", "select = ['PG101']", True),
        ("select = ['PG101']", "ignore = ['PG1']", False),
        ("select = ['PG1']", "ignore = ['PG101']", False),
        ("ignore = ['PG1']", "", False),
        ("ignore = ['PG1']\nselect = ['PG101']", "", True),
        ("ignore = ['PG1']\nselect = ['PG101']", "ignore = ['PG2']", True),
        ("", "ignore = ['PG1']\nselect = ['PG101']", True),
        ("", "ignore = ['PG101']\nselect = ['PG101']", False),
    ],
)
def test_an_override_has_the_last_word_on_the_rules_that_it_names(
    tmp_path: Path, top: str, override: str, runs: bool
) -> None:
    got = settings(tmp_path, f"{top}\n[[overrides]]\nfiles = ['*']\n{override}\n")
    assert runs == ("PG101" in own().selected(got, "call"))
