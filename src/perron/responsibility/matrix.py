"""The matrix: which organisation must act at which step, in which region, on which day, by when."""

from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from perron.responsibility.reading import read_matrix
from perron.responsibility.rows import FIRST_DAY, Duty, Matrix, escalation
from perron.vocabulary.errors import LawNotModelled, NotFound
from perron.vocabulary.territory import Region
from perron.vocabulary.tracks import Step, TrackKind
from perron.vocabulary.working_days import add_working_days

__all__ = [
    "ADOPTED", "Duty", "Matrix", "adopted", "due_on", "duty", "escalation", "first_step",
    "matrix_of", "next_steps", "versions",
]  # fmt: skip

ADOPTED = "2026-11-25"
"""The version by which lines open. A line that runs keeps its own until it is carried over."""


@cache
def versions() -> tuple[str, ...]:
    """Every version that comes with Perron, the oldest first."""
    folder = files("perron.responsibility").joinpath("matrices")
    return tuple(sorted(file.name.removesuffix(".yaml") for file in folder.iterdir()))


@cache
def matrix_of(version: str) -> Matrix:
    """One version (NotFound)."""
    if version not in versions():
        raise NotFound("matrix.unknown_version", version=version, known=", ".join(versions()))
    file = files("perron.responsibility").joinpath("matrices", f"{version}.yaml")
    return read_matrix(file.read_text(encoding="utf-8"), file.name)


def adopted() -> Matrix:
    """The version by which lines open."""
    return matrix_of(ADOPTED)


@cache
def first_step(kind: TrackKind) -> Step:
    """The step at which a line opens."""
    return next(row.step for row in adopted().rows if row.track is kind and row.first)


@cache
def duty(
    kind: TrackKind, step: Step, region: Region | None, on: date, version: str | None = None
) -> Duty:
    """Who must act there; region None while the household has no municipality, version None as adopted.

    Raises LawNotModelled before the first day of the matrix, ValueError for a step of another line.
    """
    if on < FIRST_DAY:
        raise LawNotModelled("matrix.before_first_day", on=on, first=FIRST_DAY)
    found = matrix_of(version or ADOPTED).duties(step, region, on)
    if len(found) != 1 or found[0].track is not kind:
        raise ValueError(f"no single duty for {kind} at {step} in {region} on {on}")
    return found[0]


def next_steps(
    kind: TrackKind, step: Step, region: Region | None, on: date, version: str | None = None
) -> tuple[Step, ...]:
    """The steps that may follow, the usual one first."""
    return duty(kind, step, region, on, version).next


def due_on(duty: Duty, since: date) -> date | None:
    """The last day to act, counted from the day the step began; None where no clock runs."""
    if duty.days is None:
        return None
    if duty.working_days:
        return add_working_days(since, duty.days)
    return since + timedelta(days=duty.days)
