"""Perron decides: pure functions from facts to explained answers. No database, no network, no clock."""

__version__ = "0.1.0"
