"""Seventeen matrices in files, each spoilt by one thing: each is refused, and the smallest counter-example named."""

from pathlib import Path

import pytest

from perron.cli.main import main

HERE = Path(__file__).parent
SAYS = {
    "dead_end": "support.not_needed in VLG on 4 March 2022: nothing follows it",
    "ends_while_people_stand_there": "municipality.to_declare in VLG on 1 January 2025: nobody is responsible",
    "escalation_comes_back": "roof.asked in VLG on 4 March 2022: when nobody acts, no coordinator can be found",
    "escalation_ends_nowhere": "roof.asked in none on 4 March 2022: when nobody acts, no coordinator can be found",
    "no_clock": "municipality.to_declare in VLG on 4 March 2022: no clock, and no reason why there is none",
    "no_escalation": "roof.asked in VLG on 4 March 2022: nobody is asked when nothing happens",
    "no_first_step": "municipality in VLG on 4 March 2022: the line has no first step",
    "no_organisation": "protection.to_register in VLG on 4 March 2022: nobody is responsible",
    "no_organisation_in_one_region": "support.to_ask in WAL on 4 March 2022: nobody is responsible",
    "no_way_out": "protection.granted in VLG on 4 March 2022: no way leads to the end or to a rest",
    "opens_itself": "support.to_ask in VLG on 4 March 2022: the line opens itself, support → protection → support",
    "opens_nothing": "protection.granted in VLG on 4 March 2022: it opens the line school, which has no first step",
    "role_nobody_has": "support.to_ask in VLG on 4 March 2022: nobody at fedasil has one of the roles system",
    "roof_waits_for_protection": "roof.asked waits for protection: roof.asked → protection.granted."
    " A roof waits for nothing",
    "roof_waits_over_another_line": "roof.asked waits for protection: roof.asked → support.not_needed"
    " → support.to_ask → protection.granted. A roof waits for nothing",
    "two_first_steps": "support in VLG on 4 March 2022: two first steps, support.not_needed and support.to_ask",
    "two_organisations": "support.to_ask in VLG on 4 March 2022: fedasil and dvz are responsible",
}


def checked(path, capsys):
    ended = main(["responsibility", "check", "--matrix", str(path)])
    return ended, capsys.readouterr().out


def test_the_sound_matrix_from_which_they_differ_passes(capsys):
    ended, said = checked(HERE / "sound.yaml", capsys)
    assert ended == 0
    assert "has no hole" in said


@pytest.mark.parametrize("name", SAYS)
def test_a_faulty_matrix_is_refused_with_its_smallest_counter_example(name, capsys):
    ended, said = checked(HERE / "faulty" / f"{name}.yaml", capsys)
    assert ended == 1
    assert SAYS[name] in said.splitlines()
    assert len(said.splitlines()) <= 3


def test_every_faulty_matrix_stands_here():
    assert {path.stem for path in (HERE / "faulty").glob("*.yaml")} == set(SAYS)
