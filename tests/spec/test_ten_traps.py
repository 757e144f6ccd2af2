"""The ten traps of the domain report (belgium.md §0, T1 to T10): each fails here when the rules fall into it."""

from datetime import date, timedelta

import pytest
from routes_of_the_law import ROUTES, RULEBOOK
from stories import HERE_BEFORE, PUPIL, REFUSED, UKRAINIAN, WORKER
from test_dependants import WIFE

from perron.rules.belgium.clocks import steps
from perron.rules.belgium.filing import described
from perron.rules.belgium.moves import Turn, moves, right, subjects
from perron.rules.belgium.outlook import outlook
from perron.rules.belgium.temporary_protection import scope
from perron.rules.evaluate import answer
from perron.rules.facts import stated
from perron.rules.law import parameter, proposed_ends, protection_end, series
from perron.rules.moments import Moment
from perron.vocabulary.published import published
from perron.vocabulary.tracks import Step
from perron.vocabulary.verdicts import LawStatus, Mark, UnknownBecause, Verdict

DAY = date(2026, 11, 25)
ON = Moment(DAY)
LEAVING = ("single_permit", "blue_card", "student", "international_protection", "humanitarian_9bis")


def asked(route, known, moment=ON):
    return answer(ROUTES[route], stated(known), moment, RULEBOOK)


def test_trap_1_the_end_of_protection_is_the_last_adopted_day_and_a_proposal_is_no_law():
    end = protection_end(DAY)
    assert (end.value, end.status, end.source.mark) == (
        date(2027, 3, 4),
        LawStatus.ADOPTED,
        Mark.VERIFIED,
    )
    assert [row.value for row in proposed_ends(DAY)] == [date(2028, 3, 4)]
    assert asked("tp", PUPIL, Moment(date(2027, 3, 4))).verdict is Verdict.YES
    assert asked("tp", PUPIL, Moment(date(2027, 3, 5))).verdict is Verdict.NO
    for scenario in ("prolonged-2028", "note"):
        assert protection_end(DAY, scenario).value == date(2028, 3, 4)
        assert asked("tp", PUPIL, Moment(date(2027, 3, 5), scenario)).verdict is Verdict.YES


def test_trap_2_what_counts_is_the_main_home_in_ukraine_not_where_somebody_was_that_day():
    at_home = {**UKRAINIAN, "lived_in_eu_before_20220224": True}
    on_holiday = {
        **UKRAINIAN,
        "left_ua_on": "2022-02-20",
        "absence_reason_20220224": "holiday",
        "lived_in_eu_before_20220224": False,
    }
    left_out = {name: one for name, one in UKRAINIAN.items() if not name.startswith("resided_in")}
    assert scope(at_home, DAY).verdict is Verdict.YES
    assert scope(on_holiday, DAY).verdict is Verdict.AUTHORITY
    assert scope(HERE_BEFORE, DAY).verdict is Verdict.NO
    assert scope(left_out, DAY).missing == ("resided_in_ua_before_20220224",)


def test_trap_3_a_refusal_is_a_branch_of_its_own_with_an_appeal_and_other_routes():
    shares = {row["year"]: row["value"] for row in published()["refusals"]}
    assert (shares[2022], shares[2025]) == (2, 31)
    assert {"protection.refused", "protection.appealed"} <= set(Step)
    assert [each.amount for each in steps("appeal", ON) if each.what == "appeal"] == [30]
    assert described()["tp"]["remedy"]["suspensive"] is False
    found = outlook(REFUSED, ON)
    assert found.of("tp").verdict is Verdict.NO
    assert {"international_protection", "humanitarian_9bis"} <= found.those(Verdict.AUTHORITY)


def test_trap_4_certificates_are_a_sum_and_the_registers_a_stock_kept_apart():
    tables = published()
    granted = sum(row["value"] for row in tables["certificates"]["years"])
    last = tables["removals"][1]
    assert granted > 93000
    assert (last["until"], last["value"]) == (date(2024, 10, 31), 17374)
    assert "eurostat" not in str(tables).lower()


