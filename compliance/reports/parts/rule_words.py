"""What each rule means for a school, in plain words: under which check it stands, who acts, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from compliance.model.findings import RuleInfo


class Check(StrEnum):
    """The eight checks of page one, by name."""

    NEEDED = "Only what is needed"
    AUTHORISED = "Only what you authorised"
    SWITCHED_OFF = "What you switched off is gone"
    SENSITIVE = "Sensitive data explained"
    COMPANIES = "Companies and countries"
    KEPT = "Kept no longer than agreed"
    TIDY = "Data is tidy"
    LOOKED_AT = "Everything was looked at"


SUPPLIER, HEAD, DATA_LEAD = "Supplier", "Headteacher", "Data lead"


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A rule as a school reads of it."""

    check: Check
    title: str
    """What was found, as a headline."""
    action: str
    """What to do. ``{things}`` stands for the data items concerned."""
    who: str = SUPPLIER


_WORDS: Mapping[str, RuleWords] = {
    "PS01": RuleWords(Check.NEEDED, "No reason is given", "Ask the supplier why it needs {things}."),
    "PS03": RuleWords(Check.NEEDED, "Not said if you may refuse", "Ask if you may switch off {things}."),
    "PS04": RuleWords(Check.SENSITIVE, "Required without saying why less will not do", "Ask why it needs {things}."),
    "PS05": RuleWords(
        Check.SENSITIVE, "No condition named for special data", "Ask which Article 9 condition covers {things}."
    ),
    "PS19": RuleWords(Check.NEEDED, "Everything is asked for at once", "Ask the supplier to name each item it needs."),
    "PS27": RuleWords(Check.NEEDED, "Asked for by a name nobody knows", "Ask the supplier what it means by {things}."),
    "SF03": RuleWords(Check.KEPT, "No time limit is given", "Ask the supplier how long it keeps {things}."),
    "SF04": RuleWords(Check.KEPT, "A time limit that cannot be worked out", "Ask when the time for {things} ends."),
    "SF11": RuleWords(Check.COMPANIES, "No safeguard named for data abroad", "Ask what safeguards data kept abroad."),
    "SF12": RuleWords(Check.COMPANIES, "Not said who sees the data", "Ask the supplier who sees the data."),
    "SF20": RuleWords(Check.NEEDED, "Used for the supplier's own ends", "Ask the supplier to stop its own use of it."),
    "SF28": RuleWords(Check.SENSITIVE, "Treated with less care than it needs", "Ask for more care with {things}."),
    "XS01": RuleWords(Check.AUTHORISED, "Kept without being asked for", "Ask the supplier to stop keeping {things}."),
    "XS02": RuleWords(Check.NEEDED, "Asked for, but never kept", "Ask the supplier if it still needs {things}."),
    "XS03": RuleWords(Check.SWITCHED_OFF, "Switched off, but still kept", "Ask the supplier to erase {things}."),
    "XS04": RuleWords(Check.SENSITIVE, "Kept with another level of care", "Ask how much care {things} needs."),
    "XS05": RuleWords(Check.AUTHORISED, "Kept for another purpose", "Ask the supplier what {things} is kept for."),
    "XS06": RuleWords(Check.NEEDED, "Kept more exactly than asked for", "Ask the supplier to round {things}."),
    "XS07": RuleWords(Check.AUTHORISED, "About people you were not told of", "Ask whose data is kept as {things}."),
    "XS11": RuleWords(
        Check.AUTHORISED, "You authorised an older version", "Ask what changed; then authorise it or decline it.", HEAD
    ),
    "XS13": RuleWords(
        Check.AUTHORISED,
        "The data route says otherwise",
        "Look up what is switched on there; put one right.",
        HEAD,
    ),
    "DA01": RuleWords(Check.AUTHORISED, "Kept, but never declared", "Ask the supplier to declare or erase {things}."),
    "DA02": RuleWords(Check.TIDY, "Declared, but not there", "Ask the supplier where {things} is kept."),
    "DA03": RuleWords(Check.NEEDED, "Never filled in", "Ask the supplier if it still needs {things}."),
    "DA04": RuleWords(Check.TIDY, "Values that cannot be right", "Correct {things}.", DATA_LEAD),
    "DA05": RuleWords(Check.TIDY, "Codes that nobody knows", "Correct {things}.", DATA_LEAD),
    "DA06": RuleWords(Check.TIDY, "Codes of long ago", "Look at {things} of these pupils.", DATA_LEAD),
    "DA10": RuleWords(Check.TIDY, "Pupil numbers in the wrong place", "Ask to clear pupil numbers from {things}."),
    "DA11": RuleWords(Check.TIDY, "Learner numbers in the wrong place", "Ask to clear learner numbers from {things}."),
    "DA12": RuleWords(Check.TIDY, "NHS numbers in the wrong place", "Ask to clear NHS numbers from {things}."),
    "DA13": RuleWords(
        Check.TIDY,
        "National Insurance numbers in the wrong place",
        "Ask to clear National Insurance numbers from {things}.",
    ),
    "DA14": RuleWords(
        Check.TIDY, "E-mail addresses in the wrong place", "Ask to clear e-mail addresses from {things}."
    ),
    "DA15": RuleWords(Check.TIDY, "Phone numbers in the wrong place", "Ask to clear phone numbers from {things}."),
    "DA16": RuleWords(Check.TIDY, "Postcodes in the wrong place", "Ask to clear postcodes from {things}."),
    "DA17": RuleWords(Check.TIDY, "Birthdays written into notes", "Ask to clear birthdays from {things}."),
    "DA18": RuleWords(
        Check.SENSITIVE, "Private matters written into notes", "Ask to clear {things} of private matters."
    ),
    "DA19": RuleWords(
        Check.TIDY, "Group names that give something away", "Rename the groups that give something away.", DATA_LEAD
    ),
    "DA20": RuleWords(Check.SENSITIVE, "Sensitive codes in the wrong place", "Ask what is really kept as {things}."),
    "DA21": RuleWords(Check.TIDY, "Pupil numbers that cannot be right", "Correct {things}.", DATA_LEAD),
    "DA22": RuleWords(
        Check.TIDY,
        "Pupil numbers for the start only",
        "Put in the lasting number of these pupils.",
        DATA_LEAD,
    ),
    "DA23": RuleWords(Check.TIDY, "Passwords or keys in the data", "Ask to clear passwords and keys from {things}."),
    "DA30": RuleWords(Check.KEPT, "People who left are still kept", "Ask the supplier to erase people who have left."),
    "DA31": RuleWords(
        Check.SWITCHED_OFF, "People you kept out are still there", "Ask the supplier to erase people you kept out."
    ),
    "DA32": RuleWords(Check.AUTHORISED, "Records of another school", "Ask to take out records of other schools."),
    "DA33": RuleWords(Check.TIDY, "The same person twice", "Ask the supplier to merge doubled accounts."),
    "DA34": RuleWords(Check.KEPT, "Parents without a child at school", "Ask to erase parents with no child here."),
    "DA35": RuleWords(Check.KEPT, "Left behind when people were erased", "Ask to erase what was left of people."),
    "DA36": RuleWords(Check.TIDY, "Wrong year groups", "Ask the supplier to put year groups right."),
    "DA37": RuleWords(Check.TIDY, "Groups that are no more", "Ask the supplier to close old groups."),
    "DA38": RuleWords(Check.KEPT, "Staff who left can still log in", "Ask to close accounts of staff who left."),
    "DA39": RuleWords(Check.TIDY, "Pupils far too young or old", "Ask to correct {things}."),
    "DA40": RuleWords(Check.KEPT, "Still there after you ended it", "Ask the supplier to erase all of it."),
    "DA41": RuleWords(Check.TIDY, "Not brought up to date", "Ask the supplier why the sync stopped."),
    "DA42": RuleWords(
        Check.TIDY, "More or fewer people than you have", "Ask the supplier why its count of people is not yours."
    ),
    "DA43": RuleWords(
        Check.SWITCHED_OFF, "People who were erased are back", "Ask the supplier to erase them for good."
    ),
    "DA44": RuleWords(Check.KEPT, "Old values kept without saying so", "Ask if old values of {things} are kept."),
    "DA45": RuleWords(Check.KEPT, "Old copies and logs are still kept", "Ask to erase old copies and logs."),
    "DA46": RuleWords(Check.SENSITIVE, "Pupil data kept of adults", "Ask why {things} is kept of adults."),
    "DA47": RuleWords(Check.NEEDED, "Kept more exactly than agreed", "Ask the supplier to round {things}."),
    "VC01": RuleWords(Check.AUTHORISED, "New items since you authorised", "Decide if you want {things}.", HEAD),
    "VC03": RuleWords(
        Check.AUTHORISED, "You could refuse it and now cannot", "Decide if {things} may be required.", HEAD
    ),
    "RC08": RuleWords(Check.TIDY, "Personal data in a report", "Do not publish the report.", DATA_LEAD),
    "PS02": RuleWords(Check.NEEDED, "A purpose that could mean anything", "Ask what really happens with {things}."),
    "PS06": RuleWords(
        Check.SENSITIVE,
        "A legal condition that is not complete",
        "Ask your data protection officer about {things}.",
        DATA_LEAD,
    ),
    "PS08": RuleWords(
        Check.SENSITIVE, "Equality data used to decide about a pupil", "Ask how {things} affects single pupils."
    ),
    "PS09": RuleWords(
        Check.NEEDED, "A lawful basis that does not fit", "Ask your data protection officer about the basis.", DATA_LEAD
    ),
    "PS10": RuleWords(Check.NEEDED, "Nobody is free to refuse", "Ask on which lawful basis {things} really rests."),
    "PS11": RuleWords(Check.NEEDED, "A lawful basis for the UK only", "Ask which basis holds for schools abroad."),
    "PS12": RuleWords(
        Check.NEEDED, "More of a birthday than is needed", "Ask if month and year would do for {things}."
    ),
    "PS14": RuleWords(
        Check.NEEDED, "Pupil numbers without a need to match", "Ask if the supplier can do without {things}."
    ),
    "PS29": RuleWords(Check.NEEDED, "Not said whom the data is about", "Ask the supplier whom the data is about."),
    "PS30": RuleWords(
        Check.AUTHORISED, "No way to leave one person out", "Ask the supplier how to leave one person out."
    ),
    "PS31": RuleWords(
        Check.SENSITIVE, "Nobody decided how sensitive it is", "Ask if {things} is special category data here."
    ),
    "PS32": RuleWords(
        Check.NEEDED, "A setting that you were not told of", "Ask with which setting it fetches {things}."
    ),
    "VC02": RuleWords(
        Check.SENSITIVE, "New sensitive items since you authorised", "Decide if you want {things}.", HEAD
    ),
    "VC04": RuleWords(Check.NEEDED, "Used for something new", "Decide if you want the new purpose.", HEAD),
    "VC08": RuleWords(Check.NEEDED, "The legal ground was changed", "Ask why the legal ground was changed."),
    "VC09": RuleWords(
        Check.NEEDED, "The supplier now decides for itself", "Decide if you want the supplier in that role.", HEAD
    ),
    "VC10": RuleWords(
        Check.AUTHORISED, "More people than you authorised", "Decide if you want more people covered.", HEAD
    ),
    "VC11": RuleWords(
        Check.SENSITIVE, "New decisions or AI since you authorised", "Decide if you want it for your pupils.", HEAD
    ),
    "VC13": RuleWords(Check.KEPT, "No longer asked for, but still kept", "Ask the supplier to erase {things}."),
    "VC14": RuleWords(Check.AUTHORISED, "Changed without a new version", "Ask the supplier what was changed."),
    "VC16": RuleWords(Check.AUTHORISED, "Your review is overdue", "Review what you authorised.", HEAD),
    "PS07": RuleWords(
        Check.SENSITIVE,
        "No policy document is named",
        "Ask your data protection officer if you hold the document.",
        DATA_LEAD,
    ),
    "PS13": RuleWords(
        Check.NEEDED, "Legal names where known names would do", "Ask if the supplier can do without {things}."
    ),
    "PS15": RuleWords(
        Check.NEEDED, "Several signs of low income at once", "Ask the supplier which of {things} it really needs."
    ),
    "PS16": RuleWords(
        Check.NEEDED, "Why a pupil gets money, not only that", "Ask if a yes or no would do for {things}."
    ),
    "PS17": RuleWords(
        Check.SENSITIVE, "The kind of need, not only that there is one", "Ask if the SEN status would do for {things}."
    ),
    "PS18": RuleWords(Check.SENSITIVE, "Free text is asked for", "Ask how {things} is kept short and looked at."),
    "PS20": RuleWords(Check.NEEDED, "More pupils than the app is for", "Ask the supplier about which pupils it asks."),
    "PS21": RuleWords(
        Check.NEEDED, "Contacts who may not know of it", "Ask which contacts it needs and how they are told."
    ),
    "PS22": RuleWords(
        Check.SENSITIVE, "Photos and recognition mixed up", "Ask whether software recognises people by {things}."
    ),
    "PS23": RuleWords(
        Check.SENSITIVE, "Safeguarding data is asked for", "Decide if the supplier may have {things} at all.", HEAD
    ),
    "PS24": RuleWords(Check.SENSITIVE, "Asked for with less care than it needs", "Ask for more care with {things}."),
    "PS25": RuleWords(Check.SENSITIVE, "Data that can tell of offences", "Ask if {things} tells of offences."),
    "PS26": RuleWords(Check.NEEDED, "Fetched more often than needed", "Ask the supplier to fetch data less often."),
    "PS28": RuleWords(
        Check.NEEDED, "The same thing asked for twice", "Ask which of {things} the supplier can do without."
    ),
    "SF01": RuleWords(Check.TIDY, "Kept without saying what it is", "Ask the supplier what {things} is."),
    "SF05": RuleWords(Check.KEPT, "A time limit that never comes", "Ask the supplier for a real time limit."),
    "SF06": RuleWords(
        Check.KEPT, "Kept as long as your own records", "Ask the supplier to keep data no longer than it acts for you."
    ),
    "SF07": RuleWords(Check.KEPT, "The clock never starts", "Ask how the supplier learns that the time begins."),
    "SF08": RuleWords(Check.KEPT, "Not said what happens at the end", "Ask if data is erased or returned to you."),
    "SF09": RuleWords(
        Check.KEPT, "Made anonymous instead of erased", "Ask the supplier to erase it, or to show you how."
    ),
    "SF10": RuleWords(
        Check.COMPANIES, "Not said where data is kept", "Ask the supplier in which country it keeps data."
    ),
    "SF13": RuleWords(
        Check.COMPANIES, "Companies you may not know of", "Ask the supplier about the companies that work for it."
    ),
    "SF14": RuleWords(Check.COMPANIES, "Not said how data is guarded", "Ask the supplier how it guards the data."),
    "SF15": RuleWords(Check.SENSITIVE, "Sensitive data without extra protection", "Ask how {things} is protected."),
    "SF16": RuleWords(Check.TIDY, "Not said where it comes from", "Ask the supplier where {things} comes from."),
    "SF17": RuleWords(Check.SENSITIVE, "Worked out, and not said from what", "Ask from what {things} is worked out."),
    "SF18": RuleWords(
        Check.SENSITIVE, "Not said if it decides about a pupil", "Ask if anything is decided by {things}."
    ),
    "SF19": RuleWords(
        Check.SENSITIVE, "A program alone decides about a pupil", "Ask that a person decides, and not {things}."
    ),
    "SF21": RuleWords(Check.COMPANIES, "Copies that nobody mentions", "Ask the supplier where it keeps copies."),
    "SF22": RuleWords(Check.KEPT, "Backups without an end", "Ask how long data stays in backups."),
    "SF23": RuleWords(Check.SENSITIVE, "Free text without bounds", "Ask how {things} is kept short and looked at."),
    "SF24": RuleWords(Check.SENSITIVE, "No impact assessment", "Ask the supplier for its impact assessment."),
    "SF25": RuleWords(Check.KEPT, "You cannot choose how long", "Ask the supplier to let you choose how long."),
    "SF26": RuleWords(
        Check.TIDY, "Not said how parents' wishes are met", "Ask how one pupil's data is found and erased."
    ),
    "SF27": RuleWords(Check.COMPANIES, "Real pupils in tests", "Ask the supplier to test with invented people."),
    "XS08": RuleWords(
        Check.AUTHORISED, "Your notice does not name it", "Add {things} to your privacy notice.", DATA_LEAD
    ),
    "XS09": RuleWords(
        Check.AUTHORISED, "Your contract does not list it", "Ask the supplier to put {things} into the contract."
    ),
    "XS10": RuleWords(Check.KEPT, "Kept longer than agreed", "Ask the supplier to keep to the contract."),
    "XS12": RuleWords(Check.TIDY, "Data that cannot be found again", "Ask how one pupil's data is found in all of it."),
    "VC05": RuleWords(
        Check.COMPANIES, "Somebody new sees the data", "Decide if you want the new company to see it.", HEAD
    ),
    "VC06": RuleWords(Check.COMPANIES, "Data has moved", "Decide if you want the data to be kept there.", HEAD),
    "VC07": RuleWords(Check.KEPT, "Kept longer than you agreed to", "Decide if it may be kept longer.", HEAD),
    "RC01": RuleWords(
        Check.COMPANIES, "A gap in your own record", "Ask the supplier for what your record of processing lacks."
    ),
    "RC02": RuleWords(
        Check.COMPANIES, "The supplier has no contact of yours", "Tell the supplier whom to call.", DATA_LEAD
    ),
    "RC03": RuleWords(Check.COMPANIES, "Nobody to turn to", "Ask the supplier whom to write to."),
    "RC07": RuleWords(Check.TIDY, "A report uses the wrong word", "Do not publish the report.", DATA_LEAD),
    "RC10": RuleWords(Check.TIDY, "A report promises too much", "Do not publish the report.", DATA_LEAD),
    "RC13": RuleWords(
        Check.SENSITIVE, "An impact assessment with gaps", "Ask who was asked, who advised and who signed it."
    ),
    "RC14": RuleWords(
        Check.COMPANIES, "A contract with gaps", "Ask the supplier which clauses say what the contract must say."
    ),
    "RC16": RuleWords(Check.TIDY, "No notice that a child can read", "Ask the supplier for a notice for children."),
    "VC15": RuleWords(
        Check.SENSITIVE, "Guarded less than when you authorised", "Decide if {things} may be guarded less.", HEAD
    ),
}


def words_of(rule: RuleInfo) -> RuleWords:
    """Return a rule's plain words; a rule that has none yet speaks for itself."""
    plain = RuleWords(Check.TIDY, rule.name.replace("-", " ").capitalize(), rule.instead)
    return _WORDS.get(rule.id, plain)


def rules_with_words() -> frozenset[str]:
    """Return the ids of the rules that have plain words."""
    return frozenset(_WORDS)
