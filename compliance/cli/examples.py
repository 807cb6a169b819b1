"""One or two examples of each command: its ``--help`` ends with them, and so does its page in the docs."""

from __future__ import annotations

from collections.abc import Mapping

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "check": (
        "compliance check privacy/",
        "compliance check privacy/ --previous released/permission-set.yaml",
    ),
    "audit": (
        "compliance audit privacy/ --feed synced/ --store app.sqlite",
        "compliance audit privacy/ --feed synced/ --output sarif=findings.sarif --report pdf=report.pdf",
    ),
    "changes": (
        "compliance changes released/ privacy/",
        "compliance changes main..HEAD privacy/ --format markdown",
        "compliance changes v2.0.0:privacy/ privacy/ --authorisations schools/ --notes letters/",
    ),
    "inventory": (
        "compliance inventory app.sqlite",
        "compliance inventory postgresql://audit@db.internal/app",
        "compliance inventory exports/pupils.jsonl.gz --jobs 4 --no-detectors",
        "compliance inventory synced/ --integrator xporter --format json",
        "compliance inventory --new-key inventory.key",
        "COMPLIANCE_KEY_FILE=inventory.key compliance inventory app.sqlite --save app.inventory.json",
        "COMPLIANCE_KEY_FILE=inventory.key compliance inventory lake/ --keep-parts parts/",
        "compliance inventory s3a://feeds/2026-09/ --engine spark --master spark://host:7077",
    ),
    "draft": (
        "compliance draft app.sqlite --app my-app --out privacy/stored-fields.yaml",
        "compliance draft db/schema.sql",
    ),
    "merge": (
        "compliance merge monday.inventory.json tuesday.inventory.json",
        "compliance merge nights/*.inventory.json --save week.inventory.json",
    ),
    "pull": (
        "COMPLIANCE_SECRET_FILE=school.secret compliance pull authorisation.yaml --for permission-set.yaml",
        "COMPLIANCE_SECRET=invented compliance pull 1234567 --for permission-set.yaml --to http://127.0.0.1:8765",
    ),
    "simulate": ("compliance simulate xporter", "compliance simulate wonde --port 8765 --fault cut-connection"),
    "report": (
        "compliance report school-privacy privacy/ --feed synced/ --store app.sqlite --out reports/",
        "compliance report authorisation-review privacy/ --previous released/permission-set.yaml --out reports/",
        "compliance report privacy/ --all schools/ --format html --out reports/ --jobs 4",
        "compliance report trust-overview privacy/ --all schools/ --out reports/",
        "compliance report privacy/ --all schools/ --out reports/ --engine spark --master spark://host:7077",
        "compliance report record-controller privacy/ --store app.sqlite --format xlsx,pdf",
        "compliance report privacy-notice privacy/ --format md",
    ),
    "authorise": (
        "compliance authorise review-filled-in.pdf privacy/ --out privacy/authorisation.yaml --replace",
        "compliance authorise data-authorisation.json privacy/",
    ),
    "review-held": (
        "compliance review-held privacy/ --store app.sqlite --feed synced/",
        "compliance review-held privacy/ --store app.sqlite --feed synced/ --list before-first-sync.csv",
        "compliance review-held privacy/ --store app.sqlite --feed synced/ --counts review.json",
    ),
    "serve": ("compliance serve reports/", "compliance serve reports/ --port 0"),
    "rules": ("compliance rules", "compliance rules --format json"),
    "explain": ("compliance explain DA01",),
    "schema": ("compliance schema --list", "compliance schema permission-set"),
    "init": ("compliance init privacy/",),
    "demo": ("compliance demo", "compliance demo --clean --out clean-demo/"),
}
"""Name of a command to what a shell would be told."""


def epilog(command: str) -> str:
    r"""Return the end of a command's ``--help``; ``\b`` keeps its lines apart."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in EXAMPLES[command])