def test_trap_5_that_a_holder_may_not_apply_and_whether_the_months_count_are_two_facts():
    assert parameter("ltr.open_under_tp", DAY).value is False
    assert parameter("count.ltr.tp_months", DAY).value is None
    holder = {
        **WORKER,
        "means_month": 3000,
        "means_stable": True,
        "dependants": 0,
        "stay_periods": [
            {"title": "single_permit", "from": "2015-01-10", "to": "2022-03-19", "card": "A"},
            {"title": "tp", "from": "2022-03-20", "to": "-", "card": "A"},
        ],
    }
    barred = asked("ltr_eu", holder)
    assert barred.verdict is Verdict.NO
    assert "ltr_eu.scope" in {dict(one.message.params).get("condition") for one in barred.because}
    has_left = {
        **holder,
        "means_source": ["work"],
        "public_order_risk": False,
        "stay_periods": [
            {"title": "tp", "from": "2022-03-20", "to": "2024-01-09", "card": "A"},
            {"title": "single_permit", "from": "2024-01-10", "to": "-", "card": "A"},
        ],
    }
    later = Moment(date(2027, 6, 1))
    assert "count.ltr.tp_months" in asked("ltr_eu", has_left, later).law_missing
    assert asked("ltr_eu", has_left, later).unknown_because is UnknownBecause.LAW


@pytest.mark.parametrize("route", ["single_permit", "blue_card", "student"])
def test_trap_6_a_holder_may_apply_but_not_hold_both_and_is_told_what_is_lost(route):
    row = described()[route]
    assert row["may_apply_with_tp"]["value"] is True
    assert row["may_hold_with_tp"]["value"] is False
    (move,) = moves("tp", route, ON, region="VLG")
    assert move.keeps_protection is False
    assert {"labour_market", "diploma_fee"} <= set(move.those(Turn.LOST))


def test_trap_7_a_single_permit_is_asked_from_inside_the_country():
    row = described()["single_permit"]
    assert "staying here under temporary protection" in row["file_at"]["belgium"]
    assert (row["may_apply_with_tp"]["value"], row["may_apply_with_tp"]["mark"]) == (True, "V")
    assert asked("single_permit", WORKER).verdict is Verdict.YES
    assert not any(
        "abroad" in name or "visa" in name for name in asked("single_permit", {}).missing
    )


def test_trap_8_family_of_a_protected_person_has_two_routes_with_two_tests():
    on = date(2025, 11, 25)
    known = {**WIFE, "nationality": ["GE"]}
    (link,) = known["family_links"]
    poor = {**known, "family_links": [{**link, "sponsor_income_month": 0}]}
    early = {**known, "family_links": [{**link, "sponsor_stay_from": "2023-11-26"}]}
    just = {**known, "family_links": [{**link, "sponsor_stay_from": "2023-11-25"}]}
    formed = {**known, "family_links": [{**link, "existed_before_sponsor_entry": False}]}

    def both(facts):
        return tuple(
            asked(name, facts, Moment(on)).verdict.value
            for name in ("tp_family", "family_tcn_limited")
        )

    assert both(known) == ("yes", "yes")
    assert both(poor) == ("yes", "no")
    assert both(early) == ("yes", "no")
    assert both(just) == ("yes", "yes")
    assert both(formed) == ("yes", "no")


def test_trap_9_an_amount_is_that_of_its_region_and_day_and_no_other_fills_a_gap():
    def of(region, on):
        offer = {**WORKER["job_offer"], "region": region, "gross_year": 53220}
        return asked("single_permit", {**WORKER, "job_offer": offer}, Moment(on))

    assert of("WAL", DAY).verdict is Verdict.YES
    for region in ("VLG", "BRU", "DG"):
        found = of(region, DAY)
        assert (found.verdict, found.unknown_because) == (Verdict.UNKNOWN, UnknownBecause.LAW)
    assert of("VLG", date(2024, 12, 31)).verdict is Verdict.YES
    assert of("VLG", date(2025, 1, 1)).verdict is Verdict.UNKNOWN
    rows = series()[0]["wage.highly_skilled"]
    assert {row.region for row in rows} == {"VLG", "BRU", "WAL", "DG"}
    for region in ("VLG", "BRU", "WAL"):
        own = [row for row in rows if row.region == region]
        ends = [row.valid_to + timedelta(days=1) for row in own[:-1]]
        assert ends == [row.valid_from for row in own[1:]]


@pytest.mark.parametrize("region", ["VLG", "BRU", "WAL"])
def test_trap_10_leaving_protection_switches_duties_on_and_rights_off_in_every_region(region):
    for route in LEAVING:
        for move in moves("tp", route, ON, region):
            assert [each.subject for each in move.changes] == list(subjects())
            assert move.those(Turn.LOST) or move.status in {"student", "refugee", "subsidiary"}
    (worker,) = moves("tp", "single_permit", ON, region)
    assert {"labour_market", "diploma_fee", "integration"} <= set(worker.those(Turn.LOST))
    assert right("integration", "tp", region).says == "right_only"
    _, refugee, _ = moves("tp", "international_protection", ON, region)
    changed = {each.subject: each for each in refugee.changes}["integration"]
    assert (changed.turn, changed.after.says) == (Turn.LOST, "duty")
