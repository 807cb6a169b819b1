"""An audit becomes one HTML file that needs nothing but itself."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2 import TemplateError as JinjaError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from compliance import resources
from compliance.errors import Place, TemplateError
from compliance.model.audit import Audit
from compliance.reports.kinds import ReportKind
from compliance.reports.look import OURS, Look
from compliance.reports.parts.head import Section

STYLE, SCRIPT = "report.css", "report.js"

_FONT = re.compile(r'url\("(fonts/[\w-]+\.woff2)"\)')
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)|(?<=s)'(?=\s)")
_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$#]")
_TEMPLATE_FRAME = re.compile(r"\.j2$")


def render_html(audit: Audit, kind: ReportKind, *, json_text: str) -> str:
    """Return the document as HTML. ``json_text`` is the audit in its JSON format; readers can save it.

    Raises ``TemplateError`` with the template's name and line when the template fails.
    """
    return html_of(kind.view_of((audit,)), kind, json_text=json_text)


def html_of(view: object, kind: ReportKind, *, json_text: str, look: Look = OURS) -> str:
    """Return the view of a document as HTML, with the ``look`` of whoever publishes it.

    The style sheet, its fonts and the script stand inside the file. A content security policy names them by their
    hashes and forbids everything else, so that nothing which a declaration holds can run or call anywhere.

    Raises ``TemplateError`` with the template's name and line when the template fails.
    """
    address = "data:application/json;base64," + base64.b64encode(json_text.encode()).decode()
    json_address = Markup(address)  # noqa: S704 - nothing in it needs escaping, and looking for that takes its time
    sections = with_sections(view, look)
    return page_of(sections, kind.template, script_name=kind.script, look=look, json_address=json_address)


def page_of(view: object, template: str, *, script_name: str = SCRIPT, look: Look = OURS, **more: object) -> str:
    """Return a page that needs nothing but itself: its template sees the view and whatever ``more`` names.

    Raises ``TemplateError`` with the template's name and line when the template fails.
    """
    folder = resources.folder(resources.TEMPLATES)
    style, script = _style(folder) + look.style, (folder / script_name).read_text(encoding="utf-8")
    return _rendered(
        _environment(folder, look.templates),
        template,
        view=view,
        logo=look.logo,
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        policy=Markup(content_security_policy(style=style, script=script)),  # noqa: S704 - of our own hashes
        **more,
    )


def markdown_of(view: object, kind: ReportKind) -> str:
    """Return the view of a document as Markdown, in which no word of a declaration is markup.

    Raises ``TemplateError`` with the template's name and line when the template fails.
    """
    environment = _environment(resources.folder(resources.TEMPLATES)).overlay(autoescape=False, finalize=_in_markdown)
    return _rendered(environment, kind.markdown, view=view)


def _rendered(environment: Environment, template: str, **context: object) -> str:
    try:
        return environment.get_template(template).render(**context)
    except TemplateSyntaxError as error:
        place = Place(error.name or template, error.lineno, 1)
        raise _template_error(error.message or "it cannot be read", place) from None
    except (JinjaError, TypeError, AttributeError, KeyError) as error:
        raise _template_error(_reason(error), _place(error, template)) from None


def content_security_policy(*, style: str, script: str) -> str:
    """Return the policy that allows this style, this script and inline data, and nothing from anywhere."""
    return "; ".join((
        "default-src 'none'",
        f"style-src '{_hash(style)}'",
        f"script-src '{_hash(script)}'",
        "font-src data:",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ))  # fmt: skip


def typeset(value: object) -> object:
    """Return a text as it is printed: typographic apostrophes, and no characters that steer or hide.

    Markup of our own stays as it is.
    """
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    visible = value if value.isprintable() else "".join(c if c.isprintable() else " " for c in value)
    return _APOSTROPHE.sub("\N{RIGHT SINGLE QUOTATION MARK}", visible)


def _in_markdown(value: object) -> object:
    """Return a text as Markdown that shows it as it is: nothing in it is markup, a link or a cell's end."""
    text = typeset(value)
    return _MARKUP.sub(r"\\\g<0>", text) if isinstance(text, str) and not isinstance(text, Markup) else text


def with_sections(view: Any, look: Look) -> object:  # noqa: ANN401 - every view has a head, and nothing else in common
    """Return a view with the sections that a look adds, each after the one that it names, or else at the end.

    Raises ``TemplateError`` when there is a section of that name already.
    """
    if not look.sections:
        return view
    sections = [*view.head.sections]
    for own in look.sections:
        anchors = [section.anchor for section in sections]
        if own.anchor in anchors:
            hint = "Give the look's section another id."
            raise TemplateError(f"The document has a section {own.anchor} already.", hint=hint)
        at = anchors.index(own.after) + 1 if own.after in anchors else len(sections)
        sections.insert(at, Section(own.anchor, own.title, own.template))
    return replace(view, head=replace(view.head, sections=tuple(sections)))


@cache
def _environment(folder: Path, own: Path | None = None) -> Environment:
    """Return what compiles templates, once for all documents of a run.

    Where templates of others stand among ours, it is a sandbox; in none is anything global.
    """
    environment = (ImmutableSandboxedEnvironment if own else Environment)(
        loader=FileSystemLoader([*([own] if own else []), folder], encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=typeset,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.clear()
    return environment


@cache
def _style(folder: Path) -> str:
    """Return the style sheet with its fonts inside it."""

    def font(match: re.Match[str]) -> str:
        data = base64.b64encode((folder / match[1]).read_bytes()).decode()
        return f'url("data:font/woff2;base64,{data}")'

    return _FONT.sub(font, (folder / STYLE).read_text(encoding="utf-8"))


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _template_error(reason: str, place: Place) -> TemplateError:
    return TemplateError(
        f"The template failed: {reason}.",
        hint="If you changed the template, put it right; otherwise please report this as a fault of the program.",
        place=place,
    )


def _reason(error: Exception) -> str:
    """Say what went wrong. Only jinja's own words are quoted: others could hold what a declaration says."""
    if isinstance(error, SecurityError):
        return "it reaches for something beyond the view"
    return str(error).rstrip(".") if isinstance(error, UndefinedError) else type(error).__name__


def _place(error: Exception, template: str) -> Place:
    """Return the innermost line of a template that the error passed through."""
    place, trace = Place(template), error.__traceback__
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if _TEMPLATE_FRAME.search(file):
            place = Place(file.rsplit("/templates/", 1)[-1], trace.tb_lineno, 1)
        trace = trace.tb_next
    return place
