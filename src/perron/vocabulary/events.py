"""Everything that can happen, as a closed list, with what each may note. Values never stand in a journal line."""

from enum import StrEnum


class Event(StrEnum):
    """subject:what happened."""

    HOUSEHOLD_REGISTERED = "household:registered"
    HOUSEHOLD_SETTLED = "household:settled"
    HOUSEHOLD_SPLIT = "household:split"
    HOUSEHOLD_MOVED = "household:moved"
    HOUSEHOLD_MERGED = "household:merged"
    PERSON_MERGED = "person:merged"
    TWO_PEOPLE_SAID = "person:two_people"
    TWO_PEOPLE_TAKEN_BACK = "person:two_people_taken_back"
    MOVING_UNDONE = "household:undone"
    REPRESENTATION_NAMED = "representation:named"
    REPRESENTATION_ENDED = "representation:ended"
    GLASS_BROKEN = "glass:broken"
    GLASS_SEEN = "glass:seen"
    SAFE_MODE_SET = "safe_mode:set"
    SAFE_MODE_ENDED = "safe_mode:ended"
    PERSON_ADDED = "person:added"
    PERSON_CORRECTED = "person:corrected"
    PERSON_SOUGHT = "person:sought"
    QUESTION_ASKED = "question:asked"
    QUESTION_PASSED_ON = "question:passed_on"
    QUESTION_ANSWERED = "question:answered"
    QUESTION_WITHDRAWN = "question:withdrawn"
    ANSWER_READ = "question:answer_read"
    PRESENCE_SET = "presence:set"
    NEED_SET = "need:set"
    NEED_ENDED = "need:ended"
    FACT_STATED = "fact:stated"
    ROOF_ASKED = "roof:asked"
    ROOF_PROPOSED = "roof:proposed"
    ROOF_TAKEN = "roof:taken"
    ROOF_OVERRULED = "roof:overruled"
    ROOF_REFUSED = "roof:refused"
    HOME_PROPOSED = "home:proposed"
    HOME_TAKEN = "home:taken"
    HOME_REFUSED = "home:refused"
    STAY_BOOKED = "stay:booked"
    STAY_MOVED_IN = "stay:moved_in"
    STAY_EXTENDED = "stay:extended"
    STAY_MOVED_OUT = "stay:moved_out"
    STAY_NO_SHOW = "stay:no_show"
    STAY_CANCELLED = "stay:cancelled"
    STAY_UNDONE = "stay:undone"
    HANDOVER_OFFERED = "handover:offered"
    HANDOVER_ACCEPTED = "handover:accepted"
    HANDOVER_DECLINED = "handover:declined"
    HANDOVER_WITHDRAWN = "handover:withdrawn"
    HANDOVER_ESCALATED = "handover:escalated"
    HANDOVER_REASSIGNED = "handover:reassigned"
    HANDOVER_GIVER_TOLD = "handover:giver_told"
    CONTACT_WRITTEN = "contact:written"
    CONTACT_CORRECTED = "contact:corrected"
    PROMISE_MADE = "promise:made"
    PROMISE_SETTLED = "promise:settled"
    ACT_UNDONE = "act:undone"
    LAW_CHANGE_ENTERED = "law_change:entered"
    LAW_CHANGE_APPROVED = "law_change:approved"
    LAW_CHANGE_REFUSED = "law_change:refused"
    LAW_CHANGE_WITHDRAWN = "law_change:withdrawn"
    ABSENCE_SET = "absence:set"
    ABSENCE_ENDED = "absence:ended"
    COVER_NAMED = "cover:named"
    TRACK_OPENED = "track:opened"
    TRACK_STEP_SET = "track:step_set"
    TRACK_TAKEN_UP = "track:taken_up"
    MATRIX_ADOPTED = "matrix:adopted"
    PLACE_CONFIRMED = "place:confirmed"
    HOST_CHECKED = "host:checked"
    PAPER_WRITTEN = "paper:written"
    FILE_RECEIVED = "file:received"
    FILE_MAPPED = "file:mapped"
    FILE_DROPPED = "file:dropped"
    FILE_IMPORTED = "file:imported"
    UNITS_ADDED = "site:units_added"
    ORGANISATION_ADDED = "organisation:added"
    ORGANISATION_CORRECTED = "organisation:corrected"
    SITE_CORRECTED = "site:corrected"
    UNIT_CORRECTED = "site:unit_corrected"
    VISIT_OPENED = "visit:opened"
    VISIT_SET = "visit:set"
    HOURS_SET = "hours:set"
    HOURS_ENDED = "hours:ended"
    NOTICE_WRITTEN = "notice:written"
    LINK_GIVEN = "link:given"
    LINK_ENDED = "link:ended"
    DAY_DONE = "day:done"
    TERRITORY_LOADED = "territory:loaded"
    SITE_OPENED = "site:opened"
    USER_ADDED = "user:added"
    DATA_EXPORTED = "data:exported"
    PERSON_EXPORTED = "person:exported"
    ERASURE_ASKED = "erasure:asked"
    ERASURE_DECLINED = "erasure:declined"
    ERASURE_WITHDRAWN = "erasure:withdrawn"
    PERSON_ERASED = "person:erased"
    RETENTION_DONE = "retention:done"
    DEMONSTRATION_LOADED = "demonstration:loaded"


