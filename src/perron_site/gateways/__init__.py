"""The outside world, one protocol each; no tables."""
