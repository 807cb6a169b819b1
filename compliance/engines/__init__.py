"""Where an inventory is taken: on this machine or on a cluster. The kernel and the outcome are the same."""
