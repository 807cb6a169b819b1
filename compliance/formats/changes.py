"""What changed between two versions: as text, as JSON and as Markdown for a pull request."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

from compliance.changes.base import Change, Sign
from compliance.changes.compare import COMPARED, Comparison
from compliance.changes.content import content_hash
from compliance.errors import Place
from compliance.formats.markdown import code, folded, prose, table
from compliance.formats.text import Line, section
from compliance.formats.words import counted, listed, visible
from compliance.model.declarations import Authorisation, Declarations, PermissionSet

SCHEMA = "https://compliance.example/schemas/v1/changes.schema.json"
VERSION = 1

TITLES: Mapping[Sign, str] = {
    Sign.BREAKING: "Breaking: each school has to authorise it first",
    Sign.NOTICE: "To be told in time: a school may object",
    Sign.NEUTRAL: "Neither more nor less",
    Sign.NARROWER: "Less than before",
}
TONES: Mapping[Sign, str] = {Sign.BREAKING: "error", Sign.NOTICE: "warning", Sign.NEUTRAL: "", Sign.NARROWER: "quiet"}

Json = dict[str, object]


def render_text(comparison: Comparison) -> str:
    """Write the comparison as plain text."""
    return "".join(f"{line.text}\n" for line in lines(comparison))


def render_json(comparison: Comparison) -> str:
    """Write the comparison as one JSON object; its schema is ``changes``."""
    text = json.dumps(_document(comparison), ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace").decode() + "\n"


def render_markdown(comparison: Comparison) -> str:
    """Write the comparison as a comment on a pull request."""
    return "\n".join(_blocks(comparison))


CHANGES_FORMATS: Mapping[str, Callable[[Comparison], str]] = {
    "text": render_text,
    "json": render_json,
    "markdown": render_markdown,
}


def headline(comparison: Comparison) -> str:
    """Say which versions of what are compared."""
    before, now = comparison.before, comparison.now
    label = now.permission_set.label if now.permission_set else now.stored_fields.app if now.stored_fields else ""
    return visible(f"{label or 'The vendor'}: {_version(before)} to {_version(now)}")


def verdict(comparison: Comparison) -> str:
    """Say in a few sentences what the changes mean for schools."""
    counts = _counts(comparison)
    said = [counted(counts[sign], f"{sign} change") for sign in Sign if counts[sign]]
    sentences = [f"{listed(said)}." if said else "Nothing changed.", _advice(comparison)]
    if comparison.looked_at:
        sentences.append(
            f"{len(comparison.schools)} of {counted(comparison.looked_at, 'authorisation')} no longer "
            f"{'covers' if len(comparison.schools) == 1 else 'cover'} what is asked for."
        )
    return " ".join(sentence for sentence in sentences if sentence)


def lines(comparison: Comparison) -> Iterator[Line]:
    """Yield the lines of the text."""
    yield Line(headline(comparison), "title")
    yield Line(verdict(comparison))
    for sign in Sign:
        of_sign = [change for change in comparison.changes if change.sign is sign]
        if of_sign:
            yield Line("")
            yield Line(TITLES[sign], "title")
            for change in of_sign:
                yield Line(f"  {change.kind}  {visible(change.message)}", TONES[sign])
                if change.place:
                    yield Line(f"    {visible(str(change.place))}", "quiet")
    yield from section("Schools to ask again", map(_school_line, comparison.schools))
    yield from section("Compared", _compared(comparison))


def _blocks(comparison: Comparison) -> Iterator[str]:
    yield f"## {prose(headline(comparison))}\n"
    yield f"**{prose(verdict(comparison))}**\n"
    for sign in Sign:
        rows = [_row(change) for change in comparison.changes if change.sign is sign]
        if rows and sign in {Sign.BREAKING, Sign.NOTICE}:
            yield f"### {TITLES[sign]}\n"
            yield table(("Change", "What", "Where"), rows)
        elif rows:
            yield from folded(f"{TITLES[sign]} ({len(rows)})", (f"{kind}: {what}" for kind, what, _ in rows))
    yield from folded("Schools to ask again", (prose(_school_line(each)) for each in comparison.schools))
    yield from folded("What was compared", map(prose, _compared(comparison)))


def _row(change: Change) -> tuple[str, ...]:
    return code(change.kind), prose(change.message), code(str(change.place)) if change.place else ""


def _compared(comparison: Comparison) -> Iterator[str]:
    """Say what was looked at and what was not: silence is never a pass."""
    for kind in COMPARED:
        name = kind.replace("_", " ")
        if kind in comparison.compared:
            yield f"the {name}: compared"
        elif kind in comparison.lacking:
            yield f"the {name}: not compared, because one version has none"
        else:
            yield f"the {name}: not given"
    if comparison.looked_at:
        yield f"{counted(comparison.looked_at, 'authorisation')}: looked at"
    else:
        yield "authorisations: not given, so no school was looked at"


def _advice(comparison: Comparison) -> str:
    earlier, later = comparison.before.permission_set, comparison.now.permission_set
    if comparison.breaking:
        version = f" version {later.version}" if later else " the new version"
        return f"Each school has to authorise{version} before anything is done by it."
    if _may_be_patch(earlier, later):
        named = earlier.version if earlier else ""
        return f"Nothing breaks: name {named} under patch_versions, and authorisations of it go on to be good."
    return ""


def _may_be_patch(earlier: PermissionSet | None, later: PermissionSet | None) -> bool:
    return bool(earlier and later and earlier.version != later.version and earlier.version not in later.patch_versions)


def _school_line(authorisation: Authorisation) -> str:
    school = authorisation.school
    number = f" (URN {school.urn})" if school.urn else f" (LAESTAB {school.laestab})" if school.laestab else ""
    on = f" on {authorisation.authorised_on.isoformat()}" if authorisation.authorised_on else ""
    version = f"version {authorisation.version}" if authorisation.version else "a version that nobody knows"
    return visible(f"{school.name}{number}: authorised {version}{on}")


def _version(declarations: Declarations) -> str:
    asked, stored = declarations.permission_set, declarations.stored_fields
    return f"version {asked.version}" if asked else f"version {stored.version}" if stored else "an unnumbered version"


def _counts(comparison: Comparison) -> Mapping[Sign, int]:
    return {sign: sum(change.sign is sign for change in comparison.changes) for sign in Sign}


def _document(comparison: Comparison) -> Json:
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "verdict": {
            "sentence": verdict(comparison),
            "counts": {str(sign): count for sign, count in _counts(comparison).items()},
        },
        "before": _side(comparison.before),
        "now": _side(comparison.now),
        "compared": [*comparison.compared],
        "not_compared": [*comparison.lacking],
        "changes": [_change(change) for change in comparison.changes],
        "authorisations_looked_at": comparison.looked_at,
        "schools": [_school(authorisation) for authorisation in comparison.schools],
    }


def _side(declarations: Declarations) -> Json:
    asked, stored = declarations.permission_set, declarations.stored_fields
    app = asked.app if asked else stored.app if stored else None
    return {
        "app": app,
        "permission_set": {"version": asked.version, "content_sha256": content_hash(asked)} if asked else None,
        "stored_fields": {"version": stored.version, "content_sha256": content_hash(stored)} if stored else None,
    }


def _change(change: Change) -> Json:
    return {
        "kind": change.kind,
        "sign": change.sign,
        "message": change.message,
        "path": str(change.path) if change.path else None,
        "place": _place(change.place) if change.place else None,
        "item": change.item.id if change.item else None,
        "data_class": change.data_class,
        "evidence": dict(change.evidence),
    }


def _place(place: Place) -> Json:
    return {"file": place.file, "line": place.line, "column": place.column}


def _school(authorisation: Authorisation) -> Json:
    school, on = authorisation.school, authorisation.authorised_on
    return {
        "name": school.name,
        "urn": school.urn,
        "laestab": school.laestab,
        "authorised_version": authorisation.version,
        "authorised_on": on.isoformat() if on else None,
        "place": _place(authorisation.place),
    }
