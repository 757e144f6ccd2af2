"""The kinds of place somebody may live in, as the choices of a form: by category of ETHOS Light, then the others."""

from perron.vocabulary.housing import CATEGORY, HousingCategory, LivingSituation

Group = tuple[HousingCategory, tuple[LivingSituation, ...]]

GROUPS: tuple[Group, ...] = tuple(
    (category, tuple(each for each in CATEGORY if CATEGORY[each] is category))
    for category in HousingCategory
)
OTHERS = tuple(each for each in LivingSituation if each not in CATEGORY)
KINDS = {"groups": GROUPS, "others": OTHERS}


def read_situation(text: str) -> LivingSituation | None:
    """What was chosen; None was not asked."""
    return LivingSituation(text) if text in set(LivingSituation) else None
