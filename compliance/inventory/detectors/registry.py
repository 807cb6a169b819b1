"""Every detector."""

from __future__ import annotations

from compliance.inventory.detectors.base import Detector
from compliance.inventory.detectors.email_address import EMAIL
from compliance.inventory.detectors.group_name import GROUP_NAME
from compliance.inventory.detectors.nhs_number import NHS_NUMBER
from compliance.inventory.detectors.ni_number import NI_NUMBER
from compliance.inventory.detectors.phone import PHONE
from compliance.inventory.detectors.postcode import POSTCODE
from compliance.inventory.detectors.secret import SECRET
from compliance.inventory.detectors.special_terms import SPECIAL_TERMS
from compliance.inventory.detectors.uln import ULN
from compliance.inventory.detectors.upn import UPN

DETECTORS: tuple[Detector, ...] = (
    UPN,
    ULN,
    NHS_NUMBER,
    NI_NUMBER,
    EMAIL,
    PHONE,
    POSTCODE,
    GROUP_NAME,
    SPECIAL_TERMS,
    SECRET,
)
