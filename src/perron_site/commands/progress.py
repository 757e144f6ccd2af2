"""How far a long command is, for a person who watches."""

import sys


def working_on(what: str) -> None:
    """Show what is at work now, on one line of the screen."""
    if sys.stderr.isatty():
        print(f"\r\033[K{what}", end="", file=sys.stderr, flush=True)
