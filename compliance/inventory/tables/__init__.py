"""Tables, asked where they live: aggregates are pushed down, and only what needs a closer look travels.

A profile is a sum, so a column may be parted in any way that counts every value once. Here each column is parted in

- *nulls*, counted by the database;
- *plain* values, of which the database says all there is to say: how many, how long, and the smallest digests;
- *suspects*, which come here and are profiled by the records kernel: what a detector, a code set or a look inside
  might have a word on, and what two databases might not read alike.

``profile_table`` in ``profile.py`` is the way in; ``signs.py`` says which texts are suspects, ``expressions.py`` what
is asked, ``compiled.py`` in which words of SQL.
"""
