"""Measured proof that anyone can run: ``make bench`` and ``make bench-full``."""
