"""Twelve people: the five groups that fall between, and seven others; each ends in a route or in a named gap."""

from datetime import date

import pytest

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
UKRAINIAN = {
    "nationality": ["UA"], "resided_in_ua_before_20220224": True, "left_ua_on": "2022-03-05", "family_links": [],
    "tp_state": "granted", "tp_certificate_on": "2022-03-20", "absences": [], "is_uam": False,
    "stay_periods": [{"title": "tp", "from": "2022-03-20", "to": "-", "card": "A"}],
    "asylum_lodged_on": "-", "application_9ter_on": "-", "family_application_be_on": "-",
}  # fmt: skip
NOTHING_ELSE = {
    "job_offer": "-", "enrolment": "-", "diploma_be": "-", "centre_accompaniment": "none", "professional_card": "none",
    "medical_certificate_9ter_on": "-", "address_be": True, "stateless_recognised_on": "-",
    "can_acquire_nationality": True,
}  # fmt: skip


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
    mother = {
        **UKRAINIAN,
        **NOTHING_ELSE,
        "birth_date": 1988,
        "identity_document": "identity_card",
        "dependants": 5,
    }
    found = outlook(mother, ON)
    assert found.those(Verdict.YES) == {"tp"}
    assert {"humanitarian_9bis", "international_protection"} <= found.those(Verdict.AUTHORITY)
    assert found.gap.key == "outlook.never"
    assert outlook(mother, Moment(ON.on, "note")).lasting_from == date(2027, 3, 20)


def test_a_child_alone_has_a_durable_solution_until_the_day_before_eighteen():
    child = {
        **UKRAINIAN, **NOTHING_ELSE, "birth_date": "2010-06-15", "is_uam": True, "guardian_assigned_on": "2022-04-01",
        "identity_document": "identity_card",
    }  # fmt: skip
    found = outlook(child, ON)
    assert "uam_durable_solution" in found.those(Verdict.AUTHORITY)
    assert first("uam_durable_solution", child).closes == date(2028, 6, 14)
    assert found.of("nationality").verdict is Verdict.NO
    granted = {
        **child,
        "stay_periods": [
            *child["stay_periods"],
            {"title": "uam", "from": "2026-12-01", "to": "-", "card": "A"},
        ],
    }
    assert first("unlimited_stay", granted, Moment(date(2026, 12, 1))).verdict is Verdict.AUTHORITY


def test_a_man_on_dialysis_can_ask_9ter_until_his_certificate_is_three_months_old():
    ill = {
        **UKRAINIAN, **NOTHING_ELSE, "birth_date": "1970-02-01",
        "serious_illness": True, "treatment_accessible_in_origin": False,
        "medical_certificate_9ter_on": "2026-10-10", "identity_document": "expired_passport", "unfit_to_travel": True,
    }  # fmt: skip
    assert "medical_9ter" in outlook(ill, ON).those(Verdict.AUTHORITY)
    assert first("medical_9ter", ill).closes == date(2027, 1, 10)
    after = outlook(ill, AFTER)
    assert after.of("tp").verdict is Verdict.NO
    assert after.of("tpd22_23").unknown_because is UnknownBecause.LAW
    assert after.gap.key == "outlook.never"


@pytest.mark.parametrize(
    ("permit", "verdict", "row"),
    [("permanent", Verdict.AUTHORITY, "TP-d"), ("temporary", Verdict.NO, "TP-e")],
)
def test_a_third_country_national_is_answered_by_the_permit_in_ukraine(permit, verdict, row):
    afghan = {
        **UKRAINIAN, **NOTHING_ELSE, "nationality": ["AF"], "ua_permit": permit, "ua_protection": "none",
        "safe_return_to_origin": False, "birth_date": "1995-01-01", "identity_document": "valid_passport",
        "stay_periods": [], "tp_state": "none", "tp_certificate_on": "-",
    }  # fmt: skip
    found = outlook(afghan, ON)
    assert found.of("tp").verdict is verdict
    assert row in labels(found.of("tp"))
    assert "international_protection" in found.those(Verdict.AUTHORITY)
    assert found.gap.key == "outlook.never"


