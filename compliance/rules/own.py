"""The organisation's own rules: a Python file, or an entry point, loaded only when somebody names it.

A module of rules is written as the program's own are: functions made rules by ``compliance.rules.base.rule``. Every
rule that stands in it by name is taken. Loading it runs its code, so nothing is ever looked for: it is named or not
there.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType

from compliance.errors import Place, UsageError
from compliance.model.findings import Hit, Input
from compliance.rules.base import Case, Rule
from compliance.rules.registry import RULES

GROUP = "compliance.rules"
"""The group of entry points in which a package offers its rules: each names a module."""
_ID = re.compile(r"[A-Z]{2,8}[0-9]{2,4}")


def own_rules(name: str) -> tuple[Rule, ...]:
    """Return the rules of a Python file, or of the entry point of this name.

    Raises ``UsageError`` when there are none, when they cannot be loaded, or when one of them cannot be run beside the
    program's own.
    """
    module = _of_file(Path(name)) if name.endswith(".py") else _of_entry_point(name)
    rules = tuple(dict.fromkeys(value for value in vars(module).values() if isinstance(value, Rule)))
    if not rules:
        raise UsageError(f"{name} holds no rule.", hint="Make one with @rule from compliance.rules.base.")
    taken = {rule.info.id for rule in RULES}
    for rule in rules:
        _fit(rule, name, taken)
        taken.add(rule.info.id)
    return tuple(Rule(rule.info, _guarded(rule, name)) for rule in rules)


def _of_file(path: Path) -> ModuleType:
    if not path.is_file():
        raise UsageError(
            f"There is no file {path.name}.", hint="Name a Python file with rules.", place=Place(str(path))
        )
    spec = importlib.util.spec_from_file_location(f"_own_rules_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise UsageError("It is no Python file.", hint="Name one that ends in .py.", place=Place(str(path)))
    module, loader = importlib.util.module_from_spec(spec), spec.loader

    def load() -> ModuleType:
        loader.exec_module(module)
        return module

    return _loaded(load, str(path))


def _of_entry_point(name: str) -> ModuleType:
    offered = entry_points(group=GROUP)
    if name not in offered.names:
        known = ", ".join(sorted(offered.names)) or "none"
        raise UsageError(
            f"No installed package offers rules called {name!r}.",
            hint=f"Offered: {known}. A file with rules ends in .py.",
        )
    module = _loaded(offered[name].load, name)
    if not isinstance(module, ModuleType):
        raise UsageError(f"The entry point {name} names no module.", hint=f"Let {GROUP} name a module with rules.")
    return module


def _loaded(load: Callable[[], ModuleType], name: str) -> ModuleType:
    """Run code that is not the program's; whatever it raises becomes one sentence."""
    try:
        return load()
    except Exception as error:  # noqa: BLE001 - it is somebody else's code
        raise UsageError(
            f"The rules cannot be loaded: {type(error).__name__}: {error}.",
            hint="Put the file right, or leave it out.",
            place=Place(name, getattr(error, "lineno", None) or 0),
        ) from None


def _fit(rule: Rule, name: str, taken: set[str]) -> None:
    """Raise ``UsageError`` when a rule cannot be run beside others."""
    if not _ID.fullmatch(rule.info.id):
        raise UsageError(
            f"{name}: {rule.info.id!r} is no id of a rule.", hint="Write letters and two digits, such as ORG01."
        )
    if rule.info.id in taken:
        raise UsageError(f"{name}: there is a rule {rule.info.id} already.", hint="Choose another id.")
    if Input.REPORT in rule.info.needs:
        raise UsageError(
            f"{name}: {rule.info.id} is about a document, and own rules are not asked about those.",
            hint="Let it need declarations, a feed or a store.",
        )


def _guarded(rule: Rule, name: str) -> Callable[[Case], Iterator[Hit]]:
    """Return the check of a rule. What it raises is told by its type alone: its text could quote what it saw."""

    def check(case: Case) -> Iterator[Hit]:
        try:
            yield from rule.check(case)
        except Exception as error:  # noqa: BLE001 - it is somebody else's code
            raise UsageError(
                f"{name}: the rule {rule.info.id} failed with {type(error).__name__}.",
                hint="Put the rule right, or leave it out.",
            ) from None

    return check
