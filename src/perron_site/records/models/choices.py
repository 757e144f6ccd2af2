"""Columns for the closed vocabularies of the core, with a database check that no other word stands there."""

from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import Q


def word(
    vocabulary: type[StrEnum],
    *,
    blank: bool = False,
    null: bool = False,
    default: StrEnum | None = None,
) -> "models.CharField[Any, Any]":
    """A column for one word of a vocabulary."""
    longest = max(40, *(len(item) for item in vocabulary))
    first = models.NOT_PROVIDED if default is None else default.value
    return models.CharField(max_length=longest, blank=blank, null=null, default=first)


def only(column: str, vocabulary: type[StrEnum], name: str) -> models.CheckConstraint:
    """The constraint that goes with it."""
    return models.CheckConstraint(
        condition=Q(**{f"{column}__in": [item.value for item in vocabulary]}), name=name
    )
