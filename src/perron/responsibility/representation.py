"""Who may act for a child on a day, in three values: what is not known stays unknown, and nobody named is not a no.

The domain report has one sentence of the law about this: every unaccompanied minor gets a guardian. All else here
is a choice of design (mark D): a person who reads the papers decides.
"""

from collections.abc import Collection, Iterable
from datetime import date

from perron.vocabulary.intervals import Interval, is_minor
from perron.vocabulary.people import PersonId
from perron.vocabulary.representation import (
    Representation,
    RepresentationId,
    RepresentationKind,
    Represented,
)
from perron.vocabulary.verdicts import Decision, Mark, Reason, Source, Verdict
from perron.vocabulary.wording import message

PARENTS = frozenset({RepresentationKind.PARENT, RepresentationKind.PARENTS_TOGETHER})
BY_PAPER = frozenset(
    {RepresentationKind.PARENT_ALONE, RepresentationKind.GUARDIAN, RepresentationKind.COURT}
)
"""Qualities that somebody gave them: sure only when the paper was seen."""

GUARDIAN_SOURCE = Source("info-ukraine.be, opvang-minderjarigen", Mark.VERIFIED)
DESIGN = Source("design", Mark.DERIVED)
WEAKER = (Verdict.NO, Verdict.UNKNOWN, Verdict.YES)


def in_force(child: Represented, on: date) -> tuple[Representation, ...]:
    """Those who are named for the day."""
    return tuple(row for row in child.named if on in Interval(row.start, row.end))


def standing(row: Representation, among: Collection[Representation]) -> Verdict:
    """Whether somebody acts in this quality at all, beside the others who are named for the same day."""
    others = [other for other in among if other.id != row.id and other.kind in BY_PAPER]
    if row.kind in PARENTS:
        if any(other.kind is RepresentationKind.PARENT_ALONE and other.paper for other in others):
            return Verdict.NO
        return Verdict.UNKNOWN if others or row.of_age is not True else Verdict.YES
    if row.kind is RepresentationKind.CARER or not row.paper or others:
        return Verdict.UNKNOWN
    return Verdict.YES


def may_act(child: Represented, who: Collection[RepresentationId], on: date) -> Verdict:
    """Whether these, saying the same, may act for the child. NO for an adult: nobody acts for an adult here."""
    minor, named = is_minor(child.born, on), in_force(child, on)
    if minor is False:
        return Verdict.NO
    if minor is None or not named:
        return Verdict.UNKNOWN
    together = [row for row in named if row.kind is RepresentationKind.PARENTS_TOGETHER]
    single = [row for row in named if row not in together and row.id in who]
    answers = [standing(row, named) for row in single]
    if together and all(row.id in who for row in together):
        both = min((standing(row, named) for row in together), key=WEAKER.index)
        answers.append(both if len(together) > 1 else min(both, Verdict.UNKNOWN, key=WEAKER.index))
    return max(answers, key=WEAKER.index, default=Verdict.NO)


def speaks(child: Represented, adults: Collection[PersonId], on: date) -> bool:
    """Whether one of these adults, who are there, may be taken to speak for the child.

    While nobody is named, any adult of the household may; otherwise somebody named of whom it is not a no.
    """
    named = in_force(child, on)
    if not named:
        return bool(adults)
    held = {row.id for row in named if row.holder is not None and row.holder in adults}
    return may_act(child, held, on) is not Verdict.NO


def must_say_who(people: Iterable[Represented], adults: Collection[PersonId], on: date) -> bool:
    """Whether a desk must write down who consented: a child is concerned for whom nobody there speaks."""
    return any(is_minor(each.born, on) and not speaks(each, adults, on) for each in people)


def may_receive(child: Represented, to: RepresentationId | None, on: date) -> Decision:
    """Whether the link or the file of a child may be given to somebody; None is to the person whose it is."""
    if to is None:
        return Decision(allowed=True)
    named = in_force(child, on)
    row = next((each for each in named if each.id == to), None)
    minor = is_minor(child.born, on)
    if minor and row is not None and standing(row, named) is not Verdict.NO:
        return Decision(allowed=True)
    return Decision(allowed=False, reason=message("representation.not_for_them"))


def may_name(child: Represented, on: date) -> Decision:
    """Whether somebody can be named for this person: an adult needs nobody; of unknown age, they may."""
    if is_minor(child.born, on) is False:
        return Decision(allowed=False, reason=message("representation.adult"))
    return Decision(allowed=True)


def may_part(
    left: Iterable[Represented],
    before: Collection[PersonId],
    after: Collection[PersonId],
    on: date,
) -> bool:
    """Whether a group keeps, for each child in it, somebody who speaks for it where somebody did before."""
    return all(
        not is_minor(each.born, on) or speaks(each, after, on) or not speaks(each, before, on)
        for each in left
    )


def missing(child: Represented, adults: Collection[PersonId], on: date) -> tuple[Reason, ...]:
    """What a desk still has to find out, the most urgent first; nothing for an adult."""
    minor, named = is_minor(child.born, on), in_force(child, on)
    if minor is False:
        return ()
    if minor is None:
        return (Reason(message("representation.birth_date"), DESIGN),)
    kinds = {row.kind for row in named}
    found = []
    if not speaks(child, adults, on) and RepresentationKind.GUARDIAN not in kinds and not adults:
        found.append(Reason(message("representation.no_guardian"), GUARDIAN_SOURCE))
    if not named:
        found.append(Reason(message("representation.nobody_named"), DESIGN))
    if any(row.kind in BY_PAPER and not row.paper for row in named):
        found.append(Reason(message("representation.paper_not_seen"), DESIGN))
    if kinds == {RepresentationKind.CARER}:
        found.append(Reason(message("representation.only_a_carer"), DESIGN))
    if kinds & BY_PAPER and len(named) > 1:
        found.append(Reason(message("representation.read_the_papers"), DESIGN))
    return tuple(found)
