"""Audit to document, for people."""
