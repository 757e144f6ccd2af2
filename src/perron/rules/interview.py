"""The next fact to ask: what brings most undecided routes nearest to an answer, never what cannot matter."""

from collections.abc import Iterable
from dataclasses import dataclass

from perron.rules.facts import facts
from perron.vocabulary.verdicts import Finding, Verdict

LATER = {"special_category": 0.2, "judicial": 0.1}
"""Sensitive questions weigh less, so that they come when nothing else is left."""


@dataclass(frozen=True, slots=True)
class Question:
    """A fact to ask, with the routes that turn on it."""

    fact: str
    routes: tuple[str, ...]

    @property
    def why(self) -> str:
        """Why we ask, in a sentence."""
        return facts()[self.fact].why


def next_question(findings: Iterable[Finding], left_open: Iterable[str] = ()) -> Question | None:
    """The next question, or None when everything is decided or nothing more can be asked.

    ``left_open``: facts that the person does not answer; each may be left open. A route weighs more the fewer facts
    it still needs, as one of them is the likelier to decide it.
    """
    skipped = set(left_open)
    weights: dict[str, float] = {}
    routes: dict[str, list[str]] = {}
    for finding in findings:
        if finding.verdict is not Verdict.UNKNOWN:
            continue
        for name in finding.missing:
            if name in skipped:
                continue
            weight = LATER.get(facts()[name].sensitivity, 1.0) / len(finding.missing)
            weights[name] = weights.get(name, 0) + weight
            routes.setdefault(name, []).append(finding.id)
    if not weights:
        return None
    order = {name: place for place, name in enumerate(facts())}
    best = max(weights, key=lambda name: (weights[name], -order[name]))
    return Question(best, tuple(routes[best]))
