"""What the law's answers say: one sentence a row of the table of temporary protection."""

TEXTS: dict[str, str | tuple[str, str, str]] = {
    "rules.no_such_parameter": "There is no parameter {parameter}",
    "rules.no_such_scenario": "There is no scenario {scenario}",
    "rules.no_value_on": "{parameter} has no value on {on}",
    "rules.not_modelled": "{on} lies before the law that is modelled: it begins on {since}",
    "tp.TP-a": "Ukrainian, lived in Ukraine before 24 February 2022 and left on or after that day",
    "tp.TP-b": "Protected or stateless in Ukraine before 24 February 2022, and left on or after that day",
    "tp.TP-c": "Close family of somebody who is protected, and family in Ukraine already",
    "tp.TP-d": "Permanent Ukrainian permit and no safe return to the country of origin: the Immigration Office "
    "decides after an interview",
    "tp.TP-e": "A temporary Ukrainian permit does not open temporary protection in Belgium",
    "tp.TP-f": "Left Ukraine shortly before 24 February 2022: the Immigration Office decides case by case. "
    "File anyway",
    "tp.TP-g": "Lived in the European Union before 24 February 2022: another route is needed",
    "tp.TP-h": "Family of a Ukrainian who was not displaced does not come under temporary protection",
    "tp.TP-i": "Has a permit in another member state: the Immigration Office refuses, the courts are divided",
    "tp.TP-j": "An application elsewhere that gave no permit is no ground for refusal",
    "tp.TP-k": "There is a ground for exclusion",
    "tp.TP-l": "Who applies late is asked to prove that they lived in Ukraine in 2021 and 2022",
    "tp.TP-m": "Men liable to military service who left without a permit would be left out: only proposed",
    "tp.no_ground": "No ground of the decision on temporary protection is met",
}
