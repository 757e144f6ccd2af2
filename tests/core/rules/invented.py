"""Invented rules and people: every construct, in random company. Nothing here is law."""

from datetime import date, timedelta
from random import Random

from perron.rules.expressions import Constant, either, every, only_if
from perron.rules.moments import Moment
from perron.rules.routes import Route, Rulebook
from perron.rules.terms import Param, fact, months_since, ruling, some, today, years_since

BOOLS = (
    "health_insured",
    "means_stable",
    "housing_adequate",
    "minor_in_school",
    "exclusion_ground",
)
LINK = "family_links"


def leaf(dice):
    """One condition of a random kind."""
    return dice.choice(KINDS)(dice)


def clock(dice):
    name = dice.choice(("birth_date", "register_entry_on", "left_ua_on"))
    count = dice.choice((1, 5, 10, 18, 21))
    term = years_since(name) if dice.random() < 0.7 else months_since(name)
    count = count if term.months == 12 else dice.choice((1, 3, 6, 18))
    than = Param("adult.age") if dice.random() < 0.2 and term.months == 12 else count
    return side(dice, term, than)


def side(dice, term, than):
    return dice.choice(
        (lambda: term >= than, lambda: term < than, lambda: term <= than, lambda: term > than)
    )()


def day(dice):
    name = dice.choice(("birth_date", "register_entry_on", "left_ua_on"))
    than = dice.choice(
        (
            Param("tp.displaced_on_or_after"),
            date(2022, 2, 24),
            date(2008, 11, 25),
            date(2021, 2, 28),
        )
    )
    return side(dice, fact(name), than)


def amount(dice):
    than = dice.choice((Param("ltr.means.month_person"), Param("student.means.month"), 900, 1000.5))
    return side(dice, fact("means_month"), than)


def count(dice):
    return side(dice, fact("dependants"), dice.choice((1, 2, 3)))


def word(dice):
    return dice.choice((
        fact("identity_document").one_of("valid_passport", "identity_card"),
        fact("tp_state").is_("granted"),
        fact("ua_permit").one_of("temporary", "permanent"),
        side(dice, fact("degree_level"), "bachelor"),
    ))  # fmt: skip


def items(dice):
    return dice.choice((
        fact("nationality").has_any("UA"),
        fact("nationality").has_none("UA", "BE"),
        fact("means_source").has_none("social_assistance"),
        fact("means_source").empty(),
    ))  # fmt: skip


def record(dice):
    return dice.choice((
        fact("job_offer").exists(),
        fact("job_offer.region").one_of(*dice.sample(["VLG", "BRU", "WAL", "DG"], 2)),
        fact("job_offer.labour_market_test").is_("exempt"),
        side(dice, fact("job_offer.gross_month"), 3000),
    ))  # fmt: skip


def absent(dice):
    name = dice.choice(("register_entry_on", "left_ua_on"))
    return dice.choice((fact(name).exists(), fact(name).missing()))


def yes_no(dice):
    return fact(dice.choice(BOOLS)).is_(dice.random() < 0.8)


def family(dice):
    kind = fact(f"{LINK}.kind").one_of(
        *dice.sample(["spouse", "minor_child", "dependent_ascendant"], 2)
    )
    other = fact(f"{LINK}.sponsor_in_tp_core").is_(dice.random() < 0.5)
    return some(LINK, dice.choice((kind, other, kind & other, kind | ~other)))


def law(dice):
    return dice.choice((
        today() <= Param("tp.valid_to"),
        ruling("unlimited.tp_years_count"),
        ruling("count.ltr.tp_months"),
        today() >= date(2026, 11, 25),
    ))  # fmt: skip


KINDS = (clock, clock, day, amount, count, word, items, record, absent, yes_no, yes_no, family, law)


def tree(dice, own, depth):
    """A random expression over a few leaves, so that they meet again."""
    if depth == 0 or dice.random() < 0.15:
        one = dice.choice(own)
        return ~one if dice.random() < 0.3 else one
    parts = [tree(dice, own, depth - 1) for _ in range(dice.choice((2, 2, 3)))]
    made = every(*parts) if dice.random() < 0.5 else either(*parts)
    if dice.random() < 0.2:
        made = only_if(dice.choice(own), made)
    return ~made if dice.random() < 0.15 else made


