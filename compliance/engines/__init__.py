"""Where an inventory is taken: on this machine by several processes, or on a cluster."""
