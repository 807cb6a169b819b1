"""Runs beside the audit: each is a straight line of its own, and nothing of the audit's needs them."""
