"""One person: what each route of the law answers on a day, and why."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from perron.rules.binding import OR, Node, Outcome, Unsettled
from perron.rules.exact import (
    ONLY,
    TWO_WAYS,
    Situation,
    differ,
    given,
    numbers,
    residual,
    situation,
)
from perron.rules.explain import deciding, needed, open_parts, others, reason, unique
from perron.rules.explain_records import of_one_record
from perron.rules.expressions import Weighed
from perron.rules.facts import Stated, presumptions, settled_value, stated
from perron.rules.moments import Moment
from perron.rules.regions import Cluster
from perron.rules.routes import Bound, Branch, Route, Rulebook, bind
from perron.rules.terms import Atom, Derived, Leaf, Some, leaves
from perron.vocabulary.verdicts import Finding, Reason, UnknownBecause, Verdict

Open = Mapping[str, object]


def answers(
    rulebook: Rulebook, facts: Open, moment: Moment, *, explained: bool = True
) -> tuple[Finding, ...]:
    """What every route answers for one person.

    ``facts`` by the names and types of facts.yaml; absent is unknown, ``-`` or ``[]`` is known: none; a partial date is
    every day it may be. A verdict is yes, no or authority when it is so for every completion of what is unknown, else
    unknown. Raises LawNotModelled before 4 March 2022.
    """
    known = stated(facts)
    return tuple(
        answer(route, known, moment, rulebook, explained=explained)
        for route in rulebook.on(moment.on)
    )


def answer(
    route: Route, known: Stated, moment: Moment, rulebook: Rulebook, *, explained: bool = True
) -> Finding:
    """What one route answers; ``known`` as ``facts.stated`` gives it."""
    here = bind(route, moment)
    taken, assumed = with_presumptions(here, known)
    found = situation(here.plan, taken)
    verdict = decided(here, found)
    matter = on_what(here, found, taken) if verdict is Verdict.UNKNOWN else Matter()
    because, against = why(here, found, taken, verdict, matter) if explained else ((), ())
    return Finding(
        id=route.id,
        verdict=verdict,
        on=moment.on,
        law_known_until=rulebook.known_until,
        because=because,
        missing=matter.facts,
        assuming=assumed,
        unknown_because=matter.kind if verdict is Verdict.UNKNOWN else None,
        against=against,
        weighed=left_open(here, found, taken) if verdict is Verdict.AUTHORITY else (),
        law_missing=matter.law,
        scenario=moment.scenario,
        rulebook=rulebook.version,
        known_on=moment.known_on,
    )


def with_presumptions(here: Bound, known: Stated) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What is stated, and what is presumed where the route asks it and nothing is stated."""
    presumed = presumptions()
    assumed = tuple(
        sorted(name for name in here.facts if name in presumed and known.get(name) is None)
    )
    return {**known, **{name: presumed[name] for name in assumed}}, assumed


def decided(here: Bound, found: Situation) -> Verdict:
    """The verdict that holds for every completion, else unknown."""
    yes = found.can(here.yes.node)
    if yes == ONLY[True]:
        return Verdict.YES
    authority = found.can(here.authority.node)
    if authority == ONLY[True]:
        return Verdict.AUTHORITY
    if yes == authority == ONLY[False]:
        return Verdict.NO
    return Verdict.UNKNOWN


@dataclass(frozen=True, slots=True)
class Matter:
    """What an unknown answer turns on: facts that may be asked, and parameters without a value."""

    facts: tuple[str, ...] = ()
    law: tuple[str, ...] = ()

    @property
    def kind(self) -> UnknownBecause:
        """Whether facts, the law, or both would have to be known."""
        if self.facts and self.law:
            return UnknownBecause.BOTH
        return UnknownBecause.FACTS if self.facts else UnknownBecause.LAW


def on_what(here: Bound, found: Situation, known: Stated) -> Matter:
    """The facts and values of the law each of which changes the answer in at least one completion."""
    nodes = [residual(found.weighed(one.node), found.status) for one in (here.yes, here.authority)]
    often = Counter(number for node in nodes for number in numbers(node))
    question = Question(nodes, found, known, alone=max(often.values(), default=0) == 1)
    facts: dict[str, None] = {}
    law: dict[str, None] = {}
    for cluster in here.plan.clusters:
        own = [number for number in cluster.numbers if number in often]
        free = unsettled(cluster, known) if own else {}
        for number in own:
            if number in free and question.matters((number,), TWO_WAYS):
                blamed = law if free[number] is Unsettled.LAW else facts
                blamed.update(dict.fromkeys(blame(cluster, number, free[number], known)))
        if own and own[0] in found.choice_of:
            members, _ = found.choices[found.choice_of[own[0]]]
            simple = question.alone and len(own) == len(cluster.names) == 1 and own[0] not in free
            for name in cluster.names:
                if not settled_value(name, known.get(name)) and (
                    simple or question.turns(name, cluster, members)
                ):
                    facts[name.partition(".")[0]] = None
    return Matter(tuple(facts), tuple(law))


def unsettled(cluster: Cluster, known: Stated) -> dict[int, Unsettled]:
    """The leaves that some completion of their own facts does not settle, and why."""
    return {
        number: truth
        for way in cluster.outcomes(known)
        for number, truth in zip(cluster.numbers, way, strict=True)
        if isinstance(truth, Unsettled)
    }


