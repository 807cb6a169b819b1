"""Page one is short and plain, and says nothing that only a lawyer or a court can say."""

from __future__ import annotations

import re

import pytest

from compliance.reports.registry import REPORT_KINDS
from compliance.reports.render import render_html
from tests.reports import example_audit, reading


def summary_sentences(html: str) -> list[str]:
    (summary,) = reading.tree(html).xpath('//section[contains(@class, "first")]')
    blocks = [element for element in summary.iter("p", "h2", "h3", "th", "td") if reading.words_of(element)]
    return [sentence for block in blocks for sentence in reading.sentences_of(reading.words_of(block))]


def test_the_measure_agrees_with_known_words() -> None:
    counts = {"school": 1, "gives": 1, "kept": 1, "needed": 2, "people": 2, "authorise": 3, "like": 1, "table": 2}
    assert {word: reading.syllables_of(word) for word in counts} == counts
    easy = reading.reading_grade(["The cat sat on the mat."])
    hard = reading.reading_grade(["Notwithstanding supplementary organisational considerations, authorities remain."])
    assert easy < 1
    assert hard > 20


@pytest.mark.parametrize("missing", [(), ("store",), ("feed", "store"), ("authorisation", "organisation")])
def test_page_one_is_short_and_plain(missing: tuple[str, ...]) -> None:
    audit = example_audit.audit_without(*missing) if missing else example_audit.example_audit()
    sentences = summary_sentences(render_html(audit, REPORT_KINDS["school-privacy"], json_text="{}"))
    assert 50 < sum(len(sentence.split()) for sentence in sentences) <= 500
    full = [sentence for sentence in sentences if len(sentence.split()) > 3]
    assert reading.reading_grade(full) <= 8


def test_no_word_that_is_not_ours_to_say(html: str) -> None:
    words = reading.words_of(reading.tree(html).find("body")).lower()
    assert re.findall(r"\b(?:consent\w*|complian(?:t|tly)|certif\w+|unlawful\w*)\b", words) == []
    assert "not legal advice" in words


def test_no_field_stands_without_its_plain_name(html: str) -> None:
    """Paths stand where a reader looks something up: after a plain name, in a source, or marked as undescribed."""
    headers = [reading.words_of(cell) for cell in reading.tree(html).iter("th")]
    paths = [text for text in headers if re.search(r"\b(?:Students|Staff|pupil|staff)\.(?!json)\w", text)]
    assert paths
    assert [text for text in paths if "ndescribed field" not in text] == []
