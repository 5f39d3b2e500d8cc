"""What the configuration says of a model's context window reaches the rules."""

from __future__ import annotations

from pathlib import Path

from promptgauge.config import Configurations


def test_the_windows_of_models_are_among_the_settings(tmp_path: Path) -> None:
    text = "[models.Own]\ncontext = 8000\n\n[models.other]\ninput_price = 1.0\n"
    (tmp_path / "promptgauge.toml").write_text(text, encoding="utf-8")
    file = tmp_path / "a.j2"
    assert {"own": 8000} == Configurations(tmp_path).for_file(file).settings_for(file).contexts
