"""The profile kernel: the only line of sight to personal data."""
