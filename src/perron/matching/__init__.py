"""Households and places: what fits, what a careful desk would do, and the best plan for a night."""
