"""First drafts of declarations: guesses for a person to confirm."""
