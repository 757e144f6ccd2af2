"""What changes on a move between statuses, with its source; a way back is never promised."""

from datetime import date

import pytest

from perron.messages.texts import say, texts
from perron.rules.belgium.filing import described
from perron.rules.belgium.moves import Turn, changes, content, moves, right, subjects
from perron.rules.facts import content as facts_file
from perron.rules.moments import Moment
from perron.vocabulary.errors import NotFound

ON = Moment(date(2026, 11, 25))
LANGUAGES = ("nl", "fr", "de", "en", "uk", "ru")


def test_a_worker_who_leaves_protection_loses_the_free_labour_market_and_free_recognition():
    (move,) = moves("tp", "single_permit", ON, region="VLG")
    assert move.status == "single_permit"
    assert {"labour_market", "social_aid", "diploma_fee", "integration"} <= set(
        move.those(Turn.LOST)
    )
    assert move.keeps_protection is False
    assert right("integration", "single_permit", "VLG").says == "duty_unless_exempt"


@pytest.mark.parametrize("region", [None, "DG"])
def test_where_no_region_is_named_or_nothing_is_written_the_duty_is_not_known(region):
    found = {each.subject: each for each in changes("tp", "single_permit", region)}["integration"]
    assert found.turn is Turn.UNKNOWN


def test_a_way_back_is_unknown_as_adopted_and_only_a_scenario_opens_it():
    for route in ("single_permit", "student", "family_tcn_unlimited", "humanitarian_9bis"):
        (move,) = moves("tp", route, ON)
        assert move.fallback is None
        assert move.fallback_source.mark == "U"
    assert moves("tp", "student", Moment(ON.on, "note"))[0].fallback is True


def test_an_asylum_seeker_may_ask_protection_and_waits_four_months_for_work():
    pending, refugee, subsidiary = moves("tp", "international_protection", ON)
    assert (pending.status, pending.fallback) == ("asylum_applicant", True)
    assert right("labour_market", "asylum_applicant").says == "after_four_months"
    assert "labour_market" in pending.those(Turn.LOST)
    assert "labour_market" in refugee.those(Turn.SAME)
    assert right("family", subsidiary.status).says == "art10bis_wait"


def test_somebody_without_status_loses_everything_that_is_written():
    lost = {each.subject for each in changes("tp", "none") if each.turn is Turn.LOST}
    assert lost == {"labour_market", "social_aid", "health_insurance", "diploma_fee"}


def test_what_is_not_written_is_not_known():
    (move,) = moves("tp", "stateless", ON)
    assert set(move.those(Turn.UNKNOWN)) == set(subjects())
    assert move.keeps_protection is None
    assert [one.messages[2].key for one in move.changes] == ["right.unknown"] * len(subjects())


@pytest.mark.parametrize("route", sorted(described()))
@pytest.mark.parametrize("before", ["tp", "single_permit", "none"])
def test_every_move_is_said_in_six_languages_with_source_and_mark(route, before):
    for move in moves(before, route, ON, "BRU"):
        assert move.keeps_source.text
        assert move.fallback_source.text
        for change in move.changes:
            assert all(
                one is None or (one.source.text and one.source.mark)
                for one in (change.before, change.after)
            )
            assert all(say(one, language) for one in change.messages for language in LANGUAGES)


def test_every_row_names_a_status_of_the_facts_and_has_a_sentence():
    known = set(facts_file()["enums"]["stay_title"])
    for subject, rows in content()["rights"].items():
        for row in rows:
            assert set(row["status"]) <= known
            assert f"right.{subject}.{row['says']}" in texts()
            assert row["mark"] != "U"


def test_a_route_that_does_not_exist_is_named():
    with pytest.raises(NotFound):
        moves("tp", "citizenship", ON)
