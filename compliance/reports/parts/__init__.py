"""What more than one kind of document says: each fact is worked out here, once."""
