"""Every column of every table: does it stay after erasure, is it blanked, or does it say nothing of a person."""

from enum import StrEnum


class Keeping(StrEnum):
    """What erasure does with a column."""

    STAYS = "an id, a code or the day of an act: stays"
    BLANKED = "a value of a person: blanked"
    NOBODY = "says nothing about a person who is received"


STAYS, BLANKED, NOBODY = Keeping.STAYS, Keeping.BLANKED, Keeping.NOBODY


def kept(columns: str, *, blanked: str = "", nobody: str = "") -> dict[str, Keeping]:
    """The columns of one table, by what becomes of them."""
    named = ((columns, STAYS), (blanked, BLANKED), (nobody, NOBODY))
    return {column: keeping for words, keeping in named for column in words.split()}


COLUMNS: dict[str, dict[str, Keeping]] = {
    "absence": kept("", nobody="id user organisation cover start end ended_early"),
    "bed": kept("", nobody="id unit number"),
    "bednight": kept("id stay bed person nights"),
    "bulkact": kept("id kind organisation user at undone_at person was was_since"),
    "bulkrow": kept("id act household person track left_at before handover"),
    "caseload": kept("id organisation household urgent_on"),
    "contact": kept(
        "id person household organisation user on way outcome written_at", blanked="note"
    ),
    "deskcover": kept("", nobody="id organisation cover start end"),
    "escalation": kept("id handover stage organisation on advised_on", blanked="advice"),
    "fact": kept("id person", blanked="name value stated_on document seen_by seen_on"),
    "gap": kept("id household person kind track responsible since opens closes waited"),
    "glass": kept("id organisation user household reason at until", blanked="why"),
    "handover": kept(
        "id giver receiver household state consent offered_at due_on read_until answered_at"
        " decline_reason consent_by",
        blanked="why without_consent_because decline_text consent_words",
    ),
    "handovertrack": kept("id handover track open"),
    "hostcheck": kept(
        "", nobody="id site organisation user kind outcome on holds_until withdrew written_at"
    ),
    "household": kept("id arrived_on demonstration", blanked="municipality"),
    "householdmember": kept("id household person start end"),
    "importedfile": kept(
        "", nobody="id organisation user kind name mapping file content keys rows follows at"
    ),
    "journal": kept("id at event user organisation role purpose household person details"),
    "lawchange": kept(
        "",
        nobody="id key region value valid_from valid_to takes_effect_on status mark act article published_on note"
        " entered_at entered_by organisation state decided_at decided_by decided_for reason before",
    ),
    "moved": kept("id journal", blanked="rows"),
    "membership": kept("", nobody="id user organisation role"),
    "municipality": kept(
        "",
        nobody="nis name name_nl name_fr name_de region province valid_from valid_until",
    ),
    "need": kept("id person", blanked="need start end"),
    "notice": kept("id person kind language law written_at about_on blank_on read_at", blanked="params"),
    "openinghours": kept("", nobody="id organisation weekday opens closes minutes desks"),
    "organisation": kept(
        "",
        nobody="id kind name name_nl name_fr name_de region municipality telephone source"
        " valid_from valid_until",
    ),
    "person": kept(
        "id demonstration presence presence_since",
        blanked="given_name family_name given_name_cyrillic family_name_cyrillic born sex"
        " nationalities languages telephone email presence_until",
    ),
    "promise": kept(
        "id contact person organisation user due_on state settled_on", blanked="text"
    ),
    "personallink": kept("id person given_at given_by given_to expires_on ended_at", blanked="digest"),
    "proposal": kept(
        "id household unit night state proposed_at decided_at", blanked="reasons despite"
    ),
    "question": kept(
        "id person organisation user holder purpose asked_at due_on state answered_by settled_at read_at",
        blanked="name born words answer",
    ),
    "read": kept("id at user organisation purpose person page"),
    "reference": kept("id organisation person", blanked="reference"),
    "representation": kept(
        "id person holder organisation kind start end end_because set_by", blanked="name paper said_by"
    ),
    "revision": kept("id journal person field", blanked="old new"),
    "roofrequest": kept("id household asked_at from_night state answered_at"),
    "safemode": kept(
        "id person along_with from_household from_people set_by since until", blanked="from_whom why ended_why"
    ),
    "sight": kept("id organisation person", blanked="until why"),
    "site": kept(
        "",
        nobody="id name organisation municipality street telephone confirmed_at demonstration",
    ),
    "stay": kept("id household unit start end exclusive state"),
    "track": kept(
        "id person kind step since due_on responsible taken_up_at opened_on closed_on matrix"
    ),
    "trackstep": kept("id track step holder taken_up start end"),
    "twopeople": kept("id person other organisation user at ended_at", blanked="why"),
    "unit": kept(
        "",
        nobody="id site name kind state withdrawn_on shared women_only minors_alone features available_from"
        " available_until",
    ),
    "unsettled": kept("id household"),
    "user": kept(
        "", nobody="id password last_login is_superuser email name language is_staff is_active joined_at"
    ),
    "visit": kept(
        "", nobody="id organisation on number state people language interpreter slot_at came_at called_at ended_at"
        " desk"
    ),
    "waitingfile": kept("", nobody="id organisation user kind name data mapping at"),
}  # fmt: skip
"""By table and column of ``records.models``; tests/house/test_retention.py fails when a column is missing here."""
