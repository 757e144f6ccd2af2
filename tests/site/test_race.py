import json
import signal
import time
from collections import Counter

import pytest
from builders import NOW
from databases import a_database, migrated, name_of, python, superuser
from invariants import broken
from race.checker import DOUBLES, HALVES, faults

pytestmark = pytest.mark.slow
EXPECTED = ("done", "nothing to do", "Conflict ", "Refused ", "NotFound ")
SEEDS = ("zo", "ma", "di", "wo", "do")


@pytest.fixture(scope="module")
def ground():
    """A database with few beds and many households, to be copied for each race."""
    with a_database(name_of("_ground"), migrated()) as name:
        python(name, "race.ground")
        yield name


def race(name, seed, acts, folder, kind="beds"):
    """Let the desks race in this database; how each one ended. Nobody is at work any more afterwards."""
    folder.mkdir()
    desks = json.loads(python(name, "race.zygote", kind, seed, str(acts), str(folder)))
    until = time.monotonic() + 30
    at_work = "select count(*) from pg_stat_activity where datname = %s"
    with superuser() as link:
        while link.execute(at_work, [name]).fetchone() != (0,):
            assert time.monotonic() < until, "a killed desk still holds its connection"
            time.sleep(0.05)
    return desks


def test_thirty_two_desks_race_and_some_are_killed_yet_nobody_sleeps_in_two_places(
    ground, tmp_path
):
    with a_database(name_of("_race"), ground) as name:
        desks = race(name, SEEDS[0], 5, tmp_path / "race")
        with superuser(name) as link:
            assert faults(link, DOUBLES | HALVES) == []
    assert Counter(desk["ended"] for desk in desks) == {0: 24, -signal.SIGKILL: 8}
    killed_at_work = [desk for desk in desks if desk["ended"] and len(desk["answers"]) < 5]
    assert len(killed_at_work) > 3
    answers = [answer for desk in desks for _, answer in desk["answers"]]
    assert [answer for answer in answers if not answer.startswith(EXPECTED)] == []
    assert {"done", "Conflict conflict.bed_taken", "Refused roof.not_asked"} <= set(answers)


@pytest.mark.parametrize(
    ("constraint", "sentence"),
    [
        ("no_bed_holds_two_people", "no bed holds two"),
        ("nobody_sleeps_in_two_places", "nobody sleeps in two places"),
    ],
)
def test_without_its_constraint_the_same_race_makes_the_sentence_untrue(
    ground, constraint, sentence, tmp_path
):
    for seed in SEEDS:
        with a_database(name_of("_race"), ground) as name:
            with superuser(name) as link:
                link.execute(f"alter table records_bednight drop constraint {constraint}")
            race(name, seed, 1, tmp_path / seed)
            with superuser(name) as link:
                found = faults(link, DOUBLES)
        if found:
            break
    assert [fault.partition(":")[0] for fault in found] == [sentence]


@pytest.fixture(scope="module")
def families():
    """A database with families whose lines six organisations hold, some of them offered, to be copied for each race."""
    with a_database(name_of("_families"), migrated()) as name:
        python(name, "race.families")
        yield name


@pytest.mark.parametrize("seed", SEEDS[:3])
def test_thirty_two_desks_hand_over_the_same_families_and_some_are_killed_yet_each_line_has_one_holder(
    families, tmp_path, seed
):
    with a_database(name_of("_race"), families) as name:
        desks = race(name, seed, 16, tmp_path / "race", "batons")
        with superuser(name) as link, link.cursor() as cursor:
            assert broken(cursor, NOW.date()) == []
    assert Counter(desk["ended"] for desk in desks) == {0: 24, -signal.SIGKILL: 8}
    assert len([desk for desk in desks if desk["ended"] and len(desk["answers"]) < 16]) > 3
    answers = [(act, answer) for desk in desks for act, answer in desk["answers"]]
    assert [answer for _, answer in answers if not answer.startswith(EXPECTED)] == []
    done = {act for act, answer in answers if answer == "done"}
    assert {"offer", "accept", "withdraw", "take_one", "go_on", "move", "split", "merge"} <= done
    assert "Refused handover.already_answered" in {answer for _, answer in answers}


def test_a_desk_that_waited_for_its_turn_acts_only_on_whom_it_still_sees(families):
    """A lock is granted by what was seen before the wait; the act must look again, and change nothing."""
    acts = "select count(*) from records_journal"
    with a_database(name_of("_late"), families) as name:
        with superuser(name) as link:
            before = link.execute(acts).fetchone()
        answers = json.loads(python(name, "race.late", name))
        with superuser(name) as link:
            assert link.execute(acts).fetchone() == before
    assert set(answers) == {
        "move", "split", "ask", "correct", "presence", "step", "open", "offer", "withdraw",
    }  # fmt: skip
    told = {
        "Conflict conflict.try_again",
        "NotFound household.not_found",
        "Refused handover.already_answered",
    }
    assert set(answers.values()) <= told, answers


def test_without_its_constraint_the_same_race_offers_one_line_twice(families, tmp_path):
    """The proof that the race contends: what guards it is taken away, and the sentence is untrue."""
    twice = "select track_id from records_handovertrack where open group by track_id having count(*) > 1"
    for seed in SEEDS:
        with a_database(name_of("_race"), families) as name:
            with superuser(name) as link:
                link.execute("drop index a_track_is_offered_once_at_a_time")
            race(name, seed, 1, tmp_path / seed, "batons")
            with superuser(name) as link:
                found = link.execute(twice).fetchall()
        if found:
            break
    assert found
