"""The form of a PDF: made so that it can be filled in and still keep the standards, and read when it comes back.

WeasyPrint 70 writes fields in a font in which typed text cannot be seen, lists each radio button as a field of its
own, numbers their answers and leaves the appearance of text to whoever opens the file, which PDF/A forbids.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from compliance.reports.form_font import FIELD_FONT, FormFont

_READ_ONLY, _NO_TOGGLE, _RADIO = 1, 1 << 14, 1 << 15
"""Bits of a field's flags (ISO 32000-1, tables 221 and 226)."""
_MOST_FIELDS, _DEEPEST = 10_000, 20
_LONGEST = 20_000
"""Characters of one answer."""
OFF = "/Off"


class FormUnreadable(Exception):  # noqa: N818 - it names what is wrong, as the errors of the program do
    """A PDF holds no form that can be read; ``hint`` says what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def fields_of(data: bytes) -> dict[str, str]:
    """Return the full name of every field of a PDF's form and its answer; what is left open is empty.

    Raises ``FormUnreadable`` when the file is damaged, locked or without a form.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            form = pdf.Root.get("/AcroForm")
            roots = form.get("/Fields") if isinstance(form, Dictionary) else None
            fields = dict(_answers(roots)) if isinstance(roots, Array) else {}
    except pikepdf.PasswordError:
        raise FormUnreadable("The PDF is locked with a password.", "Save it without one.") from None
    except (pikepdf.PdfError, RecursionError, ValueError, TypeError, AttributeError, KeyError):
        raise FormUnreadable("The PDF is damaged.", "Fill in the form again and save it.") from None
    if not fields:
        raise FormUnreadable(
            "There is no form in the PDF.",
            "It was printed, scanned or flattened: fill the form in on screen and save it, without printing it.",
        )
    return fields


def _answers(nodes: pikepdf.Object, above: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield name and answer of every field below ``nodes``. Raises ``ValueError`` when two bear one name."""
    if len(nodes) > _MOST_FIELDS or depth > _DEEPEST:
        raise ValueError("the form has no end")
    seen: set[str] = set()
    for node in nodes:
        name = ".".join(part for part in (above, str(node.get("/T", ""))) if part)
        if name in seen:
            raise ValueError("two fields of one name")
        seen.add(name)
        kids = node.get("/Kids")
        if kids is not None and all("/T" in kid for kid in kids):
            yield from _answers(kids, name, depth + 1)
        else:
            yield name, _answer(node, kids)


def _answer(field: pikepdf.Object, kids: pikepdf.Object | None) -> str:
    """Return the answer of one field: text as it stands, the name of the button that is pressed."""
    value = field.get("/V")
    if field.get("/FT") == Name.Btn:
        states = {str(kid.get("/AS", OFF)) for kid in kids or [field]} - {OFF}
        pressed = {str(value)} - {OFF, "None"} or states
        return pressed.pop().removeprefix("/") if len(pressed) == 1 else ""
    if value is None:
        return ""
    text = value.read_bytes().decode("utf-8", "replace") if isinstance(value, pikepdf.Stream) else str(value)
    return text[:_LONGEST]


def make_fillable(pdf: pikepdf.Pdf, font: FormFont) -> None:
    """Put right what WeasyPrint writes of a form, and draw every field, so that nobody has to when it is opened."""
    form = pdf.Root.AcroForm
    widgets = [
        note for page in pdf.pages for note in page.obj.get("/Annots", []) if note.get("/Subtype") == Name.Widget
    ]
    kids = {kid.objgen for field in form.Fields for kid in field.get("/Kids", [])}
    groups = [field for field in form.Fields if "/Kids" in field]
    form.Fields = Array([field for field in form.Fields if field.objgen not in kids])
    for group in groups:
        _name_answers(group)
    form.DR = Dictionary(Font=Dictionary({FIELD_FONT: _font(pdf, font)}))
    for widget in widgets:
        if "/DA" in widget:
            graphics_out = re.sub(r"/\S+ gs\s*", "", str(widget.DA))
            widget.DA = String(re.sub(r"/\S+ (\S+) Tf", rf"{FIELD_FONT} \1 Tf", graphics_out))
        if is_mark(widget):
            widget.Ff = int(widget.get("/Ff", 0)) | _READ_ONLY
    draw_fields(pdf)


def is_mark(widget: pikepdf.Object) -> bool:
    """Whether a text field holds something when it is made: then nobody is to write into it."""
    return widget.get("/FT") == Name.Tx and bool(str(widget.get("/V", "")))


def draw_fields(pdf: pikepdf.Pdf) -> None:
    """Draw the text of every field into its appearance (ISO 19005-3, 6.4.1 and 6.3.3)."""
    form = pdf.Root.AcroForm
    form.NeedAppearances = True  # else fields that are empty are not drawn
    pdf.generate_appearance_streams()
    if "/NeedAppearances" in form:
        del form.NeedAppearances
    for widget in _widgets(pdf):
        drawn = widget.get("/AP", Dictionary()).get("/N")
        if isinstance(drawn, pikepdf.Stream) and "/Resources" not in drawn:
            drawn.Resources = Dictionary(Font=form.DR.Font)


def _widgets(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield every field that can be seen, in the order of the pages."""
    notes = (note for page in pdf.pages for note in page.obj.get("/Annots", []))
    return (note for note in notes if note.get("/Subtype") == Name.Widget)


def _name_answers(group: pikepdf.Object) -> None:
    """Let a group be called by its question alone, and its buttons by their answers instead of by numbers.

    A button is titled ``question: answer``.
    """
    answers = [str(answer) for answer in group.get("/Opt", [])]
    group.Ff = _RADIO | _NO_TOGGLE
    for number, kid in enumerate(group.Kids):
        drawn = kid.AP.N
        kid.AP.N = Dictionary({f"/{answers[number]}": drawn[f"/{number}"]})
        kid.AS = Name.Off
        for key in ("/T", "/V"):
            if key in kid:
                del kid[key]
    group.TU = str(group.Kids[0].TU).rpartition(": ")[0] or group.TU
    group.V = Name.Off
    if "/Opt" in group:
        del group.Opt


def _font(pdf: pikepdf.Pdf, font: FormFont) -> pikepdf.Object:
    """Return the font of the fields: one byte a letter, as those who fill in forms write it (ISO 32000-1, 9.6.3)."""
    described = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name("/" + font.name),
            Flags=32,
            FontBBox=Array(list(font.box)),
            ItalicAngle=0,
            Ascent=font.ascent,
            Descent=font.descent,
            CapHeight=font.capital,
            StemV=90,
            FontFile2=pdf.make_stream(font.data, Length1=len(font.data)),
        )
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=Name("/" + font.name),
            FirstChar=font.first,
            LastChar=font.first + len(font.widths) - 1,
            Widths=Array(list(font.widths)),
            FontDescriptor=described,
            Encoding=Name.WinAnsiEncoding,
        )
    )
