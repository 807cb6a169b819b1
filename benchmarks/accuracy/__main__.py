"""Prints precision and recall of every rule about data, and of every detector in each integrator's answers.

    python -m benchmarks.accuracy [--into docs/accuracy.md]

Ends with 1 when something planted was missed, or when something was said of what is clean.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.accuracy import cases, feeds, schools, store, texts
from benchmarks.accuracy.columns import ROWS
from benchmarks.accuracy.label import Label, Said, Score, scores

BEGIN, END = "<!-- accuracy: begin -->", "<!-- accuracy: end -->"
_HEAD = ("planted", "found", "false", "recall", "precision")


def main() -> None:
    """Make the corpus, look at it, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, help="a page of the documentation that gets the tables")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = list(_measured(Path(folder)))
    text = "\n\n".join(_section(title, labels, said) for title, labels, said in measured) + "\n"
    print(text)
    if chosen.into:
        _put(chosen.into, text)
    every = [score for _, labels, said in measured for score in scores(labels, said)]
    raise SystemExit(any(score.found < score.planted or score.false for score in every))


def _measured(folder: Path) -> Iterator[tuple[str, Sequence[Label], Sequence[Said]]]:
    yield f"Texts, {texts.EACH} of each kind of identifier and of each kind of look-alike", *texts.said()
    columns = store.columns()
    looked_at = f"{ROWS:,} rows of {len(columns)} columns"
    yield f"An app's table, {looked_at}: columns that hold what they must not, and look-alikes", *store.said(folder)
    title = f"The example school, with each fault alone and clean in each of {schools.MONTHS} months"
    yield title, *schools.said(folder / "schools")
    yield "The cases of every rule, each with the rule that it is of", *cases.said(folder / "cases")
    for name in feeds.PLACES:
        yield f"Names in an answer of {name}", *feeds.said(folder / "feeds", name)


def _section(title: str, labels: Sequence[Label], said: Sequence[Said]) -> str:
    clean = sum(not label.rules for label in labels)
    rows = [_row(score) for score in scores(labels, said)]
    lines = [f"| {' | '.join(('rule or detector', *_HEAD))} |", f"|{'---|' * (len(_HEAD) + 1)}", *rows]
    return f"### {title}\n\n{len(labels)} places, {clean} of them clean.\n\n" + "\n".join(lines)


def _row(score: Score) -> str:
    shares = ("" if share is None else f"{share:.3f}" for share in (score.recall, score.precision))
    return f"| {' | '.join((score.name, *map(str, (score.planted, score.found, score.false)), *shares))} |"


def _put(page: Path, text: str) -> None:
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
