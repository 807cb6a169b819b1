"""The annex that a supplier gives a school for its data protection impact assessment."""
