"""What PDF/UA asks of people, and a validator lets through: checked on the structure tree itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Object


def faults(path: Path) -> list[str]:
    """Return every fault of the file, each once."""
    with pikepdf.open(path) as pdf:
        elements = list(_below(pdf.Root.StructTreeRoot))
        found = [
            *_of_the_document(pdf),
            *_of_headings(elements),
            *_of_elements(elements),
            *_of_margins(pdf, elements),
            *_of_links(pdf),
            *_of_attachments(pdf),
        ]
        if any("/ID" in element for element in elements) and "/IDTree" not in pdf.Root.StructTreeRoot:
            found.append("elements have ids and there is no IDTree")
        return sorted(set(found))


def _kids(node: Object) -> list[Object]:
    kids = node.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _below(node: Object) -> Iterator[Object]:
    for kid in _kids(node):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from _below(kid)


def _of_the_document(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    if not str(root.get("/Lang", "")).strip():
        yield "no language"
    if not root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False):
        yield "the title bar shows the file's name"
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield "no title"
    if any(page.obj.get("/Tabs") != "/S" for page in pdf.pages):
        yield "the tab order does not follow the structure"
    if "/Outlines" not in root:
        yield "no bookmarks"


def _of_headings(elements: list[Object]) -> Iterator[str]:
    levels = [int(str(element.S)[2]) for element in elements if re.fullmatch(r"/H[1-6]", str(element.S))]
    if not levels or levels[0] != 1 or levels.count(1) != 1:
        yield "the first heading is not the only one of level 1"
    if any(after - before > 1 for before, after in pairwise(levels)):
        yield "a level of headings is skipped"


def _of_elements(elements: list[Object]) -> Iterator[str]:
    for element in elements:
        match str(element.S):
            case "/Table":
                if not any(inner.S == "/TH" for inner in _below(element)):
                    yield "a table without header cells"
            case "/TH":
                if "/Scope" not in element.get("/A", Dictionary()):
                    yield "a header cell that does not say what it heads"
            case "/Link":
                if not any(isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR" for kid in _kids(element)):
                    yield "a link that leads nowhere"
            case "/Figure":
                words = str(element.get("/Alt", ""))
                if len(words) < 20 or re.search(r"\.(?:png|svg|jpe?g)$", words):
                    yield "a figure without words"
            case _:
                pass


def _of_margins(pdf: pikepdf.Pdf, elements: list[Object]) -> Iterator[str]:
    """Text is part of the structure, or an artifact; nothing else."""
    inside = {element.objgen for element in elements}
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    owners = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
    for page in pdf.pages:
        of_page = owners[int(page.obj.StructParents)]
        for instruction in pikepdf.parse_content_stream(page):
            operands = instruction.operands
            if str(instruction.operator) != "BDC" or operands[0] == "/Artifact":
                continue
            mark = operands[1].get("/MCID") if isinstance(operands[1], Dictionary) else None
            owner = of_page[int(mark)] if mark is not None else None
            if mark is not None and not (isinstance(owner, Dictionary) and owner.objgen in inside):
                yield "text of the margins stands neither in the structure nor as an artifact"


def _of_links(pdf: pikepdf.Pdf) -> Iterator[str]:
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", []):
            words = str(annotation.get("/Contents", ""))
            if annotation.Subtype == "/Link" and not words.startswith("Go to "):
                yield f"a link described as {words!r}"


def _of_attachments(pdf: pikepdf.Pdf) -> Iterator[str]:
    for name, attached in pdf.attachments.items():
        if str(attached.relationship or "") in {"", "/Unspecified"}:
            yield f"{name} without a relationship"
        if not attached.description:
            yield f"{name} without a description"
