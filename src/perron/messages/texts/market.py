"""What is said about files of a market, and why a household has this home and not another."""

TEXTS: dict[str, str | tuple[str, str, str]] = {
    "market.not_in_file": "{found} does not stand in {file}",
    "market.too_large": "These values are too large for a plan with shared places, bands or groups: divide them",
    "market.sizes_needed": "Where persons are counted, the size of every household is needed in the file of households",
}
