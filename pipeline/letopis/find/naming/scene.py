"""A batch as the names see it: the words of every mention, and which place a word belongs to.

Contract. Reads the layers, decides nothing. A word belongs to the smallest mention of a place around it.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from letopis.find.clauses import Text, head_word, words_of_each
from letopis.find.naming.bodies import BodyName, body_name, place_word
from letopis.layers import Mention

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|\w+(?:[-’'.]\w+)*|[^\w\s]")
PLACES = frozenset({"CITY", "COUNTRY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION"})
OWNERS = frozenset({"ORGANIZATION", "FACILITY"})
BODIES = frozenset({"ORGANIZATION", "FACILITY", "PRODUCT", "WORK_OF_ART", "LAW", "AWARD"})


@dataclass(frozen=True, slots=True)
class Scene:
    """The text, its mentions, and what stands at a word (numbers of words are of the batch)."""

    text: Text
    mentions: tuple[Mention, ...]
    places: tuple[str | None, ...]
    words: tuple[tuple[int, int], ...]       # [mention] first word, last + 1
    place_at: dict[int, str]                 # word -> key of the place it belongs to
    person_at: dict[int, int]                # word -> mention of the person
    body_at: dict[int, int]                  # word -> outermost mention of an organisation or facility
    documents: tuple[tuple[int, ...], ...]   # [document] its mentions, in order


def scene_of(text: Text, mentions: tuple[Mention, ...], places: tuple[str | None, ...]) -> Scene:
    """The scene of a batch."""
    words = tuple(words_of_each(text, [m.span for m in mentions]))
    place_at: dict[int, str] = {}
    person_at: dict[int, int] = {}
    body_at: dict[int, int] = {}
    documents: defaultdict[int, list[int]] = defaultdict(list)
    of = text.readings.document
    for i, m in enumerate(mentions):
        documents[of.item(m.span.reading)].append(i)
        for word in range(*words[i]):
            key = places[i]
            if key is not None:
                place_at[word] = key
            elif m.type == "PERSON":
                person_at[word] = i
            elif m.type in OWNERS:
                body_at.setdefault(word, i)
    count = int(of.max()) + 1 if len(of) else 0
    return Scene(
        text, mentions, places, words, place_at, person_at, body_at, tuple(tuple(documents[d]) for d in range(count)),
    )


def name_of(scene: Scene, mention: int) -> BodyName:
    """The name of an organisation or thing, with the places in it."""
    first, last = scene.words[mention]
    head = head_word(scene.text, first, last)
    places = {w - first: key for w in range(first, last) if (key := _place(scene, w, first)) is not None}
    if _names_itself(scene, first, head) and scene.mentions[mention].type != "FACILITY":
        places.pop(head - first, None)                                     # 'Единая Россия': the place is what is named
    return body_name(_nominative(scene, mention), places)


def _names_itself(scene: Scene, first: int, head: int) -> bool:
    """Whether the head of a name is a noun with no noun before it; 'МИД | Эстонии' with a wrong head is no Estonia."""
    before = {scene.text.syntax.pos[w] for w in range(first, head)}
    return scene.text.syntax.pos[head] != "ADJ" and not before & {"NOUN", "PROPN"}


def _nominative(scene: Scene, mention: int) -> Sequence[str]:
    """Words of the normal form, those of the text where they can't be told apart one to one."""
    forms = _TOKEN.findall(scene.mentions[mention].normal)
    first, last = scene.words[mention]
    return forms if len(forms) == last - first else scene.text.words.form[first:last]


def _place(scene: Scene, word: int, first: int) -> str | None:
    """Of a nested mention, else what the word usually means: an adjective, or a genitive after the head."""
    if word in scene.place_at:
        return scene.place_at[word]
    form, pos = scene.text.words.form[word], scene.text.syntax.pos[word]
    if pos == "ADJ":
        return place_word(scene.text.syntax.lemma[word], adjective=True)
    genitive = "Case=Gen" in scene.text.syntax.feats[word]
    if pos in ("PROPN", "NOUN") and word > first and genitive and form[0].isupper():
        return place_word(form, adjective=False)
    return None
