"""Identity inside a document: which mentions name one person, place, organisation or thing.

Contract: numbers count from 0 in each document in the order of first mentions; -1 for mentions that have no entity (dates,
professions, peoples, families). What joins two mentions is said in `find.naming`: names that agree, statements of the text,
short forms of what only one thing of the document can be. It looks at no other document.
"""

from letopis.find.clauses import Text
from letopis.find.names import fold
from letopis.find.naming.aliases import aliases
from letopis.find.naming.bodies import union_of
from letopis.find.naming.same_bodies import same_bodies
from letopis.find.naming.same_people import same_people
from letopis.find.naming.scene import BODIES, PLACES, Scene, scene_of
from letopis.layers import Mention

VERSION = "4"


def identify(text: Text, mentions: tuple[Mention, ...], places: tuple[str | None, ...]) -> tuple[int, ...]:
    """[mention] number of its entity inside its document, -1 for none."""
    scene = scene_of(text, mentions, places)
    numbers = [-1] * len(mentions)
    for group in scene.documents:
        keys = _keys(scene, group)
        order: dict[str, int] = {}
        for i in group:
            if i in keys:
                numbers[i] = order.setdefault(keys[i], len(order))
    return tuple(numbers)


def _keys(scene: Scene, group: tuple[int, ...]) -> dict[int, str]:
    """[mention] what mentions of one entity of a document have in common."""
    joined = list(aliases(scene, group))
    named = {i: scene.mentions[i].normal for i in group if scene.mentions[i].type == "ORGANIZATION"}
    unions = {i: key for i, normal in named.items() if (key := union_of(normal)) is not None}
    people = same_people(scene, [i for i in group if scene.mentions[i].type == "PERSON"], joined)
    placed = {i for i in group if scene.places[i] is not None}
    bodies = same_bodies(scene, [i for i in group if scene.mentions[i].type in BODIES and i not in placed | unions.keys()], joined)
    keys = unions | {i: f"person {first}" for i, first in people.items()} | {i: f"body {first}" for i, first in bodies.items()}
    for i in group:
        if scene.mentions[i].type in PLACES or (scene.places[i] is not None and i not in keys):
            keys[i] = scene.places[i] or f"place {fold(scene.mentions[i].normal)}"
    return keys
