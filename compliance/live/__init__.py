"""Asks an integrator's own server. ``registry.CLIENTS`` lists whom; ``connection`` alone speaks to the network."""
