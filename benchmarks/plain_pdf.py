"""Plain WeasyPrint over HTML files, one after the other: what a PDF costs at the least.

    python -m benchmarks.plain_pdf FOLDER

No tags, no variant, no attachment, no finishing step, nothing written to disk. Prints the pages of each.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path


def main() -> None:
    """Lay out every HTML file below the folder, but for the index."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import weasyprint  # noqa: PLC0415 - it warns when it is imported

        for path in sorted(Path(sys.argv[1]).glob("*/*.html")):
            document = weasyprint.HTML(string=path.read_text(encoding="utf-8")).render()
            document.write_pdf()
            print(len(document.pages), flush=True)


if __name__ == "__main__":
    main()
