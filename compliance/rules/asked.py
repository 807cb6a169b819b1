"""The fields that the app asks for, as rules know them."""

from compliance.model.asked import EVERY_PURPOSE, AskedField, asked_fields

__all__ = ["EVERY_PURPOSE", "AskedField", "asked_fields"]
