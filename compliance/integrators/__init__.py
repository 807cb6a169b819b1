"""What an integrator's payload means. ``registry.INTEGRATORS`` lists them all."""
