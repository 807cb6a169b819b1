"""A draft of stored-field declarations: YAML, in which every guess says that it is one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby

from compliance.drafts.guess import Guess
from compliance.formats.words import visible

HEAD = """\
# A draft, not a declaration: `compliance check` refuses it as long as a field says "guessed".
# Of each field, look whether its data item is right, or write the right one (compliance schema vocabulary lists what an
# item is), then take its line "guessed" away. Purposes, retentions and recipients are yours to say.
"""


def render(guesses: Iterable[Guess], *, app: str, store: str) -> str:
    """Write the draft of an app's stored fields, read from ``store``."""
    return HEAD + "".join(f"{line}\n" for line in _lines(guesses, app, store))


def _lines(guesses: Iterable[Guess], app: str, store: str) -> Iterator[str]:
    yield from ("kind: stored_fields", f"app: {_text(app)}", 'version: "0.1.0"', "stores:")
    yield from ("  - id: draft", f"    label: {_text(store)}", "    kind: database", "datasets:")
    for dataset, group in groupby(guesses, key=lambda guess: guess.path.dataset):
        yield from (f"  - name: {_text(dataset)}", "    store: draft", "    fields:")
        for guess in group:
            yield f"      - name: {_text(guess.path.field)}"
            if guess.item:
                yield f"        item: {_text(guess.item)}"
            yield f"        guessed: {_text(guess.why)}"


def _text(text: str) -> str:
    """Write a text so that YAML reads back the same."""
    return json.dumps(visible(text), ensure_ascii=False)