def blame(cluster: Cluster, number: int, free: Unsettled, known: Stated) -> Iterator[str]:
    """What would settle a leaf: the parameters without a value, or the facts that are known in part."""
    bound = cluster.bounds[cluster.numbers.index(number)]
    if free is Unsettled.LAW:
        yield from silent(bound.leaf, known, cluster.moment)
        return
    for name in bound.facts:
        if not settled_value(name, known.get(name)):
            yield name.partition(".")[0]


def silent(leaf: Leaf, known: Stated, moment: Moment) -> Iterator[str]:
    """The parameters without a value on which a leaf turns."""
    if isinstance(leaf, Some):
        yield from (key for key in leaf.params if moment.value(key) is None)
    elif isinstance(leaf.term, Derived):
        yield from leaf.term.unknown_law(known, moment) or [leaf.term.name]
    else:
        yield from leaf.params


@dataclass(frozen=True, slots=True)
class Question:
    """What is left of a verdict: ``alone`` where each open leaf occurs once, so that each of them matters."""

    nodes: Sequence[Node]
    found: Situation
    known: Stated
    alone: bool

    def turns(self, name: str, cluster: Cluster, members: tuple[int, ...]) -> bool:
        """Whether another value of one fact alone, the others being equal, can change the answer."""
        together = cluster.alone(name, self.known)
        return any(self.matters(members, tuple(each)) for each in together if len(each) > 1)

    def matters(self, members: tuple[int, ...], ways: tuple[Outcome, ...]) -> bool:
        """Whether the answer can differ between two ways in which these leaves come out."""
        split = frozenset(members)
        first, *rest = (self.after(members, way) for way in ways)
        for second in rest:
            changed = OR, tuple(differ(a, b) for a, b in zip(first, second, strict=True))
            left = residual(changed, self.found.status)
            if True in self.found.over(left, self.found.status, split):
                return True
        return False

    def after(self, members: tuple[int, ...], way: Outcome) -> list[Node]:
        """What is left of the verdict where some leaves come out in one way."""
        status = given(self.found.status, members, way)
        return [residual(node, status) for node in self.nodes]


def left_open(here: Bound, found: Situation, known: Stated) -> tuple[str, ...]:
    """The facts that are not stated and that the authority weighs."""
    names = {
        name.partition(".")[0]: None
        for each in weighed_in(here.authority)
        if len(found.can(each.parts[0].node)) > 1
        for leaf in leaves(each.expr)
        for name in leaf.facts
        if known.get(name) is None
    }
    return tuple(names)


def weighed_in(branch: Branch) -> Iterable[Branch]:
    """The parts of a branch that an authority weighs."""
    if isinstance(branch.expr, Weighed):
        yield branch
    for each in branch.parts:
        yield from weighed_in(each)


def why(
    here: Bound, found: Situation, known: Stated, verdict: Verdict, matter: Matter
) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """The reasons that decide, with what is said beside them; and what else stands in the way."""
    named: tuple[Any, ...]
    against: tuple[Any, ...] = ()
    law = frozenset(number for number, leaf in enumerate(here.plan.leaves) if not leaf.facts)
    if here.route.of_one:
        named, against = of_one_record(here, known, verdict)
        named = tuple(one for one in named if one[1] is not None or asks(one[0], matter))
    elif verdict is Verdict.YES:
        named = needed(deciding(here.yes, True, found), (here.yes.node,), True, found, law)
    elif verdict is Verdict.AUTHORITY:
        decide = deciding(here.authority, True, found)
        named = needed(decide, (found.met(here.authority.node),), True, found, law) or tuple(
            one for each in weighed_in(here.authority) for one in open_parts(each)
        )
    elif verdict is Verdict.NO:
        ways = (here.yes, here.authority)
        decide = unique(one for each in ways for one in deciding(each, False, found))
        named = needed(decide, [each.node for each in ways], False, found, law)
        main = here.authority if here.route.capped else here.yes
        against = others(main, found, named)
    else:
        named = tuple(
            one
            for each in (here.yes, here.authority)
            for one in open_parts(each)
            if len(found.can(one[0].node)) > 1 and asks(one[0], matter)
        )
    shown = [*dict.fromkeys(reason(one, known, here.moment) for one in named)]
    if verdict is Verdict.NO:
        shown += [reason((one, True), known, here.moment) for one in certain(here.explains, found)]
    shown += [reason((one, True), known, here.moment) for one in certain(here.says, found)]
    return tuple(shown), tuple(reason(one, known, here.moment) for one in against)


def asks(branch: Branch, matter: Matter) -> bool:
    """Whether a condition rests on something that the answer turns on."""
    return any(
        {name.partition(".")[0] for name in leaf.facts} & set(matter.facts)
        or (isinstance(leaf, Atom) and {leaf.term.name, *leaf.params} & set(matter.law))
        for leaf in leaves(branch.expr)
    )


def certain(branches: Iterable[Branch], found: Situation) -> list[Branch]:
    """Those that hold for every completion."""
    return [one for one in branches if found.can(one.node) == ONLY[True]]
