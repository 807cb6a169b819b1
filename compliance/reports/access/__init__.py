"""The annex for whoever answers a request of a person to see their data (Article 15)."""
