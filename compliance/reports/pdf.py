"""An HTML document becomes a PDF that is PDF/UA-1 and PDF/A-3a at once.

WeasyPrint lays it out and tags it; ``pdf_finish`` adds what WeasyPrint leaves out. Nothing is fetched: the document
holds its fonts itself, and every address but ``data:`` is refused.
"""

from __future__ import annotations

import datetime as dt
import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from types import ModuleType
from typing import Any, cast

from compliance import resources
from compliance.errors import OutputError, TemplateError
from compliance.model.audit import Audit
from compliance.reports.form_font import FormFont, form_font
from compliance.reports.pdf_finish import finish

PAGE_STYLE = "pages.css"
"""Running headers, page numbers and the like: rules that only a PDF understands."""

VARIANT = "pdf/a-3a"
_WOFF2 = "data:font/woff2;base64,"


class PdfUnavailable(OutputError):  # noqa: N818 - it names what is lacking, as the other errors do
    """The libraries that lay out a PDF are not installed; HTML can be written all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file inside a PDF."""

    name: str
    description: str
    text: str
    at: dt.datetime
    """When it was made."""


def attached_json(audit: Audit, json_text: str) -> Attachment:
    """Return the audit in its JSON format as the file that goes with its document."""
    return Attachment(
        name="privacy-report.json",
        description="The facts of this report, for programs to read",
        text=json_text,
        at=audit.at,
    )


def render_pdf(html: str, *, attachments: Sequence[Attachment] = (), fillable: bool = False) -> bytes:
    """Return the document as PDF. The same document and attachments give the same bytes.

    When it is ``fillable``, its questions become a form that can be filled in and saved.

    Raises ``PdfUnavailable`` when Pango is not installed, and ``TemplateError`` when the document asks for
    something that does not stand in it.
    """
    weasyprint = _weasyprint()
    try:
        with _fonts_undated(), warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint 70 leaves its colour profile open
            font = form_font() if fillable else None
            return finish(_laid_out(weasyprint, html, attachments, font), font)
    except weasyprint.urls.FatalURLFetchingError as error:
        raise TemplateError(
            "The document asks for something outside itself, and nothing is fetched.",
            hint="Let the template hold pictures and fonts as data: addresses.",
        ) from error


def _laid_out(weasyprint: ModuleType, html: str, attachments: Sequence[Attachment], font: FormFont | None) -> bytes:
    """Return the PDF as WeasyPrint makes it."""
    fetcher = _fetcher(weasyprint)
    page_style = (resources.folder(resources.TEMPLATES) / PAGE_STYLE).read_text(encoding="utf-8")
    page_style += font.style if font else ""
    fonts = weasyprint.text.fonts.FontConfiguration()
    pdf: bytes = weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf(
        stylesheets=[weasyprint.CSS(string=page_style, url_fetcher=fetcher, font_config=fonts)],
        font_config=fonts,
        attachments=[
            weasyprint.Attachment(
                string=attachment.text,
                name=attachment.name,
                description=attachment.description,
                created=attachment.at,
                modified=attachment.at,
                relationship="Data",
                url_fetcher=fetcher,
            )
            for attachment in attachments
        ],
        pdf_variant=VARIANT,
        pdf_tags=True,
        pdf_forms=font is not None,
    )
    return pdf


def _fetcher(weasyprint: ModuleType) -> object:
    """Return what opens ``data:`` addresses and no others. Fonts come out of it unpacked."""
    base: Any = weasyprint.URLFetcher

    class Fetcher(base):  # type: ignore[misc]  # weasyprint has no types
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> object:
            response = super().fetch(url, headers)
            if not url.startswith(_WOFF2):
                return response
            font = _unpacked(response.read())
            response.close()
            return weasyprint.urls.URLFetcherResponse(url, body=font, headers={"Content-Type": "font/ttf"})

    return Fetcher(allowed_protocols=("data",), fail_on_errors=True)


@lru_cache(maxsize=16)
def _unpacked(font: bytes) -> bytes:
    """Unpack a WOFF2 font once for all documents of a process: a tenth of the time that each of them takes."""
    from fontTools.ttLib import woff2  # noqa: PLC0415 - only a PDF needs it

    out = BytesIO()
    woff2.decompress(BytesIO(font), out)
    return out.getvalue()


def _weasyprint() -> ModuleType:
    """Import WeasyPrint, which loads Pango, only when a PDF is asked for."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # without HarfBuzz-Subset fonts are merely larger
            import weasyprint  # noqa: PLC0415 - slow to load, and its libraries may be missing
    except (ImportError, OSError) as error:
        raise PdfUnavailable(
            "A PDF cannot be made because Pango is not installed.",
            hint=(
                "Debian and Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. "
                "macOS: brew install pango. Windows: install MSYS2, run pacman -S mingw-w64-ucrt-x86_64-pango in its "
                r"shell and set WEASYPRINT_DLL_DIRECTORIES to C:\msys64\ucrt64\bin. "
                "The HTML report needs none of this."
            ),
        ) from error
    return cast("ModuleType", weasyprint)


@contextmanager
def _fonts_undated() -> Iterator[None]:
    """Let fontTools unpack fonts without the time of day; a ``SOURCE_DATE_EPOCH`` of the caller's own stands."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        yield
        return
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        yield
    finally:
        del os.environ["SOURCE_DATE_EPOCH"]
