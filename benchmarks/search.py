"""Whether 200 spellings of 50 names find their person among 100,000, and how long that takes.

Makes its own database in a folder of its own, and removes it. The names stand in tests/spec/names.yaml: invented
people, written with another transliteration, the parts swapped, in the other script, with one typing error. Nobody in
the crowd is a namesake of one of them; many share one of their names. Wanted: each person among the first five, in less
than 50 ms among those whom one organisation sees, and in less than 500 ms among all; of each spelling the fastest of
three times counts, and of these the slowest.
"""

import sys
import time
from pathlib import Path
from random import Random
from statistics import median

from ground import NOW, PEOPLE, prepared, removed_afterwards

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "site"))

from crowd import crowd, fifty

FIRST, TIMES = 5, 3
WANTED = {"within one organisation": 50, "across organisations": 500}
PERSONS = (
    "copy records_person (id, given_name, family_name, given_name_cyrillic, family_name_cyrillic, born,"
    " languages, telephone, email, demonstration, presence) from stdin"
)


def rows():
    """The fifty first, then everybody else, with a year of birth."""
    dice = Random(2)
    names = [stored for stored, _ in fifty()]
    names += [(*name, "", "") for name in crowd(PEOPLE - len(names))]
    for number, name in enumerate(names, 1):
        yield number, *name, str(dice.randint(1940, 2024)), "{ukr}", "", "", True, "here"


def people(link):
    """Write the people; what they are found by, the database makes."""
    begun = time.perf_counter()
    with link.cursor().copy(PERSONS) as copy:
        for row in rows():
            copy.write_row(row)
    print(f"{PEOPLE} people with their keys written in {time.perf_counter() - begun:.1f} s")


def searches(few, everybody):
    """The two searches, and the first one where an organisation sees all the people; each says whom it found."""
    from perron.vocabulary.organisations import OrganisationKind
    from perron.vocabulary.sought import sought
    from perron_site.actions.searches import look_elsewhere
    from perron_site.queries.namesakes import namesakes
    from perron_site.queries.organisations import organisation

    names = {row[0]: (f"{row[1]} {row[2]}", row[5]) for row in rows()}

    def own(by, words):
        return [names[number] for number in namesakes(by, sought(words))[:FIRST]]

    def others(by, words):
        return [(row.name, row.born) for row in look_elsewhere(by, words=words)]

    return names, {
        "within one organisation": (few, own),
        "across organisations": (organisation(OrganisationKind.DVZ), others),
        "within one that sees all": (everybody, own),
    }


def fastest(ask, by, words, count):
    """Whom a search found, and the quickest of several times in milliseconds."""
    from perron_site.records.context import as_organisation

    found, best = [], float("inf")
    for _ in range(count):
        with as_organisation(by):
            start = time.perf_counter()
            found = ask(by, words)
            best = min(best, (time.perf_counter() - start) * 1000)
    return found, best


def measure():
    """Print the table; 1 when the sentence above is not met."""
    from perron.vocabulary.acting import Acting
    from perron.vocabulary.organisations import Purpose, Role

    names, asked = searches(*prepared(people))
    print(f"\n200 spellings of 50 names among {PEOPLE} people, ms")
    print(f"{'':<28}{'in first five':>14}{'median':>9}{'slowest':>9}{'wanted':>8}")
    failed = False
    for name, (organisation, ask) in asked.items():
        by = Acting(None, organisation, Role.REGISTRAR, Purpose.REGISTRATION, NOW)
        times, missed = [], []
        for number, (_, written) in enumerate(fifty(), 1):
            for words in written:
                found, best = fastest(ask, by, words, TIMES if name in WANTED else 1)
                times.append(best)
                if names[number] not in found:
                    missed.append(words)
        wanted = WANTED.get(name)
        hits = f"{len(times) - len(missed)}/{len(times)}"
        print(
            f"{name:<28}{hits:>14}{median(times):>9.1f}{max(times):>9.1f}{wanted or '–':>8}",
            flush=True,
        )
        for words in missed:
            print(f"    not found: {words}")
        failed |= wanted is not None and (bool(missed) or max(times) > wanted)
    return failed


if __name__ == "__main__":
    with removed_afterwards():
        failed = measure()
    sys.exit(failed)