def rulebook(seed, routes=4):
    """A few random routes; some with an authority, which decides only where the answer is not yes."""
    dice = Random(seed)
    made = []
    for number in range(routes):
        own = [leaf(dice) for _ in range(dice.choice((2, 3, 4)))]
        yes = tree(dice, own, dice.choice((1, 2, 3)))
        other = tree(dice, own, 2)
        authority = every(~yes, other) if dice.random() < 0.4 else Constant(value=False)
        made.append(Route(f"invented_{seed}_{number}", (yes,), table=(yes, authority)))
    return Rulebook(f"invented-{seed}", tuple(made))


def articles(seed, routes=10):
    """Routes as articles of a law are: several conditions that all must hold, some with an alternative."""
    dice = Random(seed)
    pool = [leaf(dice) for _ in range(30)]
    made = [
        Route(
            f"article_{number}",
            tuple(
                either(*dice.sample(pool, dice.choice((1, 1, 2))))
                for _ in range(dice.choice((4, 5, 6, 7)))
            ),
        )
        for number in range(routes)
    ]
    return Rulebook(f"articles-{seed}", tuple(made))


def some_day(dice):
    around = dice.choice(
        (
            date(2008, 11, 25),
            date(2021, 11, 25),
            date(2022, 2, 24),
            date(2016, 2, 29),
            date(2021, 2, 28),
        )
    )
    return around + timedelta(days=dice.choice((-400, -31, -1, 0, 0, 1, 29, 366)))


def partial(dice, found):
    return dice.choice((str(found), str(found), f"{found:%Y-%m}", f"{found:%Y}"))


def person(dice, known=0.55):
    """A person of whom some facts are known, some in part, and some not at all."""
    every_fact = {
        "birth_date": lambda: partial(dice, some_day(dice)),
        "register_entry_on": lambda: dice.choice(("-", str(some_day(dice)))),
        "left_ua_on": lambda: dice.choice(
            ("-", partial(dice, some_day(dice)), partial(dice, some_day(dice)))
        ),
        "means_month": lambda: dice.choice((0, 834.99, 900, 1000.5, 1038, 2000)),
        "dependants": lambda: dice.choice((0, 1, 2, 3, 4)),
        "identity_document": lambda: dice.choice(("valid_passport", "none", "other_official")),
        "tp_state": lambda: dice.choice(("granted", "none")),
        "ua_permit": lambda: dice.choice(("none", "temporary", "permanent")),
        "degree_level": lambda: dice.choice(("none", "bachelor", "master")),
        "nationality": lambda: dice.choice(([], ["UA"], ["UA", "BE"], ["MD"])),
        "means_source": lambda: dice.choice(([], ["work"], ["work", "social_assistance"])),
        "job_offer": lambda: dice.choice(("-", offer(dice), offer(dice))),
        LINK: lambda: dice.choice(([], [link(dice)], [link(dice), link(dice)])),
        **{name: lambda: dice.random() < 0.5 for name in BOOLS},
    }
    return {name: make() for name, make in every_fact.items() if dice.random() < known}


def offer(dice):
    full = {
        "region": dice.choice(("VLG", "BRU", "WAL", "DG")),
        "gross_month": dice.choice((2500, 3000, 3500.5)),
        "labour_market_test": dice.choice(("exempt", "not_done")),
    }
    return {name: value for name, value in full.items() if dice.random() < 0.6}


def link(dice):
    full = {
        "kind": dice.choice(("spouse", "minor_child", "parent_of_minor")),
        "sponsor_in_tp_core": dice.random() < 0.5,
    }
    return {name: value if dice.random() < 0.6 else None for name, value in full.items()}


DAYS = (
    date(2022, 3, 4), date(2024, 2, 29), date(2025, 2, 28), date(2025, 12, 31), date(2026, 1, 1), date(2026, 2, 28),
    date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26), date(2027, 3, 4), date(2027, 3, 5), date(2031, 12, 1),
)  # fmt: skip


def moment(dice):
    return Moment(dice.choice(DAYS), dice.choice(("adopted", "note", "prolonged-2028")))
