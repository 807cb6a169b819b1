"""The words that messages are made of, as rules know them."""

from compliance.model.wording import counted, listed, named

__all__ = ["counted", "listed", "named"]
