"""The font of form fields: cut from the documents' own, with the letters that a filled form can hold.

A font of its own, because WeasyPrint 70 maps glyphs of a font that stands in a form to letters by the font's plain
table alone: digits and ligatures that it sets in another shape would be gone from the text of the whole document.
"""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from functools import cache

from compliance import resources

FIELD_FONT = "/RF"
"""How fields name it."""
FAMILY = "Report Form"
_FROM = "fonts/PublicSans-400.woff2"
_FIRST, _LAST = 32, 255
_POSTSCRIPT_NAME = 6
_ENCODING = "cp1252"
"""The letters of WinAnsiEncoding; others can be kept in a field, and are not drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFont:
    """A TrueType font of one byte a letter. Lengths are in thousandths of its size."""

    name: str
    data: bytes
    first: int
    """Code of the first width."""
    widths: tuple[int, ...]
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    capital: int

    @property
    def style(self) -> str:
        """The rule by which a style sheet knows it."""
        data = base64.b64encode(self.data).decode()
        return f'@font-face {{ font-family: "{FAMILY}"; src: url("data:font/ttf;base64,{data}"); }}'


@cache
def form_font() -> FormFont:
    """Cut the font; the same each time."""
    from fontTools import subset  # noqa: PLC0415 - slow to load, and wanted for PDFs with a form alone
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - likewise

    letters = [bytes([code]).decode(_ENCODING, "ignore") for code in range(_FIRST, _LAST + 1)]
    font = TTFont(resources.folder(resources.TEMPLATES) / _FROM, recalcTimestamp=False)
    font.flavor = None
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, recalc_timestamp=False)
    cut = subset.Subsetter(options)
    cut.populate(unicodes=[ord(letter) for letter in letters if letter])
    cut.subset(font)
    for name in font["name"].names:  # a font of another's name would be taken for it
        name.string = FAMILY if name.nameID != _POSTSCRIPT_NAME else FAMILY.replace(" ", "")
    scale = 1000 / font["head"].unitsPerEm
    glyphs, metrics = font.getBestCmap(), font["hmtx"]
    written = io.BytesIO()
    font.save(written)
    head = font["head"]
    return FormFont(
        name="ReportForm",
        data=written.getvalue(),
        first=_FIRST,
        widths=tuple(round(metrics[glyphs.get(ord(letter or "\0"), ".notdef")][0] * scale) for letter in letters),
        box=(round(head.xMin * scale), round(head.yMin * scale), round(head.xMax * scale), round(head.yMax * scale)),
        ascent=round(font["hhea"].ascent * scale),
        descent=round(font["hhea"].descent * scale),
        capital=round(font["OS/2"].sCapHeight * scale),
    )
