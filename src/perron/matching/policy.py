"""The policy: every weight by which one home is better than another, in one versioned file."""

from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path

import yaml

from perron.vocabulary.errors import BadFile, Fault
from perron.vocabulary.wording import Message, message

MOST = 10**6
"""Larger points than this are a typing error."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The numbers of ``policy.yaml``, which says what each means; all whole and from 0 on, the base from 1 on."""

    version: str
    base: int
    waiting_day: int
    waiting_days: int
    refusal: int
    refusals: int
    spare_bed: int
    spare_beds: int
    step_free_kept: int
    same_municipality: int
    near: int
    near_km: int
    language: int
    stay_week: int
    stay_weeks: int
    own_kitchen: int
    wish: int
    booked_ahead_days: int
    least_stay_days: int


def read_policy(path: Path | None = None) -> Policy:
    """The policy of a file, or the one that comes along.

    Raises:
        BadFile: with every fault: a number that is missing, unknown, or not a whole number.
        OSError: it cannot be opened.
    """
    inside = files("perron.matching").joinpath("policy.yaml")
    text = path.read_text(encoding="utf-8") if path else inside.read_text(encoding="utf-8")
    name = str(path or "policy.yaml")
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        told = message("policy.not_yaml", problem=str(wrong.problem))
        raise BadFile((Fault(name, line, column, told),)) from wrong
    if not isinstance(root, yaml.MappingNode):
        raise BadFile((Fault(name, 1, 1, message("policy.no_pairs")),))
    known = {each.name for each in fields(Policy)}
    found: dict[str, str] = {}
    faults = []
    for key, value in root.value:
        told_of = fault_of(key, value, known, found)
        if told_of:
            node, told = told_of
            faults.append(Fault(name, node.start_mark.line + 1, node.start_mark.column + 1, told))
        found[str(key.value)] = str(value.value)
    missing = [each.name for each in fields(Policy) if each.name not in found]
    faults += [Fault(name, 1, 1, message("policy.missing", name=each)) for each in missing]
    if faults:
        raise BadFile(tuple(faults))
    numbers = {key: int(value) for key, value in found.items() if key != "version"}
    return Policy(version=found["version"], **numbers)


def fault_of(
    key: yaml.Node, value: yaml.Node, known: set[str], found: dict[str, str]
) -> tuple[yaml.Node, Message] | None:
    """What is wrong with one line, and where."""
    name = str(key.value)
    if name not in known:
        return key, message("policy.unknown", name=name)
    if name in found:
        return key, message("policy.twice", name=name)
    text, least = str(value.value), 1 if name == "base" else 0
    right = isinstance(value, yaml.ScalarNode) and (
        name == "version" or (text.isascii() and text.isdecimal() and least <= int(text) <= MOST)
    )
    if right:
        return None
    return value, message(
        "file.expected", found=text[:40], expected=f"a whole number from {least} to {MOST}"
    )
