"""What is said about files of a market, and why a household has this home and not another."""

TEXTS: dict[str, str | tuple[str, str, str]] = {
    "market.no_household": "There is no household {household} in these files",
    "market.not_in_file": "{found} does not stand in {file}",
    "market.too_large": "These values are too large for a plan with shared places, bands or groups: divide them",
    "market.sizes_needed": "Where persons are counted, the size of every household is needed in the file of households",
    "why.change.points": "It would need {points} points more, or one more home like these",
    "why.change.tier": "Only if it went as early as those who have these homes, or with one more home like these",
    "why.loss.between": "Everyone together would lose between {least} and {most} points",
    "why.loss.exact": "Everyone together would lose {points} points",
    "why.loss.least": "Everyone together would lose at least {least} points",
    "why.not.as_good": "Just as good: nothing would be lost",
    "why.not.costs": "Everyone together would lose by it",
    "why.not.matters_more": "For another household it matters more",
    "why.not.municipality_full": "{municipality} can take no more people",
    "why.not.open": "Perhaps just as good: it is not proven that anything would be lost",
    "why.not.others_first": "A household that goes first would have no place",
    "why.not.suits_less": "The home they have suits them better, by {points} points",
    "why.not.taken": "Another household has it; whether it matters more for them is not proven",
    "why.nothing_listed": "No place fits",
    "why.this.best": "No home that fits them is better for them; {others} others fit too",
    "why.this.everyone": (
        "{better} home would be better for them; this one is best for everyone together",
        "{better} homes would be better for them; this one is best for everyone together",
        "better",
    ),
    "why.unplaced": "The homes that fit went to households for whom they matter more",
}
