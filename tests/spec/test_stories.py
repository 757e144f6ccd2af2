"""Twelve people: the five groups that fall between, and seven others; each ends in a route or in a named gap."""

from datetime import date

import pytest
from stories import (
    AFGHAN,
    CHILD_ALONE,
    GEORGIAN_WIFE,
    HERE_BEFORE,
    MOTHER_OF_FIVE,
    ON_DIALYSIS,
    ON_HOLIDAY,
    PUPIL,
    REFUSED,
    STUDENT,
    WIFE_OF_A_WORKER,
    WITHOUT_PASSPORT,
    WORKER,
)

from perron.rules.belgium.clocks import steps
from perron.rules.belgium.dependants import hangs, on_the_other
from perron.rules.belgium.filing import described
from perron.rules.belgium.moves import Turn, moves
from perron.rules.belgium.outlook import outlook
from perron.rules.belgium.returning import school_interrupted, studies_interrupted
from perron.rules.belgium.rulebook import belgium
from perron.rules.earliest import EarliestKind, earliest
from perron.rules.facts import facts, stated
from perron.rules.moments import Moment
from perron.vocabulary.verdicts import UnknownBecause, Verdict

ON = Moment(date(2026, 11, 25))
AFTER = Moment(date(2027, 3, 5))


def first(route, known, moment=ON):
    return earliest(next(one for one in belgium().routes if one.id == route), stated(known), moment)


def labels(finding):
    return {
        dict(each.message.params).get("condition", each.message.key.removeprefix("rule."))
        for each in finding.because
    }


# --- the five groups -----------------------------------------------------------------------------------------------


def test_a_roma_mother_of_five_is_asked_no_origin_has_protection_and_then_a_named_gap():
    assert not {name for name in facts() if "roma" in name or "ethnic" in name or name == "origin"}
    found = outlook(MOTHER_OF_FIVE, ON)
    assert found.those(Verdict.YES) == {"tp"}
    assert {"humanitarian_9bis", "international_protection"} <= found.those(Verdict.AUTHORITY)
    assert found.gap.key == "outlook.never"
    assert outlook(MOTHER_OF_FIVE, Moment(ON.on, "note")).lasting_from == date(2027, 3, 20)


def test_a_child_alone_has_a_durable_solution_until_the_day_before_eighteen():
    found = outlook(CHILD_ALONE, ON)
    assert "uam_durable_solution" in found.those(Verdict.AUTHORITY)
    assert first("uam_durable_solution", CHILD_ALONE).closes == date(2028, 6, 14)
    assert found.of("nationality").verdict is Verdict.NO
    granted = {
        **CHILD_ALONE,
        "stay_periods": [
            *CHILD_ALONE["stay_periods"],
            {"title": "uam", "from": "2026-12-01", "to": "-", "card": "A"},
        ],
    }
    assert first("unlimited_stay", granted, Moment(date(2026, 12, 1))).verdict is Verdict.AUTHORITY


def test_a_man_on_dialysis_can_ask_9ter_until_his_certificate_is_three_months_old():
    assert "medical_9ter" in outlook(ON_DIALYSIS, ON).those(Verdict.AUTHORITY)
    assert first("medical_9ter", ON_DIALYSIS).closes == date(2027, 1, 10)
    after = outlook(ON_DIALYSIS, AFTER)
    assert after.of("tp").verdict is Verdict.NO
    assert after.of("tpd22_23").unknown_because is UnknownBecause.LAW
    assert after.gap.key == "outlook.never"


@pytest.mark.parametrize(
    ("permit", "verdict", "row"),
    [("permanent", Verdict.AUTHORITY, "TP-d"), ("temporary", Verdict.NO, "TP-e")],
)
def test_a_third_country_national_is_answered_by_the_permit_in_ukraine(permit, verdict, row):
    found = outlook({**AFGHAN, "ua_permit": permit}, ON)
    assert found.of("tp").verdict is verdict
    assert row in labels(found.of("tp"))
    assert "international_protection" in found.those(Verdict.AUTHORITY)
    assert found.gap.key == "outlook.never"


def test_the_wife_of_a_displaced_ukrainian_derives_her_status_from_him():
    (link,) = GEORGIAN_WIFE["family_links"]
    assert outlook(GEORGIAN_WIFE, ON).of("tp").verdict is Verdict.YES
    apart = {**GEORGIAN_WIFE, "family_links": [{**link, "sponsor_in_tp_core": False}]}
    assert {"TP-e", "TP-h"} <= labels(outlook(apart, ON).of("tp"))


def test_who_was_here_before_the_war_is_outside_and_told_which_routes_remain():
    found = outlook(HERE_BEFORE, ON)
    assert found.of("tp").verdict is Verdict.NO
    assert "TP-g" in labels(found.of("tp"))
    assert {"international_protection", "humanitarian_9bis"} <= found.those(Verdict.AUTHORITY)
    assert found.of("single_permit").verdict is Verdict.NO
    assert found.gap.key == "outlook.never"


