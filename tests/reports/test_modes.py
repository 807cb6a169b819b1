"""More contrast, forced colours and stillness, for every kind of document, in a real Chromium."""

from __future__ import annotations

import re
from typing import Any

import pytest

from compliance import resources
from compliance.reports.contrast import contrast
from compliance.reports.registry import REPORT_KINDS
from compliance.reports.writers import draft
from tests.reports import reviewed, test_contrast
from tests.reports.test_browser import Visit, _browser, pytestmark  # noqa: F401 - a fixture and a mark
from tests.reports.wide import pairs

WIDE = {"width": 1200, "height": 900}
MODES: dict[str, dict[str, Any]] = {
    "more contrast": {"contrast": "more", "color_scheme": "light", "viewport": WIDE},
    "more contrast, dark": {"contrast": "more", "color_scheme": "dark", "viewport": WIDE},
    "forced colours": {"forced_colors": "active", "color_scheme": "light", "viewport": WIDE},
    "forced colours, dark": {"forced_colors": "active", "color_scheme": "dark", "viewport": WIDE},
    "forced colours, narrow": {"forced_colors": "active", "viewport": {"width": 320, "height": 640}},
    "still": {"reduced_motion": "reduce", "viewport": WIDE},
}
CSS = (resources.folder("templates") / "report.css").read_text(encoding="utf-8")
LEAST = 10


@pytest.fixture(name="addresses", scope="module")
def _addresses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Write every kind of document and return where."""
    folder = tmp_path_factory.mktemp("modes")
    for name, kind in REPORT_KINDS.items():
        made = draft(kind, (reviewed.review_audit(),), json_text="{}")
        (folder / f"{name}.html").write_text(made.html, encoding="utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in REPORT_KINDS}


@pytest.mark.parametrize(
    ("kind", "mode"),
    pairs(
        REPORT_KINDS,
        MODES,
        lambda kind, mode: kind == "school-privacy" and mode in {"forced colours", "more contrast, dark"},
    ),
)
def test_axe_finds_nothing_in_any_mode(browser: Any, addresses: dict[str, str], kind: str, mode: str) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - only for slow tests

    visit = Visit(browser, addresses[kind], bypass_csp=True, **MODES[mode])
    found = Axe().run(visit.page)
    assert found.violations_count == 0, found.generate_report()
    assert visit.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def style(page: Any, selector: str, part: str | None, name: str) -> str:
    """Return a computed style of the first element, or of its ``part``."""
    script = "([s, p, n]) => getComputedStyle(document.querySelector(s), p)[n]"
    return str(page.evaluate(script, [selector, part, name]))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_shapes_take_the_colours_that_the_system_forces(browser: Any, addresses: dict[str, str], scheme: str) -> None:
    view = {"color_scheme": scheme, "viewport": WIDE}
    page = Visit(browser, addresses["school-privacy"], forced_colors="active", **view).page
    for selector in (".tag.stop", ".cell.yes", ".verdict"):
        assert style(page, selector, None, "backgroundImage") == "none"
        assert "data:image/svg+xml" in style(page, selector, "::before", "maskImage")
        assert style(page, selector, "::before", "backgroundColor") == style(page, "body", None, "color")
    assert style(page, ".chart .strong", None, "fill") == style(page, "body", None, "color")
    ordinary = Visit(browser, addresses["school-privacy"], **view).page
    assert style(ordinary, ".tag.stop", "::before", "content") == "none"
    assert "data:image/svg+xml" in style(ordinary, ".tag.stop", None, "backgroundImage")


def test_every_shape_has_a_form_for_forced_colours() -> None:
    forced = CSS.partition("(forced-colors: active)")[2].partition("@media")[0]
    shapes = set(re.findall(r"--(shape-\w+): url", CSS))
    assert set(re.findall(r"var\(--(shape-\w+)\)", forced)) == shapes


def test_nothing_moves_for_those_who_ask(browser: Any, addresses: dict[str, str]) -> None:
    for wish, behaviour in (("reduce", "auto"), ("no-preference", "smooth")):
        page = Visit(browser, addresses["school-privacy"], reduced_motion=wish).page
        assert style(page, "html", None, "scrollBehavior") == behaviour
        page.evaluate("document.querySelector('main').style.transition = 'opacity 3s'")
        moves = style(page, "main", None, "transitionDuration") == "3s"
        assert moves == (wish == "no-preference")


@pytest.mark.parametrize("dark", [False, True])
def test_more_contrast_is_more(dark: bool) -> None:  # noqa: FBT001 - a scheme
    blocks = re.findall(r"html\[lang\] \{(.*?)\n\s*\}", CSS, re.DOTALL)
    light, darker = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in blocks)
    assert light.keys() == darker.keys()
    ours = test_contrast.palettes()["light"].keys() - {"focus"}
    assert light.keys() == ours
    colour = darker if dark else light
    pairs = [(text, ground) for text in (*test_contrast.ON_PAPER, "line") for ground in test_contrast.GROUNDS]
    pairs += [(text, f"{text}-bg") for text in test_contrast.TINTED]
    pairs += [("ink", f"{text}-bg") for text in test_contrast.TINTED] + [("paper", "brand")]
    assert min(contrast(*(colour[name] for name in pair)) for pair in pairs) >= LEAST


def test_an_organisations_colours_give_way_to_more_contrast(browser: Any, addresses: dict[str, str]) -> None:
    page = Visit(browser, addresses["school-privacy"], contrast="more", color_scheme="light", bypass_csp=True).page
    page.add_style_tag(content=":root { --brand: #5a1a5a; }")
    assert style(page, "h1", None, "color") == "rgb(10, 42, 71)"
