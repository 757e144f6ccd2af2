"""What an unknown answer turns on: the facts to ask for, or the law that is not known."""

from collections.abc import Mapping, Sequence

from perron.rules.atoms import Atom
from perron.rules.exit_age import EXIT_AGE_FACTS
from perron.vocabulary.verdicts import UnknownBecause, Verdict

LAW = "law:"
"""How a parameter without a value is named among the facts."""


def differing(
    open_facts: Mapping[str, list[tuple[tuple[Atom, bool], ...]]],
    answers: Sequence[tuple[tuple[tuple[Atom, bool], ...], Verdict, tuple[str, ...]]],
) -> tuple[str, ...]:
    """The facts on which the answer turns in at least one completion."""
    found = []
    for name, outcomes in open_facts.items():
        own = {one for outcome in outcomes for one, _ in outcome}
        if len(outcomes) < 2:  # noqa: PLR2004 - one outcome cannot differ from itself
            continue
        seen: dict[tuple[tuple[Atom, bool], ...], set[Verdict]] = {}
        for world, verdict, _ in answers:
            rest = tuple(pair for pair in world if pair[0] not in own)
            seen.setdefault(rest, set()).add(verdict)
        if any(len(verdicts) > 1 for verdicts in seen.values()):
            found.append(name)
    return tuple(found)


def asked_for(name: str, facts: Mapping[str, object]) -> tuple[str, ...]:
    """What to ask: the fact itself, or those from which it is derived; nothing where the law is silent."""
    if name.startswith(LAW):
        return ()
    derived_from = EXIT_AGE_FACTS.get(name, (name,))
    return tuple(each for each in derived_from if each == name or facts.get(each) is None)


def because_of(matter: Sequence[str]) -> UnknownBecause:
    """Whether facts, the law, or both would have to be known."""
    law = [name for name in matter if name.startswith(LAW)]
    if len(law) == len(matter):
        return UnknownBecause.LAW
    return UnknownBecause.BOTH if law else UnknownBecause.FACTS
