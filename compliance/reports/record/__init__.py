"""The records of processing of Article 30: as the school keeps them, and as its processor does."""
