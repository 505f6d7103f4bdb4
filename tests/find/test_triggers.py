"""Event mentions out of given tags."""

from letopis.encoder.tagger import Kind, Tagged, Tags
from letopis.find.mentions import find_mentions
from letopis.find.triggers import SECOND, find_triggers
from letopis.layers import Event
from tests.find.test_mentions import text_with


def events(text: str, triggers: list[str], kind: Kind, *names: tuple[str, str]) -> tuple[Event, ...]:
    """The events of a text whose triggers are these words, all of one kind."""
    layers, tags = text_with(text, *names)
    found = [Tagged(0, text.index(t), text.index(t) + len(t), "", 0.8) for t in triggers]
    tags = Tags(tags.names, found, [kind] * len(found))
    return find_triggers(layers, tags, find_mentions(layers, tags)[0])


def kind(second: float = 0.1) -> Kind:
    types = (("gathering.conference", 0.7), ("contact.meeting", second), ("other", 0.01))
    return Kind(types, (("planned", 0.8), ("actual", 0.2)), 0.6)


def test_a_trigger_gives_a_row() -> None:
    event, = events("Завтра откроется встреча.", ["встреча"], kind())
    assert (event.lemma, event.type, event.type2, event.realis) == ("встреча", "gathering.conference", None, "planned")
    assert (event.type_score, event.score) == (0.6, 0.8)


def test_a_second_type_is_given_where_it_is_likely() -> None:
    assert events("Завтра откроется встреча.", ["встреча"], kind(SECOND))[0].type2 == "contact.meeting"


def test_a_named_event_is_one_row_over_its_name() -> None:
    name = "Второй Уральский конгресс историков"
    event, = events(f"Завтра в Перми {name}.", ["Второй", "конгресс"], kind(), (name, "EVENT"), ("Перми", "CITY"))
    assert event.span.end - event.span.start == len(name)
    assert event.mention == 1                     # after the city
    assert event.lemma.endswith("конгресс историк")


def test_an_event_without_a_name_has_no_mention() -> None:
    event, = events("Завтра в Перми встреча историков.", ["встреча"], kind(), ("встреча", "EVENT"))
    assert event.mention is None
