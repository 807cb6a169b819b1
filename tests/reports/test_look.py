"""An organisation's own look: what it may set, what it is refused, and that its templates stay in their sandbox."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from compliance.errors import DeclarationError, TemplateError
from compliance.reports.contrast import contrast
from compliance.reports.look import FRAME, OURS, Look, open_look
from compliance.reports.pdf import render_pdf
from compliance.reports.registry import REPORT_KINDS
from compliance.reports.writers import draft
from tests.conftest import Cli
from tests.reports import example_audit, reading, verapdf

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>Zorvik Trust</title><path d="M0 0h9v9z"/></svg>'
)
LOW = "on which it stands; 4.5:1 is the least that people can read."
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
WHOLE = """\
kind: look
logo: {file: logo.svg, text: Zorvik Trust}
colours:
  light: {brand: "#5A1A5A", link: "#5a1a5a"}
  dark: {brand: "#e7b8e7"}
sections:
  - {id: from-the-trust, title: A word from the trust, template: word.html.j2, after: summary}
  - {id: last, title: Last, template: word.html.j2}
"""
WORD = """\
{% import "macros.html.j2" as m %}
<section aria-labelledby="own">
  <h2 id="own">Own: {{ view.head.name }}</h2>
  <p>{{ text|default(view.head.school) }}</p>
