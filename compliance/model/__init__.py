"""Frozen values that every part of the program speaks in. Standard library only."""
