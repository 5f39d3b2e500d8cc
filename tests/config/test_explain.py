"""Every setting says what it is for a file and where it comes from."""

from pathlib import Path

import pytest

from promptgauge.config import Configurations
from promptgauge.lint.loader import load_rules

CONFIG = """\
include = ["prompts/**"]
ignore = ["PG1"]
encoding = "cl100k_base"
[thresholds.PG202]
tokens = 900
[[overrides]]
files = ["prompts/big/**", "*.big"]
select = ["behaviour-over-budget"]
ignore = ["PG2"]
levels.PG101 = "error"
"""


def explained(folder: Path, name: str, content: str | None = CONFIG) -> dict[str, tuple[object, str]]:
    if content is not None:
        (folder / "promptgauge.toml").write_text(content)
    path = folder / name
    return {key: (value, where) for key, value, where in Configurations(folder).for_file(path).explain(path)}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_value_says_at_which_line_it_stands(tmp_path: Path) -> None:
    got = explained(tmp_path, "prompts/a.txt")
    assert (("prompts/**",), "promptgauge.toml:1") == got["include"]
    assert (("PG1",), "promptgauge.toml:2") == got["ignore"]
    assert ("cl100k_base", "promptgauge.toml:3") == got["encoding"]
    assert (900.0, "promptgauge.toml:5") == got["thresholds.PG202.tokens"]


def test_what_is_not_set_says_default(tmp_path: Path) -> None:
    got = explained(tmp_path, "prompts/a.txt")
    assert ((), "default") == got["exclude"]
    assert ("information", "default") == got["levels.PG101"]
    assert ("default") == got["thresholds.PG101.tokens"][1]
    assert (None, "default") == got["format"]
    assert ("call", "default") == got["purpose"]


def test_an_override_says_so_with_its_globs(tmp_path: Path) -> None:
    got = explained(tmp_path, "prompts/big/a.txt")
    note = "(override prompts/big/**, *.big)"
    assert ("error", f"promptgauge.toml:10 {note}") == got["levels.PG101"]
    assert (("PG101",), f"promptgauge.toml:8 {note}") == got["select"]
    assert (("PG1", "PG2"), f"promptgauge.toml:2, promptgauge.toml:9 {note}") == got["ignore"]


def test_the_last_line_tells_the_rules_that_result(tmp_path: Path) -> None:
    plain = explained(tmp_path, "prompts/a.txt")["rules"]
    big = explained(tmp_path, "prompts/big/a.txt")["rules"]
    assert "ignore" == plain[1]
    assert "select, ignore" == big[1]
    assert isinstance(plain[0], tuple)
    assert isinstance(big[0], tuple)
    assert "PG101" not in plain[0]
    assert "PG202" in plain[0]
    assert "PG101" in big[0]
    assert "PG202" not in big[0]


def test_the_rules_are_those_for_the_purpose_of_the_file(tmp_path: Path) -> None:
    got = explained(tmp_path, "AGENTS.md", "")
    assert ("assistant", "default") == got["purpose"]
    assert ("PG101" in str(got["rules"])) is False
    assert "PG204" in str(got["rules"])


def test_without_a_configuration_all_is_default(tmp_path: Path) -> None:
    got = explained(tmp_path, "a.j2", None)
    assert {"default"} == {where for _, where in got.values()}
    stable = tuple(rule.code for rule in load_rules() if rule.stage == "stable" and "call" in rule.purposes)
    assert stable == got["rules"][0]
