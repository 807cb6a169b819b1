"""Every format writes the whole of an audit, and nothing in it can break out of the format."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from compliance.formats.registry import FORMATS
from compliance.formats.text import lines
from hypothesis import given
from hypothesis import strategies as st
from requests_cache import SQLiteCache

from compliance import resources
from compliance.model.audit import Audit
from compliance.model.ledger import Ledger
from compliance.model.vocabulary import EMPTY_VOCABULARY
from tests.formats.example_audit import HOSTILE, example_audit
