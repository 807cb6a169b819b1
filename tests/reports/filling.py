"""Fills in the form of a PDF as a person's program does: answers in, and every field drawn again."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pikepdf
from pikepdf import Name, String


def filled(pdf: bytes, answers: Mapping[str, str]) -> bytes:
    """Return the PDF with these answers. Every name has to be one of its fields."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        fields = {str(field.T): field for field in opened.Root.AcroForm.Fields}
        assert answers.keys() <= fields.keys(), answers.keys() - fields.keys()
        for name, answer in answers.items():
            field = fields[name]
            if "/Kids" in field:
                field.V = Name("/" + answer)
                for kid in field.Kids:
                    kid.AS = Name("/" + answer) if "/" + answer in kid.AP.N else Name.Off
            else:
                field.V = String(answer)
        opened.Root.AcroForm.NeedAppearances = True
        opened.generate_appearance_streams()
        if "/NeedAppearances" in opened.Root.AcroForm:
            del opened.Root.AcroForm.NeedAppearances
        written = io.BytesIO()
        opened.save(written, deterministic_id=True, fix_metadata_version=False)
        return written.getvalue()