DETAILS: dict[Event, frozenset[str]] = {
    Event.HOUSEHOLD_REGISTERED: frozenset({"size"}),
    Event.GLASS_BROKEN: frozenset({"glass", "reason", "people"}),
    Event.GLASS_SEEN: frozenset({"glass"}),
    Event.HOUSEHOLD_SETTLED: frozenset({"municipality"}),
    Event.HOUSEHOLD_SPLIT: frozenset({"size", "keeps_nights"}),
    Event.HOUSEHOLD_MOVED: frozenset({"municipality", "handovers"}),
    Event.HOUSEHOLD_MERGED: frozenset({"other", "size"}),
    Event.PERSON_MERGED: frozenset({"double", "ended"}),
    Event.TWO_PEOPLE_SAID: frozenset({"said"}),
    Event.TWO_PEOPLE_TAKEN_BACK: frozenset({"said"}),
    Event.MOVING_UNDONE: frozenset({"line"}),
    Event.REPRESENTATION_NAMED: frozenset({"representation", "kind"}),
    Event.REPRESENTATION_ENDED: frozenset({"representation", "because"}),
    Event.SAFE_MODE_SET: frozenset(),
    Event.SAFE_MODE_ENDED: frozenset(),
    Event.PERSON_ADDED: frozenset(),
    Event.PERSON_CORRECTED: frozenset({"fields"}),
    Event.PERSON_SOUGHT: frozenset({"hits"}),
    Event.QUESTION_ASKED: frozenset({"question", "holder", "purpose"}),
    Event.QUESTION_PASSED_ON: frozenset({"question", "holder"}),
    Event.QUESTION_ANSWERED: frozenset({"question"}),
    Event.QUESTION_WITHDRAWN: frozenset({"question"}),
    Event.ANSWER_READ: frozenset({"question"}),
    Event.PRESENCE_SET: frozenset({"presence", "was", "tried", "until", "keeps_bed"}),
    Event.NEED_SET: frozenset({"need"}),
    Event.NEED_ENDED: frozenset({"need"}),
    Event.FACT_STATED: frozenset({"fact"}),
    Event.ROOF_ASKED: frozenset({"night", "request"}),
    Event.ROOF_PROPOSED: frozenset({"unit", "night", "proposal"}),
    Event.ROOF_TAKEN: frozenset({"unit", "night", "stay", "proposal"}),
    Event.ROOF_OVERRULED: frozenset({"unit", "night", "proposal"}),
    Event.ROOF_REFUSED: frozenset({"unit", "night", "proposal"}),
    Event.HOME_PROPOSED: frozenset({"unit", "proposal"}),
    Event.HOME_TAKEN: frozenset({"unit", "proposal", "stay"}),
    Event.HOME_REFUSED: frozenset({"unit", "proposal"}),
    Event.STAY_BOOKED: frozenset({"stay", "unit", "start", "end"}),
    Event.STAY_MOVED_IN: frozenset({"stay", "unit", "on"}),
    Event.STAY_EXTENDED: frozenset({"stay", "end"}),
    Event.STAY_MOVED_OUT: frozenset({"stay", "on"}),
    Event.STAY_NO_SHOW: frozenset({"stay", "night"}),
    Event.STAY_CANCELLED: frozenset({"stay"}),
    Event.STAY_UNDONE: frozenset({"stay", "state"}),
    Event.HANDOVER_OFFERED: frozenset({"handover", "receiver", "tracks"}),
    Event.HANDOVER_ACCEPTED: frozenset({"handover"}),
    Event.HANDOVER_DECLINED: frozenset({"handover", "reason"}),
    Event.HANDOVER_WITHDRAWN: frozenset({"handover"}),
    Event.HANDOVER_ESCALATED: frozenset({"handover", "stage", "to"}),
    Event.HANDOVER_REASSIGNED: frozenset({"handover", "receiver", "again"}),
    Event.HANDOVER_GIVER_TOLD: frozenset({"handover"}),
    Event.CONTACT_WRITTEN: frozenset({"contact", "way", "outcome"}),
    Event.CONTACT_CORRECTED: frozenset({"contact", "fields"}),
    Event.PROMISE_MADE: frozenset({"promise", "due_on"}),
    Event.PROMISE_SETTLED: frozenset({"promise", "state"}),
    Event.ACT_UNDONE: frozenset({"act", "kind", "rows"}),
    Event.LAW_CHANGE_ENTERED: frozenset({"change", "key"}),
    Event.LAW_CHANGE_APPROVED: frozenset({"change", "key"}),
    Event.LAW_CHANGE_REFUSED: frozenset({"change", "key"}),
    Event.LAW_CHANGE_WITHDRAWN: frozenset({"change", "key"}),
    Event.ABSENCE_SET: frozenset({"absence", "cover"}),
    Event.ABSENCE_ENDED: frozenset({"absence"}),
    Event.COVER_NAMED: frozenset({"cover", "start", "end"}),
    Event.TRACK_OPENED: frozenset({"track", "kind", "step"}),
    Event.TRACK_STEP_SET: frozenset({"track", "step", "was"}),
    Event.TRACK_TAKEN_UP: frozenset({"track"}),
    Event.MATRIX_ADOPTED: frozenset({"version", "lines"}),
    Event.PLACE_CONFIRMED: frozenset({"site"}),
    Event.HOST_CHECKED: frozenset({"site", "check"}),
    Event.FILE_RECEIVED: frozenset({"file", "kind"}),
    Event.FILE_MAPPED: frozenset({"file"}),
    Event.FILE_DROPPED: frozenset({"file"}),
    Event.FILE_IMPORTED: frozenset({"file", "kind", "rows"}),
    Event.UNITS_ADDED: frozenset({"site", "units", "beds"}),
    Event.ORGANISATION_ADDED: frozenset({"organisation"}),
    Event.ORGANISATION_CORRECTED: frozenset({"organisation", "fields"}),
    Event.SITE_CORRECTED: frozenset({"site", "fields"}),
    Event.UNIT_CORRECTED: frozenset({"site", "unit", "fields"}),
    Event.PAPER_WRITTEN: frozenset({"households"}),
    Event.VISIT_OPENED: frozenset({"visit", "number"}),
    Event.VISIT_SET: frozenset({"visit", "state", "was"}),
    Event.HOURS_SET: frozenset({"hours"}),
    Event.HOURS_ENDED: frozenset({"hours"}),
    Event.NOTICE_WRITTEN: frozenset({"notice", "kind", "language"}),
    Event.LINK_GIVEN: frozenset({"link"}),
    Event.LINK_ENDED: frozenset({"link"}),
    Event.DAY_DONE: frozenset(
        {"on", "night", "proposals", "notices", "overdue", "escalated", "gaps"}
    ),
    Event.TERRITORY_LOADED: frozenset({"municipalities", "organisations"}),
    Event.SITE_OPENED: frozenset({"site", "units", "beds"}),
    Event.USER_ADDED: frozenset({"added"}),
    Event.DATA_EXPORTED: frozenset({"tables", "rows"}),
    Event.PERSON_EXPORTED: frozenset({"representation"}),
    Event.ERASURE_ASKED: frozenset({"ground"}),
    Event.ERASURE_DECLINED: frozenset({"ground"}),
    Event.ERASURE_WITHDRAWN: frozenset({"ground"}),
    Event.PERSON_ERASED: frozenset({"ground", "asked"}),
    Event.RETENTION_DONE: frozenset(
        {"on", "notices", "sights", "links", "reads", "checks", "files", "questions", "people"}
    ),
    Event.DEMONSTRATION_LOADED: frozenset({"people", "seed", "training"}),
}
