"""A stored list reads as the tuple it was, and is decoded once, when somebody looks."""

from corpus.decoded import Decoded, DecodedTable


def test_a_stored_list_equals_the_tuple_it_was_and_decodes_each_item_once() -> None:
    made: list[int] = []

    def decode(row: list[int]) -> int:
        made.append(row[0])
        return row[0]

    stored = Decoded("[[3], [1], [2]]", decode)
    assert made == []
    assert (stored[0], stored[1:], len(stored), list(stored)) == (3, (1, 2), 3, [3, 1, 2])
    assert not Decoded("[]", decode)
    assert stored == (3, 1, 2)
    assert stored != (3, 1)
    assert hash(stored) == hash((3, 1, 2))
    assert repr(stored) == "(3, 1, 2)"
    assert made == [3, 1, 2]


def test_a_stored_object_equals_the_dictionary_it_was() -> None:
    stored = DecodedTable('{"classifier": 0.64, "dictionary": 0.9}')
    assert stored == {"classifier": 0.64, "dictionary": 0.9}
    assert stored != {"classifier": 0.64}
    assert (stored["dictionary"], list(stored), len(stored)) == (0.9, ["classifier", "dictionary"], 2)
    assert "herinnering" not in stored
    assert repr(stored) == "{'classifier': 0.64, 'dictionary': 0.9}"
