"""The two sides: units that offer and communities that ask. Both form trees."""

from __future__ import annotations

from matchkit.model.base import Record
from matchkit.model.place import Place
from matchkit.model.text import Id, Name


class Unit(Record):
    """An organisation that offers resources; ``parent`` is the unit it belongs to."""

    id: Id
    name: Name | None = None
    parent: Id | None = None


class Community(Record):
    """A place or body that has demands; ``parent`` is the street, district or city it belongs to."""

    id: Id
    name: Name | None = None
    parent: Id | None = None
    place: Place | None = None
