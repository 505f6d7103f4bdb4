"""Whether a node can be one person with a cluster: a score of names, posts, company and time.

Contract. Names that contradict one another exclude; one full name speaks for one person as long as the posts do not differ; a
surname alone speaks against, and takes a post with its place or company in common. Scores are compared with clusters.THRESHOLD.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from letopis.find.gazetteer import gazetteer
from letopis.find.lexicons import words
from letopis.find.naming.evidence import packed
from letopis.find.naming.people import PersonName, agree, formal, is_name, masculine, skeleton
from letopis.find.naming.posts import Post
from letopis.resolve.clusters import Cluster, Hear, Keys, Parts, settle, total
from letopis.resolve.company import weight_of
from letopis.resolve.nodes import Node

NEVER = -9.0
_FULL, _COMMON, _ALIKE, _INITIALS, _SURNAME, _COMMON_SURNAME, _GIVEN, _NEAR, _NICKNAME = (
    1.6, 1.2, -0.6, 0.0, -0.6, -1.5, -1.5, -0.3, 0.2
)
_KNOWN, _USUAL = 40, 0.05             # of somebody in so many articles no name counts that under a twentieth of them have
_SAME_POST, _LIKE_POST, _OTHER_BODY, _OTHER_POST, _OTHER_PLACE = 2.5, 0.8, -0.5, -1.6, -2.6
_COMPANION, _TOWN, _MOST = 0.6, 0.3, 2.2


def settle_people(nodes: list[Node], hear: Hear | None = None) -> list[Cluster]:
    """The people of one block."""
    return settle(sorted(nodes, key=_order), Keys(_seek, _leave), score, hear)


def _order(node: Node) -> tuple[int, int, int, int]:
    """Full names with posts first, surnames last; of equals the most frequent. Who has two names comes after who has one."""
    name = node.people[0]
    rank = 0 if name.full and node.posts else 1 if name.full else 3 if name.given and name.surname else 4
    rank = 2 if rank < 2 and not all(agree(name, other, alike=True) for other in node.people if other.full) else rank
    return rank, -len(node.posts) if rank < 2 else 0, -node.weight, node.number


def _seek(node: Node) -> Iterator[str]:
    """Everybody looks for full names; what is no full name also for its like with a post or company in common."""
    yield from _roots(node)
    yield from () if node.people[0].full else _leave(node)


def _leave(node: Node) -> Iterator[str]:
    for root in _roots(node):
        if node.people[0].full:
            yield root
        else:
            yield from (f"{root} {post}" for post in node.posts if len(post.strip("|")) > len(_post(post).role))
            yield from (f"{root} {key}" for key in node.near if not key.startswith("PLACE"))


def _roots(node: Node) -> set[str]:
    return {skeleton(masculine(n.surname)) or n.surname if n.surname else n.given for n in node.people}


def score(cluster: Cluster, node: Node) -> float:
    """How much speaks for one person."""
    return total(parts(cluster, node))


def parts(cluster: Cluster, node: Node) -> Parts:
    """What speaks for one person and against, by what it is."""
    pairs = [(other, name) for name in node.people for other in cluster.people]
    whole = [(a, b) for a, b in pairs if a.full and b.full and a.surname.isascii() == b.surname.isascii()]
    base = max((_pair(cluster, node, a, b) for a, b in whole or pairs), default=NEVER)   # a side name is none beside full ones
    if base <= NEVER or any(not _compatible(b, a) for a, b in pairs) or _met(cluster, node, whole):
        return (("names exclude one another", NEVER),)
    company = min(total(companions(cluster, node)), _MOST)
    return ("names", base), ("posts", _posts(cluster, node)), ("company", company), ("years between", _time(cluster, node))


def _pair(cluster: Cluster, node: Node, ours: PersonName, theirs: PersonName) -> float:
    """What two names say; nothing where one is what an article or two call somebody well known, by mistake or in jest."""
    said = {name: node.count(name) for name in node.people}
    usual = _is_usual(ours, cluster.people, cluster.weight) and _is_usual(theirs, said, node.weight)
    return _names(ours, theirs) if usual else NEVER


def _is_usual(name: PersonName, counts: Mapping[PersonName, int], weight: int) -> bool:
    """Whether a name has weight, or is a form of the one that has most."""
    if weight < _KNOWN or counts[name] >= _USUAL * weight:
        return True
    return agree(name, max(counts, key=lambda n: (counts[n], n)), alike=True)


def _met(cluster: Cluster, node: Node, whole: list[tuple[PersonName, PersonName]]) -> bool:
    """Whether two full names that one article takes for one person's stand side by side in others: 'Путин' and 'Чуров'."""
    ours, theirs = {a for a, _ in whole}, {b for _, b in whole}
    other = [(a, b) for a, b in whole if not agree(a, b, alike=True)]
    return any(
        (a not in theirs and f"PERSON {packed(a)}" in node.near) or (b not in ours and f"PERSON {packed(b)}" in cluster.near)
        for a, b in other
    )


