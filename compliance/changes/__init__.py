"""What changed from one version of the declarations to the next, with the sign that privacy needs."""
