"""What WeasyPrint 70 leaves out of a PDF/A-3a file, so that it is PDF/UA-1 as well.

One small repair each: header cells say what they head (Kozea/WeasyPrint issue 2508), element ids can be looked up,
page headers and footers are no part of the text (issue 1836), links say where they lead, and the metadata names both
standards (issue 2783: WeasyPrint writes one variant a file).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from compliance.reports.form_font import FormFont
from compliance.reports.pdf_form import make_fillable

_UA_METADATA = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
"""ISO 14289-1 asks for ``pdfuaid:part``; ISO 19005-3 asks that a schema it does not know is described."""


@dataclass(frozen=True, slots=True)
class _Element:
    """A node of the structure tree and the nodes above it, outermost first."""

    node: pikepdf.Object
    above: tuple[pikepdf.Object, ...]

    @property
    def row(self) -> pikepdf.Object | None:
        """The table row it stands in."""
        return next((node for node in reversed(self.above) if node.S == Name.TR), None)

    def is_in(self, tag: pikepdf.Object) -> bool:
        """Whether it stands somewhere below an element of this tag."""
        return any(tag == node.S for node in self.above)


def finish(data: bytes, font: FormFont | None = None) -> bytes:
    """Return the file with everything repaired, and its form, if it has one, set in ``font``.

    The same bytes in give the same bytes out.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        tree = pdf.Root.StructTreeRoot
        elements = tuple(_below(tree, ()))
        _say_what_headers_head(elements)
        _index_ids(pdf, tree, elements)
        _take_margins_out_of_the_text(pdf, tree, elements)
        _say_where_links_lead(pdf)
        _name_both_standards(pdf)
        if font and "/AcroForm" in pdf.Root:
            make_fillable(pdf, font)
        pdf.remove_unreferenced_resources()
        finished = io.BytesIO()
        pdf.save(
            finished,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return finished.getvalue()


def _below(node: pikepdf.Object, above: tuple[pikepdf.Object, ...]) -> Iterator[_Element]:
    """Yield every structure element below ``node``, in reading order."""
    for kid in _kids(node):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield _Element(kid, above)
            yield from _below(kid, (*above, kid))


def _kids(node: pikepdf.Object) -> list[pikepdf.Object]:
    kids = node.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _say_what_headers_head(elements: tuple[_Element, ...]) -> None:
    """Give every TH a Scope: a column in a table's head or above the cells that name it, else a row."""
    rows_headed: dict[bytes, set[tuple[int, int]]] = {}
    for cell in elements:
        if cell.node.S == Name.TD and cell.row is not None:
            for header in cell.node.get("/A", Dictionary()).get("/Headers", []):
                rows_headed.setdefault(bytes(header), set()).add(cell.row.objgen)
    for cell in elements:
        if cell.node.S == Name.TH:
            headed = rows_headed.get(bytes(cell.node.ID), set()) if "/ID" in cell.node else set()
            heads_others = bool(headed) and cell.row is not None and cell.row.objgen not in headed
            attributes = cell.node.get("/A", Dictionary(O=Name.Table))
            attributes.Scope = Name.Column if cell.is_in(Name.THead) or heads_others else Name.Row
            cell.node.A = attributes


def _index_ids(pdf: pikepdf.Pdf, tree: pikepdf.Object, elements: tuple[_Element, ...]) -> None:
    """Write the IDTree through which cells find the headers that they name."""
    by_id = {bytes(element.node.ID): element.node for element in elements if "/ID" in element.node}
    if by_id:
        names = Array([part for key in sorted(by_id) for part in (String(key), by_id[key])])
        limits = Array([String(min(by_id)), String(max(by_id))])
        leaf = pdf.make_indirect(Dictionary(Names=names, Limits=limits))
        tree.IDTree = pdf.make_indirect(Dictionary(Kids=Array([leaf])))


def _take_margins_out_of_the_text(pdf: pikepdf.Pdf, tree: pikepdf.Object, elements: tuple[_Element, ...]) -> None:
    """Mark the text of page margins as Artifact: it is tagged, but stands outside the structure tree."""
    inside = {element.node.objgen for element in elements}
    parents = _number_tree(tree.ParentTree)
    for page in pdf.pages:
        if "/StructParents" not in page.obj:
            continue
        owners = parents[int(page.obj.StructParents)]
        loose = {
            number
            for number, owner in enumerate(owners)
            if not (isinstance(owner, Dictionary) and owner.objgen in inside)
        }
        if loose:
            page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(list(_as_artifacts(page, loose))))
            for number in loose:
                owners[number] = None


def _number_tree(tree: pikepdf.Object) -> Mapping[int, pikepdf.Object]:
    return {int(tree.Nums[at]): tree.Nums[at + 1] for at in range(0, len(tree.Nums), 2)}


def _as_artifacts(page: pikepdf.Page, loose: set[int]) -> Iterator[pikepdf.ContentStreamInstruction]:
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, instruction.operator
        marks = str(operator) == "BDC" and isinstance(operands[1], Dictionary)
        if marks and int(operands[1].get("/MCID", -1)) in loose:
            artifact = [Name.Artifact, Dictionary(Type=Name.Pagination)]
            yield pikepdf.ContentStreamInstruction(artifact, operator)
        else:
            yield pikepdf.ContentStreamInstruction(operands, operator)


def _say_where_links_lead(pdf: pikepdf.Pdf) -> None:
    """Describe links inside the document by the heading they lead to; WeasyPrint writes the anchor's id."""
    headings = {_spot(item.Dest): str(item.Title) for item in _outline(pdf.Root.get("/Outlines"))}
    tree = pdf.Root.get("/Names", Dictionary()).get("/Dests", Dictionary()).get("/Names", Array())
    titles = {str(tree[at]): headings.get(_spot(tree[at + 1])) for at in range(0, len(tree), 2)}
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", []):
            if annotation.get("/Subtype") == Name.Link and "/Dest" in annotation:
                title = titles.get(str(annotation.Dest))
                annotation.Contents = String(f"Go to {title}" if title else "Go to another part of this report")


def _outline(node: pikepdf.Object | None) -> Iterator[pikepdf.Object]:
    """Yield every bookmark below ``node``."""
    item = node.get("/First") if node is not None else None
    while item is not None:
        yield item
        yield from _outline(item)
        item = item.get("/Next")


def _spot(destination: pikepdf.Object) -> tuple[tuple[int, int], float, float]:
    """Return page and place of a destination, so that two of them can be told to be the same."""
    return destination[0].objgen, round(float(destination[2]), 1), round(float(destination[3]), 1)


def _name_both_standards(pdf: pikepdf.Pdf) -> None:
    """Add PDF/UA-1 to the metadata that names PDF/A-3a."""
    metadata = pdf.Root.Metadata.read_bytes()
    before, end, after = metadata.rpartition(b"</rdf:RDF>")
    pdf.Root.Metadata.write(before + _UA_METADATA + end + after)
