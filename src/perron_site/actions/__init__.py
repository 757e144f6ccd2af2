"""Verbs of the case worker: load, decide, write, record, in one transaction."""
