"""Values kept as they are stored and decoded when somebody looks: of thousands of passages few are looked at."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, overload

Item = TypeVar("Item", covariant=True)


class Decoded(Sequence[Item]):
    """The items of a JSON list, made on first use; equal to the tuple of them. ``decode`` makes one item."""

    __slots__ = ("_decode", "_items", "_text")

    def __init__(self, text: str, decode: Callable[[list[Any]], Item]) -> None:
        self._text, self._decode = text, decode
        self._items: tuple[Item, ...] | None = None

    def _all(self) -> tuple[Item, ...]:
        if self._items is None:
            self._items = tuple(map(self._decode, json.loads(self._text)))
        return self._items

    def __len__(self) -> int:
        return len(self._all())

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        return self._all()[index]

    def __iter__(self) -> Iterator[Item]:
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        return tuple(other) == self._all() if isinstance(other, (tuple, Decoded)) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())


class DecodedTable(Mapping[str, float]):
    """The numbers of a JSON object by name, made on first use; equal to the dictionary of them."""

    __slots__ = ("_table", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._table: dict[str, float] | None = None

    def _all(self) -> dict[str, float]:
        if self._table is None:
            self._table = json.loads(self._text)
        return self._table

    def __getitem__(self, name: str) -> float:
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __repr__(self) -> str:
        return repr(self._all())
