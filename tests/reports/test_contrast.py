"""Every pair of text and ground is at 7:1 or better, in light and in dark. Computed from the style sheet."""

from __future__ import annotations

import re

import pytest

from compliance import resources

CSS = (resources.folder("templates") / "report.css").read_text(encoding="utf-8")

GROUNDS = ("paper", "tint")
ON_PAPER = ("ink", "ink2", "brand", "link", "unseen")
TINTED = ("stop", "caution", "ok", "info", "special", "unseen")


def palettes() -> dict[str, dict[str, str]]:
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\n\s*\}", CSS, re.DOTALL)
    )
    return {"light": light, "dark": light | dark}


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_agrees_with_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pair_is_easy_to_read(scheme: str) -> None:
    colour = palettes()[scheme]
    pairs = [(text, ground) for text in ON_PAPER for ground in GROUNDS]
    pairs += [(name, f"{name}-bg") for name in TINTED]
    pairs += [("ink", f"{name}-bg") for name in TINTED]
    pairs += [("paper", "brand")]
    assert {
        pair: contrast(colour[pair[0]], colour[pair[1]])
        for pair in pairs
        if contrast(colour[pair[0]], colour[pair[1]]) < 7
    } == {}


def test_both_schemes_set_every_colour_and_shape() -> None:
    light, dark = (
        set(re.findall(r"--([\w-]+):", block)) for block in re.findall(r":root \{(.*?)\n\s*\}", CSS, re.DOTALL)
    )
    assert light == dark
    assert {f"shape-{name}" for name in TINTED} <= light


def test_the_drawings_for_paper_use_the_colours_of_the_light_scheme() -> None:
    """A drawing in a PDF cannot read variables, so its colours are written out."""
    known = {value.lower() for value in palettes()["light"].values()} | {"#8795a3", "#1d5d8c", "#dbe8f2", "#ffffff"}
    folder = resources.folder("templates")
    used = {c for path in folder.rglob("*.j2") for c in re.findall(r"#[0-9a-f]{6}\b", path.read_text(encoding="utf-8"))}
    assert used
    assert used <= known
    assert contrast("#ffffff", palettes()["light"]["brand"]) >= 7