def _compatible(a: PersonName, b: PersonName) -> bool:
    """A person's other surname is no contradiction, another patronymic is."""
    return skeleton(masculine(a.surname)) != skeleton(masculine(b.surname)) or agree(a, b, alike=True)


@lru_cache(maxsize=200_000)
def _names(a: PersonName, b: PersonName) -> float:
    """What the names alone say."""
    if not agree(a, b, alike=True) or (bool(a.surname) != bool(b.surname)):
        return NEVER
    exact = agree(a, b)
    if a.full and b.full:
        return (_COMMON if _is_common(a) else _FULL) if exact else _NEAR if formal(a.given) == formal(b.given) else _ALIKE
    if not a.surname:
        return _GIVEN if a.given == b.given else _GIVEN + _ALIKE
    if a.given and b.given and exact:
        return _COMMON_SURNAME if _is_common(a) else _INITIALS
    bare = _COMMON_SURNAME if _is_common(a) else _SURNAME if is_name(a.surname) or len(a.surname) < 4 else _NICKNAME
    return bare if exact else bare + _ALIKE


@lru_cache(maxsize=100_000)
def _is_common(name: PersonName) -> bool:
    return masculine(name.surname) in words("common_surnames")


def _posts(cluster: Cluster, node: Node) -> float:
    """Two known posts that are not one speak against."""
    return best_posts(cluster, node)[0]


def best_posts(cluster: Cluster, node: Node) -> tuple[float, str, str]:
    """The best pair of posts: what it says, the node's, the cluster's; (0.0, '', '') where one of them has none."""
    best = (NEVER, "", "")
    for a in node.posts:
        for b in cluster.posts:
            value = _post_pair(_post(a), _post(b))
            if value > best[0]:
                best = (value, a, b)
            if value == _SAME_POST:
                return best
    return best if best[0] > NEVER else (0.0, "", "")


@lru_cache(maxsize=200_000)
def _post(packed: str) -> Post:
    role, body, places = packed.split("|")
    return Post(role, body, tuple(p for p in places.split(",") if p))


@lru_cache(maxsize=200_000)
def _post_pair(a: Post, b: Post) -> float:
    """One post in one place is strong, a post whose place is not said weak; one role in two places is two posts."""
    places = _places_agree(a.places, b.places)
    if not _same_role(a.role, b.role):
        together = bool(a.body and b.body) and _shares(a.body, b.body) and places is not False
        return _LIKE_POST if together else 0.0 if a.neutral or b.neutral else _OTHER_POST
    if places is False:
        return _OTHER_PLACE
    if a.body and b.body and a.body != b.body and not _shares(a.body, b.body):
        return _LIKE_POST if places and any(map(_is_local, {*a.places} & {*b.places})) else _OTHER_BODY
    said = places is True or (a.body == b.body and bool(a.body))
    return _SAME_POST if said else _LIKE_POST


@lru_cache(maxsize=50_000)
def _same_role(a: str, b: str) -> bool:
    """'лыжник' and 'лыжница' are one calling."""
    same = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a == b or (same > 4 and max(len(a), len(b)) - same < 4)


def _shares(a: str, b: str) -> bool:
    """Whether all words of one body stand in the other: 'департамент', 'департамент культура'."""
    first, second = set(a.split()), set(b.split())
    return first <= second or second <= first


def _places_agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool | None:
    """True where one place is said twice, None where one side says none, False else."""
    if not a or not b:
        return None
    return bool(set(a) & set(b)) or any(_lies_in(x, y) or _lies_in(y, x) for x in a for y in b if _is_local(x) and _is_local(y))


@lru_cache(maxsize=50_000)
def _lies_in(inner: str, outer: str) -> bool:
    return gazetteer().place(inner).parent == outer


@lru_cache(maxsize=50_000)
def _is_local(key: str) -> bool:
    return gazetteer().kinds[gazetteer().number(key)] != "country"


def companions(cluster: Cluster, node: Node) -> Iterator[tuple[str, float]]:
    """Company in common: people and bodies, towns for less; of a large cluster only what is near it often."""
    own = {masculine(n.surname) for n in node.people}
    for key in node.near:
        count = cluster.near.get(key, 0)
        if count and not _is_own(key, own):
            often = min(1.0, 20 * count / max(cluster.seen, 1), 20 * node.near[key] / max(node.seen, 1))
            yield key, often * weight_of(key) * (_TOWN if key.startswith("PLACE") else _COMPANION)


def _is_own(key: str, surnames: set[str]) -> bool:
    """A namesake in the same document is no company, nor is the person's own name."""
    return key.startswith("PERSON ") and masculine(key[7:].split("|", maxsplit=1)[0]) in surnames


def _time(cluster: Cluster, node: Node) -> float:
    """Years between a short name and the nearest article that spells it out."""
    spans = [n.years for n in cluster.nodes[:50] if n.years]
    if node.years is None or not spans or node.people[0].full:
        return 0.0
    gap = min(max(0.0, a - node.years[1], node.years[0] - b) for a, b in spans)
    return -0.1 * min(max(0.0, gap - 1), 20.0)

