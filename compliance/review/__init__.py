"""The review of the people held, before the first sync. Here alone values of people are compared with each other.

The school's list is its purpose, so values of people stand in memory here, and only ``cli.review_held`` may import
this room (``[tool.importlinter]``). What it counts leaves as ``model.held.HeldReview``, which has no place for a value.
"""
