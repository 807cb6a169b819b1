"""What a reader gets out of a document: its blocks of text, and how hard they are to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
import syllapy

BLOCKS = {"p", "li", "h1", "h2", "h3", "th", "td", "caption", "figcaption", "text"}
_GONE_IN_PRINT = ("skip", "vh", "screen", "foot")


def tree(html: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(html)


def words_of(element: lxml.html.HtmlElement) -> str:
    """Return the text of an element with single spaces."""
    return " ".join(element.text_content().split())


def printed_blocks(html: str) -> Iterator[str]:
    """Yield every piece of text that stands in the printed document, in order."""
    body = tree(html).find("body")
    for element in body.iter():
        if isinstance(element.tag, str) and element.tag in BLOCKS and is_printed(element):
            text = words_of(element)
            if text:
                yield text


def is_printed(element: lxml.html.HtmlElement) -> bool:
    for node in (element, *element.iterancestors()):
        classes = (node.get("class") or "").split()
        if node.get("id") == "tools" or any(name in classes for name in _GONE_IN_PRINT):
            return False
        if node.tag == "caption" and any("finding" in (up.get("class") or "").split() for up in node.iterancestors()):
            return False
    return True


def reading_grade(sentences: list[str]) -> float:
    """Return the Flesch-Kincaid grade: 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    words = [word for text in sentences for word in re.findall(r"[A-Za-z']+", text)]
    syllables = sum(map(syllables_of, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def syllables_of(word: str) -> int:
    """Count the syllables of an English word, as a dictionary has them."""
    count: int = syllapy.count(word)
    return max(1, count)


def sentences_of(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?:])\s+", text) if re.search("[A-Za-z]", part)]
