"""A YAML or JSON file being read: every fault is named with its line and column."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from enum import StrEnum
from typing import TypeVar

import yaml
from yaml.reader import ReaderError

from perron.vocabulary.errors import BadFile, Fault
from perron.vocabulary.wording import Message, Param, message

Word = TypeVar("Word", bound=StrEnum)
Value = TypeVar("Value")
NULLS = {"", "~", "null", "Null", "NULL"}
TRUTHS = {"true": True, "false": False}


class Sheet:
    """One file being read, with the faults found so far."""

    def __init__(self, file: str) -> None:
        """Nothing is wrong yet."""
        self.file = file
        self.faults: list[Fault] = []

    def fault(self, node: yaml.Node, wording: str, /, **params: Param) -> None:
        """Note what is wrong at this place."""
        mark = node.start_mark
        said = Message(wording, tuple(sorted(params.items())))  # message() takes no parameter "key"
        self.faults.append(Fault(self.file, mark.line + 1, mark.column + 1, said))

    def fields(
        self, node: yaml.Node, known: Collection[str], needed: Iterable[str] = ()
    ) -> dict[str, yaml.Node] | None:
        """The values of a mapping by key without those that are null; None where a needed one is missing."""
        if not isinstance(node, yaml.MappingNode):
            self.fault(node, "file.expected_mapping")
            return None
        found: dict[str, yaml.Node] = {}
        lines: dict[str, int] = {}
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else str(key.tag)
            if name not in known:
                self.fault(value, "file.unknown_key", key=name)
            elif name in lines:
                self.fault(key, "file.twice", found=name, line=lines[name])
            elif not (isinstance(value, yaml.ScalarNode) and is_null(value)):
                found[name] = value
            lines.setdefault(name, key.start_mark.line + 1)
        missing = [name for name in needed if name not in found]
        for name in missing:
            self.fault(node, "file.missing_key", key=name)
        return None if missing else found

    def items(self, node: yaml.Node | None) -> list[yaml.Node]:
        """The values of a list; a single value is a list of one, absent is none."""
        if node is None:
            return []
        return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]

    def parse(self, node: yaml.Node, read: Callable[[str], Value], expected: str) -> Value | None:
        """Read one scalar, or note what was expected."""
        found = str(node.value) if isinstance(node, yaml.ScalarNode) else str(node.tag)
        try:
            return read(found)
        except (ValueError, KeyError):
            self.fault(node, "file.expected", found=found, expected=expected)
            return None

    def word(self, node: yaml.Node | None, words: type[Word]) -> Word | None:
        """One word of a vocabulary."""
        return self.parse(node, words, ", ".join(words)) if node is not None else None

    def words(self, node: yaml.Node | None, words: type[Word]) -> tuple[Word, ...]:
        """Several words of a vocabulary."""
        found = [self.word(item, words) for item in self.items(node)]
        return tuple(item for item in found if item is not None)

    def number(self, node: yaml.Node | None, most: int) -> int | None:
        """A whole number from 0 up to the most that makes sense."""
        if node is None:
            return None

        def read(text: str) -> int:
            if not text.isdecimal() or int(text) > most:
                raise ValueError(text)
            return int(text)

        return self.parse(node, read, f"0 … {most}")

    def day(self, node: yaml.Node | None) -> date | None:
        """One ISO date."""
        return self.parse(node, date.fromisoformat, "2026-11-23") if node is not None else None

    def truth(self, node: yaml.Node | None) -> bool:
        """True or false; absent is false."""
        if node is None:
            return False
        return bool(self.parse(node, lambda text: TRUTHS[text.lower()], "true, false"))


def is_null(node: yaml.ScalarNode) -> bool:
    """Whether nothing is written there."""
    return node.value in NULLS and node.style is None


def compose(text: str, file: str) -> yaml.Node:
    """The document as nodes with their places (BadFile)."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark
        place, problem = (at.line + 1, at.column + 1) if at else (1, 1), error.problem or ""
    except ReaderError as error:
        before = text[: error.position].split("\n")
        place, problem = (len(before), len(before[-1]) + 1), error.reason
    except RecursionError:
        place, problem = (1, 1), "too many levels"
    else:
        if root is None:
            raise BadFile((Fault(file, 1, 1, message("file.empty")),))
        return root
    raise BadFile((Fault(file, *place, message("file.not_yaml", problem=problem)),))
