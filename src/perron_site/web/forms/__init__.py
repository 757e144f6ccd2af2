"""Forms: what a desk types, read once, with every fault named at its field."""
