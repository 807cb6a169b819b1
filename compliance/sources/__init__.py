"""Data to batches of records: one module per kind of source. ``registry.SOURCES`` lists them all."""
