"""YAML to model: every value with its place, every problem reported."""
