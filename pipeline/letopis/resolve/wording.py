"""Evidence in words: what of a node and a cluster a part of their score comes from.

Contract. Keys are told by what they stand for: 'черемин|сергей||' is 'Сергей Черемин', a place its name. For people only; nothing
that decides reads it.
"""

from collections.abc import Iterable

from letopis.find.gazetteer import gazetteer
from letopis.find.naming.evidence import parsed
from letopis.resolve import bodies, people
from letopis.resolve.clusters import Cluster
from letopis.resolve.nodes import Node

_SHOWN = 3


def detail(what: str, cluster: Cluster, node: Node) -> str:
    """What a part with this name comes from, '' where there is nothing to tell."""
    if what == "company":
        companions = people.companions if node.sort == "PERSON" else bodies.companions
        return _some(near(key) for key, _ in sorted(companions(cluster, node), key=lambda c: (-c[1], c[0])))
    if what == "posts":
        _, own, other = people.best_posts(cluster, node)
        return f"{post(own)}; {post(other)}" if post(own) and post(other) else ""
    if "towns" in what or "kinds" in what:
        return f"{_beside(node.seats, node.kinds)}; {_beside(cluster.seats, cluster.kinds)}"
    if what in ("abbreviation", "sound"):
        return _some(sorted(s.lstrip("~") for s in cluster.short & set(node.short)))
    if "name" in what or "word" in what:
        return f"{names_of(node)}; {_some(map(name, cluster.names))}"
    return ""


def items(cluster: Cluster, node: Node) -> str:
    """The items of the knowledge base that both are linked to."""
    return f"{_some(sorted(node.own | node.wikidata))}; {_some(sorted(cluster.own | cluster.wikidata))}"


def names_of(node: Node) -> str:
    """The names of a node."""
    return _some(map(name, node.names))


def name(key: str) -> str:
    """'черемин|сергей||' -> 'Сергей Черемин'; 'верховный суд@Q159' -> 'верховный суд (Россия)'."""
    if key.count("|") == 3:
        person = parsed(key)
        return " ".join(filter(None, (person.given, *person.middle, person.surname, person.mark))).title()
    words, _, where = key.partition("@")
    return f"{words} ({place(where)})" if where else words


def near(key: str) -> str:
    """'PLACE Q649' -> 'Москва'; 'PERSON лосева|анна||' -> 'Анна Лосева'."""
    sort, _, rest = key.partition(" ")
    return place(rest) if sort == "PLACE" else name(rest)


def post(packed: str) -> str:
    """'head|департамент культура|Q649' -> 'head, департамент культура, Москва'; '' for none."""
    if not packed:
        return ""
    role, body, places = packed.split("|")
    return ", ".join(filter(None, (role, body, *(place(p) for p in places.split(",") if p))))


def place(key: str) -> str:
    """The name of a place of the gazetteer, else its key."""
    try:
        return gazetteer().place(key).name
    except KeyError:
        return key


def _beside(seats: Iterable[str], kinds: Iterable[str]) -> str:
    return _some([*sorted(map(place, seats)), *sorted(kinds)]) or "nothing said"


def _some(words: Iterable[str]) -> str:
    found = list(words)
    return ", ".join(found[:_SHOWN]) + (f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else "")
