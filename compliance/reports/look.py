"""An organisation's own look: its logo, its colours, and sections and templates of its own.

A look is a folder: ``look.yaml``, the logo that it names, and ``templates/`` with files that stand in place of ours or
beside them. What the folder holds is not trusted: its templates run in Jinja's sandbox.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from compliance import resources
from compliance.declarations.documents import document_of
from compliance.declarations.nodes import Node
from compliance.errors import DeclarationError, Place, Problem
from compliance.reports.contrast import LEAST, contrast

FILE, TEMPLATES = "look.yaml", "templates"
FRAME = ("document.html.j2", "document.md.j2", "macros.html.j2", "contents.html.j2")
"""Templates that hold every document together, its security policy among them: nothing stands in their place."""
LARGEST_LOGO = 200_000
"""Bytes: every document carries it."""
COLOURS = {"brand": ("paper", "tint"), "link": ("paper", "tint")}
"""Colour that a look may set to the grounds on which its text stands."""

_SVG = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<svg[\s>]", re.DOTALL)
_PNG = b"\x89PNG\r\n\x1a\n"
_SCHEME = re.compile(r":root \{(.*?)\n\s*\}", re.DOTALL)
_VARIABLE = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A picture beside the title."""

    address: str
    """The picture itself, as a data: address."""
    text: str
    """What is read out in its place."""


@dataclass(frozen=True, slots=True)
class OwnSection:
    """A section that an organisation adds."""

    anchor: str
    title: str
    template: str
    after: str
    """Anchor of the section that it follows; at the end of documents that have none of that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How an organisation's documents look."""

    logo: Logo | None = None
    colours: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    """``light`` and ``dark`` to the colours that each sets."""
    sections: tuple[OwnSection, ...] = ()
    templates: Path | None = None
    """Folder of its own templates."""

    @property
    def style(self) -> str:
        """The rules that set its colours; empty when it sets none."""
        light, dark = (_rule(self.colours.get(scheme, {})) for scheme in ("light", "dark"))
        return light + (f"@media screen and (prefers-color-scheme: dark) {{ {dark} }}\n" if dark else "")


OURS = Look()
"""The look of documents when nobody asks for another."""


def open_look(folder: Path) -> Look:
    """Read the look in ``folder``. Raises ``DeclarationError`` with every problem, such as a contrast below 4.5:1."""
    name = (folder / FILE).as_posix()
    document = document_of(_bytes(folder / FILE), name)
    if document.root is None:
        raise DeclarationError(document.problems)
    if document.kind != "look":
        raise DeclarationError((document.root.problem("this is no look.", "Begin it with kind: look."),))
    problems = (*_of_colours(document.root), *_of_logo(document.root, folder), *_of_templates(document.root, folder))
    if problems:
        raise DeclarationError(tuple(sorted(problems, key=lambda problem: problem.place)))
    return _read(document.root, folder)


def _read(root: Node, folder: Path) -> Look:
    logo = root.get("logo")
    templates = folder / TEMPLATES
    return Look(
        logo=Logo(address=_address(folder / logo.text("file")), text=logo.text("text")) if logo else None,
        colours={scheme: _colours(root, scheme) for scheme in ("light", "dark")},
        sections=tuple(
            OwnSection(
                anchor=each.text("id"),
                title=each.text("title"),
                template=each.text("template"),
                after=each.text("after"),
            )
            for each in root.each("sections")
        ),
        templates=templates if templates.is_dir() else None,
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or "the system refused"
        place, hint = Place(path.as_posix()), f"Give a folder that holds {FILE}."
        raise DeclarationError(
            (Problem(place=place, where="", message=f"it cannot be read: {why}.", hint=hint),)
        ) from None


def _colours(root: Node, scheme: str) -> dict[str, str]:
    colours = root.get("colours")
    return {name: colour.lower() for name, colour in colours.pairs(scheme).items()} if colours else {}


@cache
def _schemes() -> Mapping[str, Mapping[str, str]]:
    """Return the colours of our style sheet, light and dark: the grounds are its own, whatever a look sets."""
    css = (resources.folder(resources.TEMPLATES) / "report.css").read_text(encoding="utf-8")
    light, dark = (dict(_VARIABLE.findall(block)) for block in _SCHEME.findall(css)[:2])
    return {"light": light, "dark": light | dark}


def _of_colours(root: Node) -> Iterator[Problem]:
    """Yield a problem for each colour that cannot be read well on a ground on which it stands."""
    for scheme, ours in _schemes().items():
        for name, colour in _colours(root, scheme).items():
            ratio, ground = min((contrast(colour, ours[ground]), ours[ground]) for ground in COLOURS[name])
            if ratio < LEAST:
                way = "darker" if scheme == "light" else "lighter"
                yield (
                    root.child("colours")
                    .child(scheme)
                    .child(name)
                    .problem(
                        f"{colour} has a contrast of {int(ratio * 100) / 100}:1 to {ground}, on which it stands; "
                        f"{LEAST}:1 is the least that people can read.",
                        f"Choose a {way} colour.",
                    )
                )


def _of_logo(root: Node, folder: Path) -> Iterator[Problem]:
    logo = root.get("logo")
    if logo is None:
        return
    file = logo.child("file")
    path = folder / str(file.value)
    if not path.resolve().is_relative_to(folder.resolve()):
        yield file.problem("the logo stands outside the folder of the look.", "Put it beside look.yaml.")
        return
    try:
        data = path.read_bytes()
    except OSError as error:
        yield file.problem(f"the logo cannot be read: {error.strerror or 'the system refused'}.", "Look at its name.")
        return
    if len(data) > LARGEST_LOGO:
        yield file.problem("the logo is larger than 200 kB.", "Every document carries it: make it smaller.")
    elif not (data.startswith(_PNG) or _SVG.match(data)):
        yield file.problem("the logo is neither SVG nor PNG.", "Save it as one of them.")


def _of_templates(root: Node, folder: Path) -> Iterator[Problem]:
    """Yield a problem for each template that is not there, and for each that would stand in place of the frame."""
    ours = resources.folder(resources.TEMPLATES)
    for section in root.each("sections"):
        name = section.child("template")
        places = [base / str(name.value) for base in (folder / TEMPLATES, ours)]
        if not any(place.is_file() for place in places):
            yield name.problem("there is no such template.", f"Put it into {TEMPLATES}/ of the look.")
    for frame in FRAME:
        path = folder / TEMPLATES / frame
        if path.exists():
            message = "this template holds every document together, and nothing can stand in its place."
            hint = "Put another section's template in place of ours, or add a section."
            yield Problem(place=Place(path.as_posix()), where="", message=message, hint=hint)


def _address(path: Path) -> str:
    data = path.read_bytes()
    kind = "image/png" if data.startswith(_PNG) else "image/svg+xml"
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _rule(colours: Mapping[str, str]) -> str:
    variables = " ".join(f"--{name}: {colour};" for name, colour in sorted(colours.items()))
    return f":root {{ {variables} }}\n" if variables else ""
