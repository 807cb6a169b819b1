"""Words that the report cannot do without. Statements of law are those of LAW.md marked [A] or [B]."""

from __future__ import annotations

GLOSSARY: tuple[tuple[str, str], ...] = (
    ("Asked for", "The app's permission set names it."),
    ("Authorise", "The school tells its integrator which data an app may have. It is an instruction by the school."),
    ("Cannot tell", "Somebody looked, and what was there does not answer the question."),
    ("Condition", "What Article 9 of the UK GDPR asks for before special category data may be used."),
    ("Data item", "One kind of data, such as date of birth, whatever each system calls it."),
    ("Declared", "The supplier says in writing that its app keeps it."),
    ("Finding", "A point for a person to look at. It is not a judgement."),
    ("Integrator", "The company that carries data from the school's system to apps."),
    ("Kept", "It was found in the app's own store of data."),
    ("Not looked at", "Nobody gave us what is needed to answer. It may be good or bad."),
    ("Permission set", "The list of data that an app asks schools for, with reasons."),
    ("Received", "It came with the data that the integrator sends to the app."),
    ("Scope", "A switch at the integrator. Each one unlocks a bundle of data items."),
    ("Special category", "Data that Article 9 of the UK GDPR protects most, such as health, religion or ethnicity."),
    ("Supplier", "The company that makes and runs the app."),
    ("Take care", "Not special category, but a risk in the wrong hands, such as a home address."),
    (
        "Treat as special",
        (
            "Data to guard like special category data. The Department for Education says so of safeguarding matters, "
            "pupil premium and special educational needs. This report adds others that tell as much, such as free "
            "school meals."
        ),
    ),
    ("Unlocked", "A scope hands it over, whether or not the app asked for it."),
    ("Waived", "Somebody decided, by name and until a date, to live with a finding."),
)
