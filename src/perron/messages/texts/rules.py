"""What the answers of the law say, and one sentence a row of the table of temporary protection."""

TEXTS: dict[str, str | tuple[str, str, str]] = {
    "entering.before_the_law": "The law that is modelled begins on {since}",
    "entering.day_missing": "Give a day",
    "entering.effect_in_the_past": "Answers can count with it from {on} on, not from an earlier day",
    "entering.end_unknown": "Enter the last day that was adopted: clocks and letters count from it",
    "entering.ends_before_it_begins": "It cannot end before it begins",
    "entering.has_no_regions": "This value is the same in every region",
    "entering.mark_without_source": "A mark says how well a source is known: name the act",
    "entering.no_article": "Name the article",
    "entering.no_day": "{found} is no day: write year, month and day, such as 2027-03-05",
    "entering.no_law": "{found} is a term of Perron itself and no law",
    "entering.no_mark": "Say how well the source is known",
    "entering.no_parameter": "Choose what changes",
    "entering.no_region": "There is no region {found}",
    "entering.no_source": "Name the act: nothing is law without a source",
    "entering.no_status": "Say whether it is adopted or practice",
    "entering.not_published_yet": "It cannot be published after {on}",
    "entering.overlaps_pending": "Another change of this value for these days waits for a decision",
    "entering.region_missing": "This value differs by region: choose one",
    "entering.too_late": "No day after {latest} can be entered",
    "entering.too_long": "At most {most} letters",
    "entering.unknown_parameter": "There is no parameter {found}. Did you mean {near}?",
    "entering.value_missing": "Give the value",
    "entering.wrong_kind.amount": "{found} is no amount: write a number, such as 1250.50",
    "entering.wrong_kind.day": "{found} is no day: write year, month and day, such as 2028-03-04",
    "entering.wrong_kind.level": "{found} is no level: write A1, A2, B1, B2, C1 or C2",
    "entering.wrong_kind.truth": "{found} is neither yes nor no",
    "entering.wrong_kind.whole": "{found} is no whole number that this value can be",
    "rules.no_such_parameter": "There is no parameter {parameter}",
    "rules.no_such_scenario": "There is no scenario {scenario}",
    "rules.no_value_on": "{parameter} has no value on {on}",
    "rules.not_modelled": "{on} lies before the law that is modelled: it begins on {since}",
    "rules.no_such_fact": "There is no fact {found}. Did you mean {near}?",
    "rules.no_rulebook": "The file has no RULEBOOK",
    "rules.pack_fails": "The file fails when it is run: {what}",
    "rules.not_parquet": "The file is not Parquet",
    "options.title": "On {on}, scenario {scenario}. The law is known as it stood on {until}.",
    "options.yes": "yes, the conditions hold",
    "options.no": "no",
    "options.authority": "an authority decides",
    "options.unknown": "not known yet",
    "options.held": "Has this status",
    "options.held_until": "Has this status until {until}",
    "options.missing": "To be asked",
    "options.law_missing": "The law is not known",
    "options.assuming": "Presumed",
    "options.weighed": "The authority weighs",
    "options.earliest": "Earliest day",
    "options.never": "never, as things are",
    "options.depends": "depends on what is not known",
    "options.closes": "Closes after {day}",
    "options.next": "Ask next: {question}",
    "options.no_next": "Nothing more needs to be asked.",
    "rules.not_met": "Not so: {condition:rule}",
    "rules.open": "Not known yet: {condition:rule}",
    "rule.tp.runs": "The scheme of temporary protection still runs",
    "rule.TP-a": "Ukrainian, with the main home in Ukraine before 24 February 2022, who left on or "
    "after that day (a second nationality, of an EU country, is not looked at here)",
    "rule.TP-b": "Not Ukrainian but protected by Ukraine, also as a stateless person, with the main "
    "home there before 24 February 2022, who left on or after that day",
    "rule.TP-c": "Close family of somebody who is displaced from Ukraine and protected, where the "
    "family existed in Ukraine already (whether the relative had to leave on or after 24 February 2022 too is "
    "not looked at here)",
    "rule.TP-c1": "Husband, wife or partner in a lasting relation, where the relation existed in "
    "Ukraine before 24 February 2022",
    "rule.TP-c2": "Minor child, where the family existed in Ukraine before 24 February 2022 (that "
    "the child is unmarried is not asked here)",
    "rule.TP-c3": "Dependent parent, grandparent or other relative who lived together with that "
    "person on 24 February 2022 and depended on them",
    "rule.TP-d": "Not Ukrainian, with a permanent Ukrainian permit, who left on or after 24 February "
    "2022 and has no safe and lasting return to the country of origin: the Immigration "
    "Office decides after an interview",
    "rule.TP-e": "Not Ukrainian: a temporary Ukrainian permit does not open temporary protection in Belgium",
    "rule.TP-f": "Ukrainian, with the main home in Ukraine, who left shortly before 24 February 2022 "
    "for a holiday, work, family or the like: the Immigration Office decides case by "
    "case. File anyway",
    "rule.TP-g": "Ukrainian who already lived in the European Union before 24 February 2022: another "
    "route is needed",
    "rule.TP-h": "Not Ukrainian: being family of a Ukrainian who was not displaced does not open temporary protection",
    "rule.TP-i": "Has a permit in another member state: the Immigration Office refuses, the courts are divided",
    "rule.TP-j": "An application elsewhere that gave no permit is no ground for refusal",
    "rule.TP-k": "There is a ground for exclusion",
    "rule.TP-l": "Who applies late is asked to prove that they lived in Ukraine in 2021 and 2022",
    "rule.TP-m": "Men liable to military service who leave without an exit permit once the new rule "
    "applies, and are not protected yet, would be left out: only proposed",
    "rule.tp.ground": "A ground of the decision on temporary protection is met",
}
