"""What the files of the law say in English is a message everywhere, and every language has it."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from perron.cli.main import main
from perron.messages.texts import say
from perron.rules.belgium import filing as files
from perron.rules.belgium.clocks import PROCEDURES, clocks, procedures, steps
from perron.rules.belgium.filing import SAID, described, filing
from perron.rules.belgium.moves import content, moves
from perron.rules.moments import Moment
from perron.vocabulary.wording import WORDS, Message, in_words

LANGUAGES = ("nl", "fr", "de", "uk", "ru")
OFFICIAL = {"Fedasil"}
DAYS = (date(2026, 6, 11), date(2026, 6, 12))
CODES = {"clock", "counts", "mark", "param", "source", "status"}
"""Keys of the files that are not for people: codes, and citations, which stay as they are."""

KEPT = {*CODES, "id", "fee_key", "legal", "pending_status", "step", "name"}
ENGLISH = {
    *("the", "and", "not", "with", "without", "from", "only", "card", "annex", "appeal", "when"),
    *("decides", "municipality", "unknown", "after", "months", "years", "stay", "none"),
}


def strings(value, path=()):
    """Every text inside a value, with the keys that lead to it."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from strings(each, (*path, key))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from strings(each, path)
    elif isinstance(value, str | Message):
        yield path, value


def in_the_files():
    """Every text of the files that is no code and no citation, whatever its key."""
    paths = [*files.ROUTES.glob("*.yaml"), PROCEDURES]
    for path in paths:
        for keys, text in strings(yaml.safe_load(Path(path).read_text("utf-8"))):
            term = {"deadlines", "clocks"} & {*keys} and keys[-1] == "what"
            if not term and not KEPT & {*keys} and keys != ("routes", "gives"):
                yield keys, text


def of_route(route):
    """Everything a caller gets of a route, as keys and texts."""
    for day in DAYS:
        office = filing(route, Moment(day))
        for name in office.__dataclass_fields__:
            if name != "names":
                yield from strings(getattr(office, name), (name,))
        for clock in clocks(route, Moment(day)):
            yield from of_clock(clock)


def of_clock(clock):
    """The texts of one term."""
    yield ("from",), clock.counted_from
    yield ("what",), clock.message
    if clock.note is not None:
        yield ("note",), clock.note


def reached():
    """The English of every message that the files give to a caller."""
    found = [said for route in described() for _, said in of_route(route)]
    for step in {row["step"] for row in procedures()}:
        for day in DAYS:
            found += [said for clock in steps(step, Moment(day)) for _, said in of_clock(clock)]
    return {
        said.key.removeprefix(WORDS)
        for said in found
        if isinstance(said, Message) and said.key.startswith(WORDS)
    }


def test_every_text_of_the_files_stands_under_a_key_that_the_catalogues_read():
    found = list(in_the_files())
    assert len({text for _, text in found}) > 150
    assert {keys[-1] for keys, _ in found} <= SAID
    assert [text for _, text in found if re.search(r"[{}]", text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_files_is_translated(language):
    english = {text for _, text in in_the_files()} - OFFICIAL
    assert [text for text in sorted(english) if say(in_words(text), language) == text] == []


@pytest.mark.parametrize("route", sorted(described()))
def test_a_route_gives_messages_and_no_bare_text(route):
    found = list(of_route(route))
    bare = [(keys, said) for keys, said in found if not isinstance(said, Message)]
    assert [each for each in bare if each[0][-1] not in CODES] == []
    assert sum(isinstance(said, Message) for _, said in found) > 3
    assert all(say(said, "en") for _, said in found if isinstance(said, Message))


def test_a_caller_reaches_every_text_of_the_files():
    hidden = {text for _, text in in_the_files()} - reached()
    assert hidden == set()


@pytest.mark.parametrize("route", sorted(described()))
def test_a_move_gives_messages_and_citations(route):
    for move in moves("tp", route, Moment(DAYS[1]), "BRU"):
        assert all(isinstance(one, Message) for each in move.changes for one in each.messages)
    prose = {keys[-1] for keys, _ in strings(content())} - CODES
    assert prose == {"says", "regions"}


@pytest.fixture
def answer(tmp_path, capsys):
    """What the options say in a language, as text and as data."""
    path = tmp_path / "person.yaml"
    path.write_text('nationality: [UA]\nstay_periods:\n- {title: tp, from: 2022-03-20, to: "-"}\n')

    def said(language):
        words = ["rules", "options", str(path), "--on", "2026-11-23", "--return", "possible"]
        assert main([*words, "--lang", language]) == 0
        text = capsys.readouterr().out
        assert main([*words, "--lang", language, "--json"]) == 0
        return text, json.loads(capsys.readouterr().out)

    return said


def english_in(text):
    """The English words of a text, but those of citations and of values with their unit."""
    plain = re.sub(r"\[[^]]*\]|\(\S+\.\S+ [^)]*\)|Working in Belgium|\w+_\w+", " ", text)
    return ENGLISH & {*re.findall(r"[^\W\d_]+", plain.lower())}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_options_say_no_english_sentence(answer, language):
    text, data = answer(language)
    assert [line for line in text.splitlines() if english_in(line)] == []
    fields = (
        "name",
        "authority",
        "file_at",
        "documents",
        "remedy",
        "notes",
        "stages",
        "work",
        "clock",
    )
    fields += ("tp_time", "unlimited_after", "terms")
    for pathway in data["pathways"]:
        for field in fields:
            for keys, said in strings(pathway[field], (field,)):
                assert keys[-1] in {*CODES, "unit"} or not english_in(said), said


def test_english_would_be_seen(answer):
    text, _ = answer("en")
    assert english_in(text)
    assert english_in("annulment appeal at the CALL")
    assert not english_in("Бельгія [V, Act art. 13 and the rest] (tp.valid_to 6 months)")
