"""Detectors: which identifiers stand in a text, and how sure that is. One file each, listed in ``registry``."""
