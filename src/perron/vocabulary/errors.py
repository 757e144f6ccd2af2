"""What can go wrong, by meaning. Each carries a message key with parameters, never a sentence."""

from dataclasses import dataclass

from perron.vocabulary.wording import Message, Param, message


class PerronError(Exception):
    """Anything that a door must tell its reader."""

    def __init__(self, key: str, **params: Param) -> None:
        """Keep the message; personal data never belongs in its parameters."""
        super().__init__(key)
        self.message: Message = message(key, **params)


class Refused(PerronError):
    """The rules say no; nothing was written."""


class Conflict(PerronError):
    """Somebody else was first; nothing was written."""


class NotFound(PerronError):
    """There is no such thing, or it may not be seen."""


class LawNotModelled(PerronError):
    """The day lies before the law that is modelled."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file: where, and what was expected."""

    file: str
    line: int
    column: int
    message: Message


class BadFile(PerronError):
    """A file is refused whole, with every fault named."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """Keep all faults, in the order of the file."""
        super().__init__("file.bad", faults=len(faults))
        self.faults = faults


class RefusedWhole(Refused):
    """An act on several households is refused whole, with the fault of each household named."""

    def __init__(self, faults: tuple[tuple[int, Message], ...]) -> None:
        """Keep all faults: the number of a household and what is wrong there."""
        super().__init__("bulk.refused_whole", faults=len(faults))
        self.faults = faults
