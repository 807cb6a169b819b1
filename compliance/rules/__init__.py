"""Ledger to findings: one rule, one file. ``registry.RULES`` lists them all."""
