"""How often rules and detectors are right, on invented schools in which everything that is wrong is known."""
