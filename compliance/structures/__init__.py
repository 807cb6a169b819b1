"""Stores of which only the structure is known: tables and columns, and not one row."""
