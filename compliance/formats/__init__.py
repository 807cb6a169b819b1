"""Audit to text, for machines and terminals. ``registry.FORMATS`` lists them all."""
