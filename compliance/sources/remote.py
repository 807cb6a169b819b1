"""Files in object stores and other file systems that fsspec knows, read where they are; nothing is kept here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from compliance.errors import Place, SourceError, UsageError
from compliance.integrators.base import Integrator
from compliance.sources.base import SourceFile
from compliance.sources.streams import Guarded, buffered

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

SCHEMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "s3": ("s3fs", "s3"),
        "s3a": ("s3fs", "s3"),
        "gs": ("gcsfs", "gcs"),
        "gcs": ("gcsfs", "gcs"),
        "abfs": ("adlfs", "azure"),
        "abfss": ("adlfs", "azure"),
        "az": ("adlfs", "azure"),
        "hdfs": ("pyarrow", ""),
        "memory": ("", ""),
    }
)
"""Beginning of an address → the driver that reads it, and the extra that brings the driver."""


def is_remote(address: str) -> bool:
    """Whether it is an address of the form ``scheme://…``."""
    return "://" in address and not address.casefold().startswith("file://")


def remote_files(address: str, integrator: Integrator, encoding: str | None) -> Iterator[SourceFile]:
    """Yield a file, or all that a folder holds, in order; display names are relative to the address's parent.

    Credentials come from the driver's own places: its environment variables, its files, the machine's role.
    Raises ``UsageError`` for an address of a kind that is not read, and ``SourceError`` when nothing can be reached.
    """
    system = _system(address)
    try:
        root = str(system._strip_protocol(address)).rstrip("/")  # noqa: SLF001 - fsspec's own name for a public need
        paths = [root] if system.isfile(root) else sorted(str(path) for path in system.find(root))
    except Exception as error:  # noqa: BLE001 - every driver has exceptions of its own
        raise _unreachable(address, error) from None
    if not paths:
        raise SourceError("There is no such file or folder.", hint="Check its spelling.", place=Place(address))
    parent = PurePosixPath(root).parent
    for path in paths:
        within = PurePosixPath(path)
        if any(part.startswith(".") for part in within.relative_to(root).parts):
            continue
        name = str(within.relative_to(parent)).lstrip("/")
        yield SourceFile(name=name, integrator=integrator, encoding=encoding, opener=partial(_open, system, path, name))


def _system(address: str) -> AbstractFileSystem:
    """Return the file system of an address."""
    scheme = address.partition("://")[0].casefold()
    if scheme in {"http", "https", "ftp"}:
        raise UsageError("Pages are not fetched.", hint="Download the file, and give its path.")
    if scheme not in SCHEMES:
        known = " ".join(f"{each}://" for each in SCHEMES)
        raise UsageError("It begins like no address that can be read.", hint=f"Addresses begin with: {known}")
    if ":" in urlsplit(address).netloc.rpartition("@")[0]:
        raise UsageError(
            "The address holds a password, which others can read in the list of processes.",
            hint="Take it out, and put it where the driver looks for credentials.",
        )
    from fsspec import filesystem  # noqa: PLC0415 - most runs read no address

    driver, extra = SCHEMES[scheme]
    try:
        return filesystem(scheme, use_listings_cache=False)
    except ImportError:
        package = f"compliance-for-schools[{extra}]" if extra else driver
        raise SourceError(
            f"Addresses that begin with {scheme}:// need the driver {driver}.",
            hint=f"Install it: `pip install '{package}'`.",
            place=Place(address),
        ) from None
    except Exception as error:  # noqa: BLE001 - every driver has exceptions of its own
        raise _unreachable(address, error) from None


def _open(system: AbstractFileSystem, path: str, name: str) -> BinaryIO:
    """Open a file for random access: a bundle or a columnar file is not fetched as a whole."""
    try:
        stream = system.open(path, "rb")
    except Exception as error:  # noqa: BLE001 - every driver has exceptions of its own
        raise _unreachable(name, error) from None
    return buffered(Guarded(stream, (Exception,), partial(_unreachable, name)))


def _unreachable(name: str, error: Exception) -> SourceError:
    """Say what kind of failure it was; the driver's own words may hold names of people and keys."""
    return SourceError(
        f"It cannot be read: the driver said {type(error).__name__}.",
        hint="Check the address, the network, and the credentials in the driver's own places.",
        place=Place(name),
    )
