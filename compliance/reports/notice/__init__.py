"""Privacy notices: the block that a school pastes into its own, the supplier's own, and one for children."""
