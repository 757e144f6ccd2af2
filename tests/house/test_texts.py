"""Every message that can be raised has a text, and every word of a vocabulary has a label."""

import ast
import re
from pathlib import Path

import pytest

from perron.messages.texts import texts
from perron.vocabulary.erasure import ErasureGround, HoldKind
from perron.vocabulary.events import DETAILS, Event
from perron.vocabulary.organisations import OrganisationKind, Role
from perron.vocabulary.people import Need
from perron.vocabulary.places import Feature, PlaceKind, PlaceState
from perron.vocabulary.tracks import DeclineReason, HandoverState, Step, TrackKind

ROOT = Path(__file__).resolve().parents[2]
SAYING = {"message", "Refused", "Conflict", "NotFound", "LawNotModelled", "PerronError"}
LABELS = {
    "decline_reason": DeclineReason,
    "erasure_ground": ErasureGround,
    "event": Event,
    "feature": Feature,
    "handover_state": HandoverState,
    "hold": HoldKind,
    "need": Need,
    "organisation_kind": OrganisationKind,
    "place_kind": PlaceKind,
    "place_state": PlaceState,
    "role": Role,
    "step": Step,
    "track": TrackKind,
}


def keys_in(source):
    """The literal first arguments of calls that raise or build a message."""
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and node.args
            and isinstance(node.func, ast.Name | ast.Attribute)
        ):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            first = node.args[0]
            if name in SAYING and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def unknown_keys(source):
    return sorted(set(keys_in(source)) - texts().keys())


@pytest.mark.parametrize("room", ["perron", "perron_site"])
def test_every_message_that_is_raised_has_a_text(room):
    missing = {
        f"{path.relative_to(ROOT)}: {key}"
        for path in (ROOT / "src" / room).rglob("*.py")
        for key in unknown_keys(path.read_text(encoding="utf-8"))
    }
    assert missing == set()


def test_a_message_without_a_text_is_caught():
    assert unknown_keys("raise Refused('no.such_text', n=1)") == ["no.such_text"]


def test_every_word_of_a_vocabulary_has_a_label():
    known = texts().keys()
    prefixes = {key.rsplit(".", 1)[0] for key in known}
    assert [
        f"{prefix}.{word.value}"
        for prefix, vocabulary in LABELS.items()
        for word in vocabulary
        if f"{prefix}.{word.value}" not in known
    ] == [], sorted(prefixes)


def test_every_event_says_what_it_notes():
    assert set(DETAILS) == set(Event)


def test_what_a_conflict_says_has_a_text():
    from perron_site.records.conflicts import EXPECTED

    assert set(EXPECTED.values()) <= texts().keys()
    models = "\n".join(
        path.read_text("utf-8") for path in (ROOT / "src/perron_site/records/models").glob("*.py")
    )
    assert [name for name in EXPECTED if not re.search(rf'"{name}"', models)] == []
