"""Why an answer is as it is: cited conditions that decide it, none of which can be left out, with their values."""

from collections.abc import Iterator, Sequence

from perron.rules.binding import AND, OR, Node
from perron.rules.exact import ONLY, Situation, knowing, numbers
from perron.rules.expressions import And, Cited, Not, Or, Weighed
from perron.rules.facts import NONE, Stated
from perron.rules.moments import Moment
from perron.rules.routes import Branch
from perron.rules.terms import Atom, Ruling, leaves
from perron.vocabulary.verdicts import Reason, Source
from perron.vocabulary.wording import Message, message

Truth = bool
Deciding = tuple[Branch, Truth | None]
"""A cited branch and how it came out; None where it is open."""


def deciding(branch: Branch, truth: Truth, here: Situation) -> tuple[Deciding, ...]:
    """The cited parts that make a branch come out so, as few as possible; it is certain that it does."""
    expr = branch.expr
    if isinstance(expr, Cited):
        return of_cited(branch, truth, here)
    if isinstance(expr, Not):
        return deciding(branch.parts[0], not truth, here)
    if isinstance(expr, Weighed):
        certain = here.can(branch.parts[0].node) == ONLY[truth]
        return deciding(branch.parts[0], truth, here) if certain else ()
    if isinstance(expr, And | Or) and truth is isinstance(expr, And):
        every = (deciding(each, truth, here) for each in branch.parts)
        return unique(one for each in every for one in each)
    return one_of(branch, truth, here) if branch.parts else ()


def needed(
    named: tuple[Deciding, ...],
    nodes: Sequence[Node],
    truth: Truth,
    here: Situation,
    law: frozenset[int],
) -> tuple[Deciding, ...]:
    """The named conditions without those that the others can do without: every node comes out so by them alone.

    One is left of an answer that is so for everybody. What is not named may come out either way, but what the law
    answers whoever asks; ``law``: the numbers of those leaves.
    """
    kept = {one: frozenset(numbers(one[0].node)) for one in named}
    beside = law.difference(*kept.values())
    for one in reversed(named):
        fewer = {each: own for each, own in kept.items() if each is not one}
        left = knowing(here, beside.union(*fewer.values()))
        if fewer and all(left.can(each) == ONLY[truth] for each in nodes):
            kept = fewer
    return tuple(kept)


def of_cited(branch: Branch, truth: Truth, here: Situation) -> tuple[Deciding, ...]:
    """A cited condition, or the cited ones inside it; where all of several ways are closed, it says so itself."""
    inner = branch.parts[0]
    if not truth and not_in_force(inner, here):
        return ()
    if not truth and isinstance(inner.expr, Or):
        return ((branch, truth),)
    return deciding(inner, truth, here) or ((branch, truth),)


def not_in_force(branch: Branch, here: Situation) -> bool:
    """Whether a condition is out of the question because the law does not have it, whoever asks."""
    return isinstance(branch.expr, And) and any(
        isinstance(each.expr, Atom)
        and isinstance(each.expr.term, Ruling)
        and here.can(each.node) == ONLY[False]
        for each in branch.parts
    )


def one_of(branch: Branch, truth: Truth, here: Situation) -> tuple[Deciding, ...]:
    """The part that settles the branch by itself with the fewest reasons, else the parts that do so together."""
    alone = [each for each in branch.parts if here.can(each.node) == ONLY[truth]]
    if alone:
        return min((deciding(each, truth, here) for each in alone), key=len)
    kind = AND if isinstance(branch.expr, And) else OR
    needed = list(branch.parts)
    for each in branch.parts:
        fewer = [one for one in needed if one is not each]
        if fewer and here.can((kind, tuple(one.node for one in fewer))) == ONLY[truth]:
            needed = fewer
    return unique(one for each in needed for one in open_parts(each))


def open_parts(branch: Branch) -> Iterator[Deciding]:
    """The cited parts of a branch that is not settled by itself, the innermost."""
    inner = [one for each in branch.parts for one in open_parts(each)]
    if inner or not isinstance(branch.expr, Cited):
        yield from inner
    else:
        yield branch, None


def others(branch: Branch, here: Situation, named: Sequence[Deciding]) -> tuple[Deciding, ...]:
    """The other parts of a conjunction each of which would stand in the way by itself."""
    known = {id(one) for one, _ in named}
    found: list[Deciding] = []
    for each in branch.parts if isinstance(branch.expr, And) else ():
        if here.can(each.node) == ONLY[False]:
            found += [one for one in deciding(each, False, here) if id(one[0]) not in known]
    return unique(iter(found))


def unique(found: Iterator[Deciding]) -> tuple[Deciding, ...]:
    """Each branch once."""
    return tuple({id(one[0]): one for one in found}.values())


def reason(one: Deciding, known: Stated, moment: Moment) -> Reason:
    """A deciding condition as a sentence, with the facts and the parameters it used."""
    branch, truth = one
    cited = branch.expr
    assert isinstance(cited, Cited)
    own = list(leaves(cited))
    names = dict.fromkeys(name for leaf in own for name in leaf.facts)
    keys = dict.fromkeys(key for leaf in own for key in getattr(leaf, "params", ()))
    return Reason(
        said(cited.label, truth),
        cited.source,
        tuple((name, shown(known[name])) for name in names if known.get(name) is not None),
        tuple(used for key in keys for used in value_used(key, moment)),
    )


def said(label: str, truth: Truth | None) -> Message:
    """The sentence of a condition that is met, not met, or open."""
    if truth is None:
        return message("rules.open", condition=label)
    return message(f"rule.{label}") if truth else message("rules.not_met", condition=label)


def value_used(key: str, moment: Moment) -> Iterator[tuple[str, str, Source]]:
    """The value of a parameter on the day, with its source and since when it holds."""
    row = moment.row(key)
    if row is not None:
        yield key, "not known" if row.value is None else f"{row.value} {row.unit}", row.source


def shown(value: object) -> str:
    """A stated value in a few words; of a list of records, how many there are."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        if value and isinstance(value[0], tuple):
            return "; ".join(", ".join(f"{k} {shown(v)}" for k, v in each) for each in value)
        return ", ".join(str(each) for each in value) or NONE
    return f"{value:g}" if isinstance(value, float) else str(value)
