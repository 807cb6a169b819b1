"""All formats. A new one is a module with a ``render`` and an entry here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from compliance.formats import github, gitlab, json, junit, markdown, sarif, text
from compliance.model.audit import Audit


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One way of writing an audit down for a machine or a terminal."""

    name: str
    ending: str
    """File name ending, with its dot."""
    description: str
    render: Callable[[Audit], str]
    """Returns the whole text, with a line end after the last line. Pure."""


FORMATS: Mapping[str, Format] = {
    made.name: made
    for made in (
        Format(
            name="text",
            ending=".txt",
            description="For people at a terminal.",
            render=text.render,
        ),
        Format(
            name="json",
            ending=".json",
            description="Everything, for programs; its schema is `compliance schema audit`.",
            render=json.render,
        ),
        Format(
            name="sarif",
            ending=".sarif",
            description="SARIF 2.1.0, for code scanning.",
            render=sarif.render,
        ),
        Format(
            name="junit",
            ending=".xml",
            description="JUnit XML, for test reports: a test case for each rule.",
            render=junit.render,
        ),
        Format(
            name="github",
            ending=".txt",
            description="Workflow commands that GitHub Actions shows beside the lines of a change.",
            render=github.render,
        ),
        Format(
            name="gitlab",
            ending=".json",
            description="A GitLab code quality report, shown beside the lines of a merge request.",
            render=gitlab.render,
        ),
        Format(
            name="markdown",
            ending=".md",
            description="For a pull request or a job summary.",
            render=markdown.render,
        ),
    )
}
