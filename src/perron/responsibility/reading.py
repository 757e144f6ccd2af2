"""Read a matrix from YAML or JSON: its rows, and what holds for a kind of organisation at every row."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import yaml

from perron.files.sheet import Sheet, compose, is_null
from perron.responsibility.rows import (
    EVERYWHERE,
    Clock,
    Escalation,
    Matrix,
    Opening,
    Row,
    Telling,
    Wait,
)
from perron.vocabulary.errors import BadFile
from perron.vocabulary.organisations import OrganisationKind, Role
from perron.vocabulary.territory import Region
from perron.vocabulary.tracks import Step, TrackKind
from perron.vocabulary.verdicts import Mark, Source

COLUMNS = {
    *("track", "step", "region", "from", "until", "organisation", "clock", "no_clock", "next"),
    *("source", "mark", "first", "closing", "resting", "waits_for", "version"),
    *("roles", "opens", "tells", "escalation"),
}
PLACE = ("track", "step", "from")
LONGEST_CLOCK = 3660
OLDEST = 130


@dataclass(frozen=True, slots=True)
class Desk:
    """What holds at every row of a kind of organisation that does not say otherwise."""

    roles: frozenset[Role]
    escalation: Escalation | None


def read_matrix(text: str, file: str) -> Matrix:
    """Read ``{version, organisations, rows: […]}`` or the list that ``responsibility matrix --json`` prints.

    Raises BadFile with every fault. What the rows say is for ``check`` to judge.
    """
    sheet = Sheet(file)
    root = compose(text, file)
    head: dict[str, yaml.Node] | None = {"rows": root}
    if isinstance(root, yaml.MappingNode):
        head = sheet.fields(root, {"version", "organisations", "rows"}, needed=("rows",))
    head = head or {}
    version = str(head["version"].value) if "version" in head else file
    desks = read_desks(sheet, head.get("organisations"))
    found = [row for node in sheet.items(head.get("rows")) for row in read_row(sheet, node)]
    rows = tuple(at_desk(row, desks) for row in found)
    if sheet.faults:
        raise BadFile(tuple(sheet.faults))
    return Matrix(version[:20], rows)


def read_desks(sheet: Sheet, node: yaml.Node | None) -> dict[OrganisationKind, Desk]:
    """Roles and escalation by kind of organisation."""
    fields = sheet.fields(node, set(OrganisationKind)) if node is not None else None
    desks = {}
    for kind, inner in (fields or {}).items():
        inside = sheet.fields(inner, {"roles", "escalation"}) or {}
        roles = frozenset(sheet.words(inside.get("roles"), Role))
        desks[OrganisationKind(kind)] = Desk(
            roles, read_escalation(sheet, inside.get("escalation"))
        )
    return desks


def at_desk(row: Row, desks: Mapping[OrganisationKind, Desk]) -> Row:
    """The row, completed by what holds for its organisation."""
    desk = desks.get(row.organisation) if row.organisation else None
    if desk is None:
        return row
    roles, escalation = row.roles or desk.roles, row.escalation or desk.escalation
    return replace(row, roles=roles, escalation=escalation)


def read_row(sheet: Sheet, node: yaml.Node) -> list[Row]:
    """One row; an empty list when its place in the matrix cannot be read."""
    fields = sheet.fields(node, COLUMNS, needed=PLACE)
    if fields is None:
        return []
    track = sheet.word(fields["track"], TrackKind)
    step = sheet.word(fields["step"], Step)
    start, end = sheet.day(fields["from"]), sheet.day(fields.get("until"))
    if start and end and end <= start:
        sheet.fault(fields["until"], "file.ends_before_it_begins", start=start, end=end)
    if track is None or step is None or start is None:
        return []
    return [
        Row(
            track=track,
            step=step,
            regions=read_regions(sheet, node),
            start=start,
            end=end,
            organisation=sheet.word(fields.get("organisation"), OrganisationKind),
            clock=read_clock(sheet, fields.get("clock")),
            no_clock=str(fields["no_clock"].value) if "no_clock" in fields else "",
            next=sheet.words(fields.get("next"), Step),
            source=read_source(sheet, node, fields),
            first=sheet.truth(fields.get("first")),
            closing=sheet.truth(fields.get("closing")),
            resting=sheet.truth(fields.get("resting")),
            waits_for=read_waits(sheet, fields.get("waits_for")),
            roles=frozenset(sheet.words(fields.get("roles"), Role)),
            opens=read_openings(sheet, fields.get("opens")),
            tells=read_telling(sheet, fields.get("tells"), step),
            escalation=read_escalation(sheet, fields.get("escalation")),
        )
    ]


def read_regions(sheet: Sheet, node: yaml.Node) -> tuple[Region | None, ...]:
    """The regions of a row: all without the key; null and ``none`` mean no municipality yet."""
    pairs = {str(key.value): value for key, value in node.value}
    if "region" not in pairs:
        return EVERYWHERE
    items = sheet.items(pairs["region"])
    if not items:
        sheet.fault(pairs["region"], "file.empty_cell", column="region")
    return tuple(
        None
        if isinstance(item, yaml.ScalarNode) and (is_null(item) or item.value == "none")
        else sheet.word(item, Region)
        for item in items
    )


def read_clock(sheet: Sheet, node: yaml.Node | None) -> Clock | None:
    """The clock of a row."""
    known = {"days", "working_days", "source", "mark"}
    fields = sheet.fields(node, known, needed=("days",)) if node is not None else None
    if node is None or fields is None:
        return None
    length = sheet.number(fields["days"], LONGEST_CLOCK)
    source = read_source(sheet, node, fields)
    if length is None or source is None:
        return None
    return Clock(length, sheet.truth(fields.get("working_days")), source)


def read_source(sheet: Sheet, node: yaml.Node, fields: dict[str, yaml.Node]) -> Source | None:
    """A source with its mark; both are needed."""
    missing = [key for key in ("source", "mark") if key not in fields]
    for key in missing:
        sheet.fault(node, "file.missing_key", key=key)
    if missing:
        return None
    mark = sheet.word(fields["mark"], Mark)
    return Source(str(fields["source"].value), mark) if mark else None


def read_waits(sheet: Sheet, node: yaml.Node | None) -> tuple[Wait, ...]:
    """What a step waits for."""
    waits = []
    for item in sheet.items(node):
        fields = sheet.fields(item, {"step", "source", "mark"}, needed=("step",))
        if fields is None:
            continue
        step = sheet.word(fields["step"], Step)
        source = read_source(sheet, item, fields)
        if step and source:
            waits.append(Wait(step, source))
    return tuple(waits)


def read_openings(sheet: Sheet, node: yaml.Node | None) -> tuple[Opening, ...]:
    """The lines that open at a step."""
    known = {"line", "from_age", "until_age", "alone", "days_before_end", "source", "mark"}
    openings = []
    for item in sheet.items(node):
        fields = sheet.fields(item, known, needed=("line",))
        if fields is None:
            continue
        line, source = sheet.word(fields["line"], TrackKind), read_source(sheet, item, fields)
        from_age = sheet.number(fields.get("from_age"), OLDEST)
        until_age = sheet.number(fields.get("until_age"), OLDEST)
        before = sheet.number(fields.get("days_before_end"), LONGEST_CLOCK)
        alone = sheet.truth(fields.get("alone"))
        if line and source:
            openings.append(Opening(line, source, from_age, until_age, alone, before))
    return tuple(openings)


def read_telling(sheet: Sheet, node: yaml.Node | None, step: Step) -> Telling:
    """What is told to whom; the person is always told something."""
    fields = sheet.fields(node, {"person", "holder", "coordinator"}) if node is not None else None
    told = {"person": f"my_line.do.{step}"}
    return Telling(**told | {whom: str(inner.value) for whom, inner in (fields or {}).items()})


def read_escalation(sheet: Sheet, node: yaml.Node | None) -> Escalation | None:
    """Who is asked when nothing happens."""
    known = ("remind", "fallback", "coordinator")
    fields = sheet.fields(node, known, needed=known) if node is not None else None
    if fields is None:
        return None
    return Escalation(
        remind=sheet.number(fields["remind"], LONGEST_CLOCK) or 0,
        fallback=sheet.words(fields["fallback"], OrganisationKind),
        coordinator=sheet.words(fields["coordinator"], OrganisationKind),
    )