</section>
"""


def look_in(folder: Path, text: str = WHOLE, **templates: str) -> Path:
    (folder / "templates").mkdir(parents=True, exist_ok=True)
    (folder / "look.yaml").write_text(text, encoding="utf-8")
    (folder / "logo.svg").write_bytes(SVG)
    (folder / "templates" / "word.html.j2").write_text(WORD, encoding="utf-8")
    for name, content in templates.items():
        path = folder / "templates" / f"{name.replace('__', '/').replace('_', '-')}.html.j2"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def rendered(look: Look, kind: str = "school-privacy") -> str:
    return draft(REPORT_KINDS[kind], (example_audit.example_audit(),), json_text="{}", look=look).html


AFTER_SUMMARY = {"school-privacy", "authorisation-review"}
"""Kinds with a section called summary; in all others a section that is to follow it stands last."""


@pytest.mark.parametrize("kind", REPORT_KINDS)
def test_every_document_wears_it(tmp_path: Path, kind: str) -> None:
    text = WHOLE.replace("template: word", "template: word")
    html = rendered(open_look(look_in(tmp_path, text.partition("  - {id: last")[0])), kind)
    page = reading.tree(html)
    (logo,) = page.xpath('//p[@class="logo"]/img')
    assert logo.get("alt") == "Zorvik Trust"
    assert base64.b64decode(logo.get("src").partition("base64,")[2]) == SVG
    assert ":root { --brand: #5a1a5a; --link: #5a1a5a; }" in html
    assert "(prefers-color-scheme: dark) { :root { --brand: #e7b8e7; }" in html
    headings = [reading.words_of(heading) for heading in page.iter("h2")]
    own = "Own: Wellbeing and attitudes survey"
    assert headings.index(own) == (1 if kind in AFTER_SUMMARY else len(headings) - 1)
    assert re.search(r"2\.? ?A word from the trust|A word from the trust", reading.words_of(page.find("body")))


def test_without_one_nothing_changes() -> None:
    assert (
        rendered(OURS) == draft(REPORT_KINDS["school-privacy"], (example_audit.example_audit(),), json_text="{}").html
    )
    assert 'class="logo"' not in rendered(OURS)


def test_a_template_can_stand_in_place_of_ours(tmp_path: Path) -> None:
    look = open_look(look_in(tmp_path, "kind: look\n", parts__glossary="<h2 id='glossary'>Our own words</h2>"))
    html = rendered(look)
    assert "Our own words" in html
    assert "Whom to ask" in html


BAD = {
    "too light": (
        'kind: look\ncolours:\n  light: {brand: "#7799bb"}\n',
        f":3:18: colours.light.brand: #7799bb has a contrast of 2.71:1 to #f2f5f8, {LOW} Choose a darker colour.",
    ),
    "too dark": (
        'kind: look\ncolours:\n  dark: {link: "#555555"}\n',
        f":3:16: colours.dark.link: #555555 has a contrast of 2.02:1 to #1e2730, {LOW} Choose a lighter colour.",
    ),
    "no colour": (
        "kind: look\ncolours:\n  light: {brand: purple}\n",
        ':3:18: colours.light.brand: expected a colour, such as "#12395b".',
    ),
    "another kind": (
        "kind: organisation\nname: Zorvik Trust\n", ":1:1: this is no look. Begin it with kind: look."
    ),
    "no logo": (
        "kind: look\nlogo: {file: none.svg, text: A}\n",
        ":2:14: logo.file: the logo cannot be read: No such file or directory. Look at its name.",
    ),
    "a logo elsewhere": (
        "kind: look\nlogo: {file: ../logo.svg, text: A}\n",
        ":2:14: logo.file: the logo stands outside the folder of the look. Put it beside look.yaml.",
    ),
    "no picture": (
        "kind: look\nlogo: {file: look.yaml, text: A}\n",
        ":2:14: logo.file: the logo is neither SVG nor PNG. Save it as one of them.",
    ),
    "no template": (
        "kind: look\nsections:\n  - {id: a, title: A, template: none.html.j2}\n",
        ":3:33: sections[0].template: there is no such template. Put it into templates/ of the look.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_is_refused(tmp_path: Path, case: str) -> None:
    text, problem = BAD[case]
    with pytest.raises(DeclarationError) as caught:
        open_look(look_in(tmp_path, text))
    assert [str(each) for each in caught.value.problems] == [(tmp_path / "look.yaml").as_posix() + problem]


@pytest.mark.parametrize("name", FRAME)
def test_nothing_stands_in_place_of_the_frame(tmp_path: Path, name: str) -> None:
    look_in(tmp_path, "kind: look\n")
    (tmp_path / "templates" / name).write_text("<html>", encoding="utf-8")
    with pytest.raises(DeclarationError) as caught:
        open_look(tmp_path)
    assert "holds every document together" in caught.value.problems[0].message


def test_a_large_logo_and_a_missing_look_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match="1 problem"):
        open_look(tmp_path)
    look_in(tmp_path)
    (tmp_path / "logo.svg").write_bytes(SVG + b" " * 200_000)
    with pytest.raises(DeclarationError) as caught:
        open_look(tmp_path)
    assert caught.value.problems[0].message == "the logo is larger than 200 kB."


ESCAPES = (
    "{{ view.__class__ }}",
    "{{ view.head.number.__globals__ }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ view.head.sections.__init__ }}",
    "{% set x = view.head.__setattr__('name', 'x') %}",
    "{{ (view|attr('__class__')) }}",
)


@pytest.mark.parametrize("escape", ESCAPES)
def test_a_template_reads_the_view_and_nothing_else(tmp_path: Path, escape: str) -> None:
    look = open_look(look_in(tmp_path, "kind: look\n", parts__glossary=f"<p>\n{escape}\n</p>"))
    with pytest.raises(TemplateError) as caught:
        rendered(look)
    assert "parts/glossary.html.j2" in str(caught.value.place)
    assert caught.value.message in {
        "The template failed: it reaches for something beyond the view.",
        "The template failed: access to attribute '__class__' of 'str' object is unsafe.",
        "The template failed: access to attribute '__class__' of 'SchoolPrivacyView' object is unsafe.",
    }


@pytest.mark.parametrize("name", ["range", "dict", "lipsum", "cycler", "joiner", "namespace", "config", "request"])
def test_there_is_nothing_global(tmp_path: Path, name: str) -> None:
    look = open_look(look_in(tmp_path, "kind: look\n", parts__glossary=f"{{{{ {name} }}}}"))
    with pytest.raises(TemplateError, match=f"'{name}' is undefined"):
        rendered(look)


def test_no_file_but_templates_can_be_included(tmp_path: Path) -> None:
    for name in ("/etc/hostname", "../look.yaml", "../../etc/hostname"):
        look = open_look(look_in(tmp_path, "kind: look\n", parts__glossary=f"{{% include '{name}' %}}"))
        with pytest.raises(TemplateError):
            rendered(look)


def test_a_view_cannot_be_changed(tmp_path: Path) -> None:
    text = "{% set _ = view.findings.append(1) %}"
    look = open_look(look_in(tmp_path, "kind: look\n", parts__glossary=text))
    with pytest.raises(TemplateError):
        rendered(look)


def test_scripts_and_addresses_of_a_template_do_nothing(tmp_path: Path) -> None:
    text = '<script>document.title = "run"</script><img alt="x" src="https://example.org/x.png">'
    look = open_look(look_in(tmp_path, "kind: look\n", parts__glossary=text))
    html = rendered(look)
    assert "default-src 'none'" in html
    assert "unsafe" not in re.findall(r'Policy" content="([^"]*)"', html)[0]
    with pytest.raises(TemplateError, match="nothing is fetched"):
        render_pdf(html)


def test_two_sections_of_one_name_are_told(tmp_path: Path) -> None:
    text = "kind: look\nsections:\n  - {id: summary, title: A, template: word.html.j2}\n"
    with pytest.raises(TemplateError, match="has a section summary already"):
        rendered(open_look(look_in(tmp_path, text)))


def test_a_logo_can_be_a_png(tmp_path: Path) -> None:
    look_in(tmp_path, "kind: look\nlogo: {file: logo.png, text: A}\n")
    (tmp_path / "logo.png").write_bytes(PNG)
    logo = open_look(tmp_path).logo
    assert logo
    assert logo.address.startswith("data:image/png;base64,")


def test_the_measure_agrees_with_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_command_takes_a_look(cli: Cli, tmp_path: Path) -> None:
    look_in(tmp_path / "look", WHOLE.replace("#5A1A5A", "#ff77ff"))
    made = cli("report", "permission_sets/apps/wellbeing", "--look", tmp_path / "look", "--out", tmp_path / "out")
    assert made.code == 3
    assert "#ff77ff has a contrast of 2." in made.err
    assert not (tmp_path / "out").exists()
    look_in(tmp_path / "look")
    made = cli(
        "report", "permission_sets/apps/wellbeing", "--look", tmp_path / "look", "--out", tmp_path / "out",
        "--format", "html",
    )  # fmt: skip
    assert made.code == 0, made.err
    assert "A word from the trust" in next((tmp_path / "out").iterdir()).read_text(encoding="utf-8")


def test_a_look_is_not_forgotten_in_a_batch(cli: Cli, tmp_path: Path) -> None:
    made = cli("report", "permission_sets/apps/wellbeing", "--look", look_in(tmp_path / "look"), "--all", tmp_path)
    assert (made.code, made.out) == (2, "")
    assert "--look is not taken together with --all." in made.err


@pytest.mark.slow
@pytest.mark.parametrize("picture", [SVG, pytest.param(PNG, marks=pytest.mark.wide)], ids=["svg", "png"])
def test_a_pdf_with_a_look_keeps_the_standards(tmp_path: Path, picture: bytes) -> None:
    look = look_in(tmp_path / "look")
    (look / "logo.svg").write_bytes(picture)
    made = draft(REPORT_KINDS["school-privacy"], (example_audit.example_audit(),), json_text="{}", look=open_look(look))
    (tmp_path / "report.pdf").write_bytes(render_pdf(made.html))
    for profile in ("ua1", "3a"):
        assert verapdf.judge(tmp_path / "report.pdf", profile).failures == ()
