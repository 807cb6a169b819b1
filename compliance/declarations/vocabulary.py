"""The vocabulary: from its file to its value."""

from __future__ import annotations

from compliance.declarations.nodes import Node
from compliance.model.vocabulary import Code, CodeSet, DataClass, DataItem, OwnDetector, Subject, Vocabulary


def read_vocabulary(root: Node) -> Vocabulary:
    """Return the value of a file that keeps to its schema."""
    items = (_item(node) for node in root.each("items"))
    code_sets = (_code_set(node) for node in root.each("code_sets"))
    detectors = (_detector(node) for node in root.each("detectors"))
    return Vocabulary(
        id=root.text("id"),
        version=root.text("version"),
        groups={node.text("id"): node.text("label") for node in root.each("groups")},
        items={item.id: item for item in items},
        code_sets={code_set.id: code_set for code_set in code_sets},
        detectors={detector.id: detector for detector in detectors},
    )


def _item(node: Node) -> DataItem:
    return DataItem(
        id=node.text("id"),
        label=node.text("label"),
        subject=Subject(node.text("subject")),
        data_class=DataClass(node.text("class")),
        group=node.text("group"),
        explanation=node.text("explanation"),
        code_set=node.text_or_none("code_set"),
        format=node.text_or_none("format"),
        free_text=bool(node.flag("free_text")),
        aliases=node.texts("aliases"),
        dpv=node.texts("dpv"),
        fideslang=node.text("fideslang"),
    )


def _code_set(node: Node) -> CodeSet:
    return CodeSet(
        id=node.text("id"),
        label=node.text("label"),
        authority=node.text("authority"),
        version=node.text("version"),
        reveals=bool(node.flag("reveals")),
        codes=tuple(
            Code(code=code.text("code"), label=code.text("label"), retired=bool(code.flag("retired")))
            for code in node.each("codes")
        ),
    )


def _detector(node: Node) -> OwnDetector:
    return OwnDetector(
        id=node.text("id"),
        label=node.text("label"),
        pattern=node.text("pattern"),
        check=node.text("check", "none"),
        context=node.texts("context"),
        reserved=node.text("reserved"),
        home=node.text_or_none("home"),
    )