def test_the_wife_of_a_displaced_ukrainian_derives_her_status_from_him():
    link = {"kind": "spouse", "sponsor_in_tp_core": True, "existed_in_ua_before_20220224": True}
    wife = {
        **UKRAINIAN,
        "nationality": ["GE"],
        "ua_permit": "temporary",
        "ua_protection": "none",
        "family_links": [link],
    }
    assert outlook(wife, ON).of("tp").verdict is Verdict.YES
    apart = {**wife, "family_links": [{**link, "sponsor_in_tp_core": False}]}
    assert {"TP-e", "TP-h"} <= labels(outlook(apart, ON).of("tp"))


def test_who_was_here_before_the_war_is_outside_and_told_which_routes_remain():
    before = {
        **UKRAINIAN, **NOTHING_ELSE, "birth_date": "1990-01-01", "resided_in_ua_before_20220224": False,
        "left_ua_on": "2021-06-01",
        "absence_reason_20220224": "moved_abroad", "lived_in_eu_before_20220224": True, "stay_periods": [],
        "tp_state": "refused", "tp_certificate_on": "-", "identity_document": "valid_passport",
    }  # fmt: skip
    found = outlook(before, ON)
    assert found.of("tp").verdict is Verdict.NO
    assert "TP-g" in labels(found.of("tp"))
    assert {"international_protection", "humanitarian_9bis"} <= found.those(Verdict.AUTHORITY)
    assert found.of("single_permit").verdict is Verdict.NO
    assert found.gap.key == "outlook.never"


# --- seven others --------------------------------------------------------------------------------------------------


def test_a_pupil_whose_right_ends_in_march_has_118_days_of_school_left_and_no_rule():
    pupil = {**UKRAINIAN, **NOTHING_ELSE, "birth_date": "2012-09-01", "minor_in_school": True}
    assert school_interrupted(ON).days == 118
    found = outlook(pupil, AFTER).of("tpd22_23")
    assert (found.verdict, found.law_missing) == (Verdict.UNKNOWN, ("tpd22_23.rule_in_force_from",))
    finishing = outlook(pupil, Moment(date(2028, 3, 5), "note")).of("tpd22_23")
    assert finishing.verdict is Verdict.AUTHORITY
    assert "tpd22_23.school" in labels(finishing)


def test_a_student_in_the_second_of_three_years_loses_the_right_before_the_studies_end():
    student = {
        **UKRAINIAN, "birth_date": "2005-04-01", "means_month": 900, "health_insured": True,
        "medical_certificate_clean": True, "criminal_record_clean_origin": True,
        "enrolment": {"institution_recognised": True, "full_time": True, "level": "bachelor", "from": "2025-09-15",
                      "to": "2028-06-30"},
    }  # fmt: skip
    assert studies_interrupted(date(2028, 6, 30), ON).days == 484
    assert outlook(student, Moment(date(2026, 6, 1))).of("student").verdict is Verdict.YES
    now = outlook(student, ON).of("student")
    assert (now.unknown_because, now.law_missing) == (UnknownBecause.LAW, ("student.means.month",))
    diploma = {**student, "diploma_be": {"level": "bachelor", "obtained_on": "2026-06-30"}}
    assert outlook(diploma, ON).of("search_year").law_missing == ("search_year.tp_studies_count",)


def test_a_worker_who_leaves_protection_gains_a_clock_and_loses_a_free_labour_market():
    worker = {
        **UKRAINIAN, "birth_date": "1990-05-01", "passport_valid_until": "2030-01-01",
        "criminal_record_clean_origin": True, "medical_certificate_clean": True, "health_insured": True,
        "job_offer": {"region": "WAL", "category": "highly_skilled", "gross_year": 53220, "contract_from": "2026-12-01",
                      "contract_to": "2027-11-30", "labour_market_test": "exempt"},
    }  # fmt: skip
    found = outlook(worker, ON)
    assert {"tp", "single_permit"} <= found.those(Verdict.YES)
    assert described()["single_permit"]["file_at"]["belgium"]
    (move,) = moves("tp", "single_permit", ON, "WAL")
    assert {"labour_market", "diploma_fee"} <= set(move.those(Turn.LOST))
    assert (move.keeps_protection, move.fallback) == (False, None)
    assert found.gap.key == "outlook.never"
    moved = {
        **worker,
        "stay_periods": [
            {"title": "tp", "from": "2022-03-20", "to": "2027-01-09", "card": "A"},
            {"title": "single_permit", "from": "2027-01-10", "to": "-", "card": "A"},
        ],
    }
    assert first("unlimited_stay", moved, Moment(date(2027, 1, 10))).day == date(2032, 1, 10)


