"""Perron lives: tables, verbs, questions and pages around the core."""
