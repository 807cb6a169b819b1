"""Django models: ``django:project.settings``. Their migrations run on an SQLite database in memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from compliance.errors import Place, SourceError
from compliance.model.paths import FieldPath
from compliance.structures.base import Column, Structure
from compliance.structures.code import from_here, line_of
from compliance.structures.files import nothing_in

PREFIX = "django:"


def read_models(address: str) -> Structure:
    """Run the migrations of a project, and read the tables that are there then. Raises ``SourceError``.

    The app's own databases are never connected to.
    """
    settings_module = address.removeprefix(PREFIX)
    with from_here(address):
        os.environ["DJANGO_SETTINGS_MODULE"] = settings_module
        try:
            import django  # noqa: PLC0415 - only a project of Django has it
            from django.conf import settings  # noqa: PLC0415 - likewise
        except ModuleNotFoundError:
            raise SourceError(
                "Django is not installed here.", hint="Run it in the environment of the app.", place=Place(address)
            ) from None
        settings.DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
        settings.DATABASE_ROUTERS = []
        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 - after the setup

        call_command("migrate", verbosity=0, interactive=False)
        columns = [*_columns()]
    if not columns:
        raise nothing_in(address, "table")
    datasets = dict.fromkeys(column.path.dataset for column in columns)
    return Structure(sources=(address,), datasets=tuple(datasets), columns=tuple(columns))


def _columns() -> Iterator[Column]:
    """Yield every column that the migrations made, with the line of its model's field where there is one."""
    from django.apps import apps  # noqa: PLC0415 - after the setup
    from django.db import connection  # noqa: PLC0415 - likewise

    models: list[Any] = apps.get_models(include_auto_created=True)
    fields = {
        (model._meta.db_table, field.column): (model, field.name)  # noqa: SLF001 - Django documents it so
        for model in models
        for field in model._meta.local_fields  # noqa: SLF001 - likewise
    }
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            for described in connection.introspection.get_table_description(cursor, table):
                model, name = fields.get((table, described.name), (None, ""))
                place = line_of(model, name) if model else Place(f"{table} (migrations)")
                yield Column(FieldPath.of(table, described.name), place)
