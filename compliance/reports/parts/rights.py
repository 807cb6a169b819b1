"""Which rights a person has, by the lawful basis (LAW.md 7)."""

from __future__ import annotations

ALWAYS = ("to be told", "to see the data", "to have it put right", "to limit its use")
_ERASURE, _LIMITED = "to have it erased", "to have it erased (limited)"
_OBJECT, _MOVE, _WITHDRAW = "to object", "to move it elsewhere", "to withdraw agreement"

BY_BASIS = {
    "6.1.a": (_ERASURE, _MOVE, _WITHDRAW),
    "6.1.b": (_ERASURE, _MOVE),
    "6.1.c": (_LIMITED,),
    "6.1.d": (_ERASURE,),
    "6.1.e": (_LIMITED, _OBJECT),
    "6.1.ea": (_ERASURE,),
    "6.1.f": (_ERASURE, _OBJECT),
}
"""Erasure and portability are limited under public task and legal duty; objection goes with public task and legitimate
interests; portability with agreement and contract; withdrawal with agreement."""


def rights(basis: str | None) -> tuple[str, ...]:
    """Return the rights under a lawful basis; under one that nobody named, those that always stand."""
    return (*ALWAYS, *BY_BASIS.get(basis or "", ()))
