"""CoNLL-U: sentences with tokens, lemmas, features and trees; names and happenings as marks in MISC.

Contract. `# text` is the tokens with the blanks between them, as Universal Dependencies asks; mark-up that is no token is not in
it, and `Start`, `End` lead back to the characters of the article. Names are marked as in CorefUD: `Entity=(e1-2-type:PERSON`
opens, `e1)` closes, `(e1-1-type:PERSON)` is one token; the number is that of the head inside the mention. The trigger of a
happening has `Event=event_id`, `EventType`, `Realis` on its first token, and `EventTokens` where it is several; where two
happenings begin on one token their values stand in one order, with commas between them. Where what the parser said is no tree (a
circle, two roots, none), the least is changed that makes one, and `ParsedHead`, `ParsedDeprel` keep what it said. A title is a
sentence, too.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

from letopis.export.format import Choice, Counts, FileFormat
from letopis.export.reading import Row, articles
from letopis.export.trees import treed

_PLACE = ("document_id", "sentence", "field", "start", "end")
TABLES = {
    "sentences": ("document_id", "sentence", "field", "role"), "mentions": (*_PLACE, "type", "entity_id"),
    "tokens": (*_PLACE, "token", "text", "lemma", "pos", "feats", "head", "deprel"),
    "event_mentions": (*_PLACE, "type", "realis", "event_id"),
}
_SHAPE = "eid-head-other"         # no etype: that would have to be one for all mentions of an entity


class NoTokens(ValueError):
    """The store was written without its table `tokens`."""


def write(snapshot: Path, stream: TextIO, choice: Choice) -> Counts:
    """Every annotated article. Raises NoTokens."""
    counts: Counts = Counter()
    for document, rows in articles(snapshot, TABLES):
        if rows["sentences"] and not rows["tokens"]:
            raise NoTokens("the store has no tokens: they are switched off in its configuration (`tokens = true` writes them)")
        counts["articles"] += 1
        for line in _article(document, rows, counts):
            stream.write(f"{line}\n")
        counts.update({name: len(rows[name]) for name in TABLES})
    return counts


def _article(document: Row, rows: dict[str, list[Row]], counts: Counts) -> Iterator[str]:
    key = document["document_id"]
    tokens, names, events = (_by_sentence(rows[t]) for t in ("tokens", "mentions", "event_mentions"))
    for sentence in rows["sentences"]:
        number = sentence["sentence"]
        if sentence is rows["sentences"][0]:
            yield f"# newdoc id = {key}"
            if counts["articles"] == 1:
                yield f"# global.Entity = {_SHAPE}"
        words = tokens[number]
        if not words:
            continue                                   # CoNLL-U knows no sentence without a token
        yield f"# sent_id = {key}-{number}"
        yield f"# text = {_text(document[sentence['field']], words)}"
        yield f"# role = {sentence['role']}"
        marks = _marks(words, names[number], events[number])
        heads = treed([w["head"] for w in words])
        counts["heads mended"] += sum(w["head"] != head for w, head in zip(words, heads, strict=True))
        yield from (_line(document, words, i, (heads[i], marks[i])) for i in range(len(words)))
        yield ""


def _by_sentence(rows: Sequence[Row]) -> defaultdict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["sentence"]].append(row)
    return found


def _spaced(source: str, words: Sequence[Row], i: int) -> bool:
    """Whether blanks follow a token; after the last of a sentence there are some."""
    return i + 1 == len(words) or any(c.isspace() for c in source[words[i]["end"]:words[i + 1]["start"]])


def _text(source: str, words: Sequence[Row]) -> str:
    return "".join(_form(w) + (" " if _spaced(source, words, i) else "") for i, w in enumerate(words)).strip()


def _form(word: Row) -> str:
    """'эконо-<line break>мика' has its blanks as one."""
    return " ".join(word["text"].split()) or "_"


def _line(document: Row, words: Sequence[Row], i: int, decided: tuple[int, list[str]]) -> str:
    word, (head, marks) = words[i], decided
    deprel = word["deprel"] if (word["deprel"] == "root") == (head == 0) else "root" if head == 0 else "dep"
    misc = [*marks, f"Start={word['start']}", f"End={word['end']}"]
    if (head, deprel) != (word["head"], word["deprel"]):
        misc += [f"ParsedHead={word['head']}", f"ParsedDeprel={word['deprel']}"]
    if not _spaced(document[word["field"]], words, i):
        misc.append("SpaceAfter=No")
    lemma = " ".join(word["lemma"].split()) or "_"
    return "\t".join((
        str(word["token"]), _form(word), lemma, word["pos"] or "_", "_", word["feats"] or "_", str(head),
        deprel, "_", "|".join(sorted(misc)),
    ))


# --- marks --------------------------------------------------------------------------------------------------------------

def _marks(words: Sequence[Row], names: Sequence[Row], events: Sequence[Row]) -> list[list[str]]:
    opened, closed = [""] * len(words), [""] * len(words)
    for name in names:                                 # outer ones first
        inside = _covered(words, name)
        if not inside:
            continue
        eid = _escaped(name["entity_id"] or f"{name['field']}_{name['start']}_{name['end']}_{name['type']}")
        opened[inside[0]] += f"({eid}-{_head(words, inside)}-type:{name['type']}" + (")" if len(inside) == 1 else "")
        if len(inside) > 1:
            closed[inside[-1]] = f"{eid}){closed[inside[-1]]}"
    marks = [[f"Entity={o}{c}"] if o or c else [] for o, c in zip(opened, closed, strict=True)]
    for i, here in _triggers(words, events).items():
        sizes = [str(len(_covered(words, e))) for e in here]
        values = {"Event": "event_id", "EventType": "type", "Realis": "realis"}
        marks[i] += [f"{key}={','.join(e[column] for e in here)}" for key, column in values.items()]
        marks[i] += [f"EventTokens={','.join(sizes)}"] if sizes != ["1"] else []
    return marks


def _triggers(words: Sequence[Row], events: Sequence[Row]) -> defaultdict[int, list[Row]]:
    """First token -> the happenings whose trigger begins there."""
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for event in events:
        inside = _covered(words, event)
        if inside:
            found[inside[0]].append(event)
    return found


def _covered(words: Sequence[Row], span: Row) -> list[int]:
    """The tokens of a sentence that a span touches."""
    return [i for i, w in enumerate(words) if w["field"] == span["field"] and w["start"] < span["end"] and span["start"] < w["end"]]


def _head(words: Sequence[Row], inside: Sequence[int]) -> int:
    """Which token of a mention, from 1, hangs on something outside it."""
    numbers = {words[i]["token"] for i in inside}
    return next((n for n, i in enumerate(inside, 1) if words[i]["head"] not in numbers), 1)


def _escaped(entity: str) -> str:
    """CorefUD's marks are made of brackets and hyphens, MISC of bars: an id has none of them."""
    return quote(entity, safe=":").replace("-", "%2D")


CONLLU = FileFormat("conllu", "sentences with tokens, lemmas, features, trees; names and events in MISC", write)