def test_a_man_who_cannot_renew_his_passport_is_warned_and_shown_what_takes_an_expired_one():
    man = {
        **UKRAINIAN, **NOTHING_ELSE, "birth_date": "1985-01-01", "sex": "m", "identity_document": "expired_passport",
        "passport_valid_until": "2026-05-01", "passport_obtainable": False,
        "job_offer": {"region": "WAL", "category": "highly_skilled", "gross_year": 60000, "contract_from": "2026-12-01",
                      "contract_to": "2027-11-30", "labour_market_test": "exempt"},
    }  # fmt: skip
    found = outlook(man, ON)
    assert labels(found.of("single_permit")) == {"single_permit.passport"}
    assert "humanitarian_9bis" in found.those(Verdict.AUTHORITY)
    assert [(said.key, source.mark) for said, source in found.warnings] == [
        ("outlook.passport", "V")
    ]
    assert outlook({**man, "passport_obtainable": True}, ON).warnings == ()


def test_a_refused_applicant_has_thirty_days_for_an_appeal_that_stops_nothing_and_other_routes():
    refused = {
        **UKRAINIAN, **NOTHING_ELSE, "nationality": ["NG"], "ua_permit": "temporary", "ua_protection": "none",
        "tp_state": "refused", "tp_certificate_on": "-", "stay_periods": [], "identity_document": "valid_passport",
    }  # fmt: skip
    (appeal, *_) = steps("appeal", date(2026, 11, 25))
    assert appeal.until == date(2026, 12, 25)
    assert described()["tp"]["remedy"]["suspensive"] is False
    found = outlook(refused, ON)
    assert found.of("tp").verdict is Verdict.NO
    assert {"international_protection", "humanitarian_9bis"} <= found.those(Verdict.AUTHORITY)


def test_a_wife_whose_husband_holds_the_permit_sees_what_his_move_does_to_her():
    link = {
        "kind": "spouse", "sponsor_title": "single_permit", "sponsor_stay_from": "2025-01-10",
        "sponsor_birth_date": "1988-01-01", "sponsor_income_month": 2600,
        "existed_before_sponsor_entry": True, "sponsor_group": "third_country",
        "sponsor_in_tp_core": True, "existed_in_ua_before_20220224": True,
    }  # fmt: skip
    wife = {
        **UKRAINIAN, **NOTHING_ELSE, "birth_date": "1990-05-01", "family_links": [link], "housing_adequate": True,
        "health_insured": True, "extra_family_members": 1, "identity_document": "valid_passport",
    }  # fmt: skip
    in_2025 = Moment(date(2025, 11, 25))
    assert "family_tcn_limited" in outlook(wife, in_2025).those(Verdict.YES)
    assert outlook(wife, ON).of("family_tcn_limited").law_missing == (
        "family.income.month_net", "family.income.per_extra_member",
    )  # fmt: skip
    lost = on_the_other(wife, 0, "other_limited", in_2025)
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
    tourist = {
        **UKRAINIAN, "left_ua_on": left, "absence_reason_20220224": "holiday", "stay_periods": [], "tp_state": "none",
        "tp_certificate_on": "-", "lived_in_eu_before_20220224": False,
    }  # fmt: skip
    found = outlook(tourist, ON).of("tp")
    assert found.verdict is verdict
    assert ("TP-f" in labels(found)) is (verdict is Verdict.AUTHORITY)
    assert first("tp", tourist).kind is (
        EarliestKind.DATE if verdict is Verdict.AUTHORITY else EarliestKind.NEVER
    )