# --- seven others --------------------------------------------------------------------------------------------------


def test_a_pupil_whose_right_ends_in_march_has_118_days_of_school_left_and_no_rule():
    assert school_interrupted(ON).days == 118
    found = outlook(PUPIL, AFTER).of("tpd22_23")
    assert (found.verdict, found.law_missing) == (Verdict.UNKNOWN, ("tpd22_23.rule_in_force_from",))
    finishing = outlook(PUPIL, Moment(date(2028, 3, 5), "note")).of("tpd22_23")
    assert finishing.verdict is Verdict.AUTHORITY
    assert "tpd22_23.school" in labels(finishing)


def test_a_student_in_the_second_of_three_years_loses_the_right_before_the_studies_end():
    assert studies_interrupted(date(2028, 6, 30), ON).days == 484
    assert outlook(STUDENT, Moment(date(2026, 6, 1))).of("student").verdict is Verdict.YES
    now = outlook(STUDENT, ON).of("student")
    assert (now.unknown_because, now.law_missing) == (UnknownBecause.LAW, ("student.means.month",))
    diploma = {**STUDENT, "diploma_be": {"level": "bachelor", "obtained_on": "2026-06-30"}}
    assert outlook(diploma, ON).of("search_year").law_missing == ("search_year.tp_studies_count",)


def test_a_worker_who_leaves_protection_gains_a_clock_and_loses_a_free_labour_market():
    found = outlook(WORKER, ON)
    assert {"tp", "single_permit"} <= found.those(Verdict.YES)
    assert described()["single_permit"]["file_at"]["belgium"]
    (move,) = moves("tp", "single_permit", ON, "WAL")
    assert {"labour_market", "diploma_fee"} <= set(move.those(Turn.LOST))
    assert (move.keeps_protection, move.fallback) == (False, None)
    assert found.gap.key == "outlook.never"
    moved = {
        **WORKER,
        "stay_periods": [
            {"title": "tp", "from": "2022-03-20", "to": "2027-01-09", "card": "A"},
            {"title": "single_permit", "from": "2027-01-10", "to": "-", "card": "A"},
        ],
    }
    assert first("unlimited_stay", moved, Moment(date(2027, 1, 10))).day == date(2032, 1, 10)


def test_a_man_who_cannot_renew_his_passport_is_warned_and_shown_what_takes_an_expired_one():
    found = outlook(WITHOUT_PASSPORT, ON)
    assert labels(found.of("single_permit")) == {"single_permit.passport"}
    assert "humanitarian_9bis" in found.those(Verdict.AUTHORITY)
    assert [(said.key, source.mark) for said, source in found.warnings] == [
        ("outlook.passport", "V")
    ]
    assert outlook({**WITHOUT_PASSPORT, "passport_obtainable": True}, ON).warnings == ()


def test_a_refused_applicant_has_thirty_days_for_an_appeal_that_stops_nothing_and_other_routes():
    (appeal, *_) = steps("appeal", Moment(date(2026, 11, 25)))
    assert appeal.until == date(2026, 12, 25)
    assert described()["tp"]["remedy"]["suspensive"] is False
    found = outlook(REFUSED, ON)
    assert found.of("tp").verdict is Verdict.NO
    assert {"international_protection", "humanitarian_9bis"} <= found.those(Verdict.AUTHORITY)


def test_a_wife_whose_husband_holds_the_permit_sees_what_his_move_does_to_her():
    in_2025 = Moment(date(2025, 11, 25))
    assert "family_tcn_limited" in outlook(WIFE_OF_A_WORKER, in_2025).those(Verdict.YES)
    assert outlook(WIFE_OF_A_WORKER, ON).of("family_tcn_limited").law_missing == (
        "family.income.month_net", "family.income.per_extra_member",
    )  # fmt: skip
    lost = on_the_other(WIFE_OF_A_WORKER, 0, "other_limited", in_2025)
    assert [(each.route, each.closes) for each in lost] == [("family_tcn_limited", True)]
    assert hangs("family_tcn").message.key == "depend.sponsor"


@pytest.mark.parametrize(
    ("left", "verdict"),
    [
        ("2022-01-15", Verdict.AUTHORITY),
        ("2021-11-24", Verdict.AUTHORITY),
        ("2021-11-23", Verdict.NO),
    ],
)
def test_who_left_on_holiday_shortly_before_the_war_files_and_the_office_decides(left, verdict):
    tourist = {**ON_HOLIDAY, "left_ua_on": left}
    found = outlook(tourist, ON).of("tp")
    assert found.verdict is verdict
    assert ("TP-f" in labels(found)) is (verdict is Verdict.AUTHORITY)
    assert first("tp", tourist).kind is (
        EarliestKind.DATE if verdict is Verdict.AUTHORITY else EarliestKind.NEVER
    )
