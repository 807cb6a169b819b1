"""The data authorisation review: what a school is asked to decide, its form, and what it decided.

One straight line: ``offer`` says what is to be decided, ``view`` shows it with a form, ``handed_in`` reads what comes
back, and ``decision`` makes the school's authorisation of it.
"""
