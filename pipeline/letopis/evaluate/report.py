"""`letopis evaluate`: the shipped pipeline on a published gold set in its own format, natasha beside it where it has the type.

Conventions. NEREL, SlavicNER, factRuEval: exact span and type, nested, micro-average. Events: a trigger is right where it overlaps
one of gold, one to one; type and group are asked of matched triggers, right where they are gold's first or second; realis is the
mean F1 of its four values on them. RuNormAS: exact string, ё folded.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from letopis.evaluate import event_links, gold, kb, main_events, normal_forms, relations, roles, runormas, stories, tagged, when
from letopis.evaluate.gold import Text, Trigger
from letopis.evaluate.spans import ALL, Counts, Score, exact_scores, macro, match, score
from letopis.layers import Event
from letopis.resources import data_path
from letopis.schema.event_mentions import REALIS
from letopis.schema.mentions import label

COARSE = ("PER", "ORG", "LOC")
Pair = tuple[Trigger, Event]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `natasha` is None where it has nothing of the kind."""

    name: str
    ours: Score
    natasha: Score | None = None


def nerel(path: Path, *, held_out: bool, model: str) -> list[Row]:
    """NEREL: its 29 types, then people, organisations and places as natasha knows them, and what links events with their parts."""
    texts = gold.read_nerel(path)
    right, ours = _gold(texts, "nerel"), [tagged.mentions(t.text, model) for t in texts]
    theirs = [tagged.natasha(t.text) for t in texts]
    fine = [Row(name, s) for name, s in exact_scores(right, ours).items()]
    coarse = _beside(_coarse(right), _coarse(ours), theirs)
    links = {"event roles": roles.nerel_counts(path, model), "event roles (near)": roles.nerel_counts(path, model, near=True)}
    return [
        *fine, *(Row(f"{row.name} (coarse)", row.ours, row.natasha) for row in coarse),
        *(Row(name, score(counts)) for name, counts in links.items()),
    ]


def slavicner(path: Path, *, held_out: bool, model: str) -> list[Row]:
    """SlavicNER's five types, by its own convention."""
    topics = _held_out()["slavicner"] if held_out else None
    texts = [t for t in gold.read_slavicner(path) if topics is None or t.corpus in topics]
    return _named(texts, "slavicner", model)


def factrueval(path: Path, *, held_out: bool, model: str) -> list[Row]:
    """factRuEval's people, organisations and places, by their name spans."""
    kept = _held_out()["events/factrueval_dev"] if held_out else None
    return _named([t for t in gold.read_factrueval(path) if kept is None or t.id in kept], "factrueval", model)


def events(path: Path, *, held_out: bool, model: str) -> list[Row]:
    """Wide events: triggers in all and by file, statements, type, group, realis; days, places; roles; links; main events."""
    texts = [t for t in gold.read_events(path) if not held_out or t.id in _held_out()[t.corpus]]
    found = [tagged.events(t.text, model) for t in texts]
    pairs = [pair_events(t, f) for t, f in zip(texts, found, strict=True)]
    counts = np.array([(len(p), len(f), len(t.triggers or ())) for t, f, p in zip(texts, found, pairs, strict=True)], np.int64)
    files = {c: [i for i, t in enumerate(texts) if t.corpus == c] for c in sorted({t.corpus for t in texts})}
    return [
        Row(ALL, score(counts.reshape(-1, 3))), *(Row(name, score(counts[own])) for name, own in files.items()),
        Row("statements found", score(_statements(texts, pairs))),
        *(Row(name, score(_shares(pairs, right))) for name, right in (("type", right_type), ("group", right_group))),
        *_realis(pairs), *(Row(name, s) for name, s in when.figures(path, model, {t.id for t in texts}).items()),
        *(Row(name, s) for name, s in roles.figures(path, model, {t.id for t in texts}).items()),
        *(Row(name, s) for name, s in event_links.figures(pairs, files).items()),
        *(Row(name, s) for name, s in main_events.figures(path, model).items()),
    ]


def runormas_forms(path: Path, *, held_out: bool, model: str) -> list[Row]:
    """Normal forms of the spans given."""
    cases = [c for c in runormas.read_cases(path) if not held_out or runormas.part_of(c.document) == "final"]
    batches = normal_forms.parse_cases(cases)
    ours, theirs = (_forms(batches, normal_forms.SYSTEMS[name]) for name in ("letopis", "natasha"))
    return [Row("normal forms", ours, theirs)]


def knowledge_base(path: Path, *, held_out: bool, model: str) -> list[Row]:
    """NEREL's links to Wikidata with the base beside it: by kind, in sum, and what is left with 300 homonyms in the base."""
    return [Row(name, score(counts)) for name, counts in kb.measure(path, model).items()]


def one_event(path: Path, *, held_out: bool, model: str) -> list[Row]:
    """The folder of corpora: links between articles of stories, cards, both among raw news; pairs of articles; with baselines."""
    return [Row(name, s) for name, s in stories.figures(path, model, held_out=held_out).items()]


def related(path: Path, *, held_out: bool, model: str) -> list[Row]:
    """A part of NEREL: relations by group and by how near their ends lie, rules alone behind each."""
    return [Row(name, s) for name, s in relations.figures(path, model).items()]


SETS: Mapping[str, Callable[..., list[Row]]] = {
    "nerel": nerel, "slavicner": slavicner, "factrueval": factrueval, "events": events, "runormas": runormas_forms,
    "kb": knowledge_base, "relations": related, "stories": one_event,
}


def pair_events(text: Text, found: Sequence[tuple[int, int, Event]]) -> list[Pair]:
    """Triggers of gold with the found ones they are matched to."""
    triggers = text.triggers or ()
    pairs = match([(t.start, t.end, "") for t in triggers], [(a, b, "") for a, b, _ in found])
    return [(triggers[g], found[f][2]) for g, f in pairs]


def right_type(pair: Pair) -> bool:
    """Whether the likeliest type is the first or second of gold."""
    return pair[1].type in (pair[0].type, pair[0].type2)


def right_group(pair: Pair) -> bool:
    """The same for what stands before the dot."""
    return pair[1].type.split(".")[0] in (pair[0].type.split(".")[0], pair[0].type2.split(".")[0])


def _named(texts: list[Text], layer: str, model: str) -> list[Row]:
    find = tagged.names_of(layer, model)
    return _beside(_gold(texts, layer), [find(t.text) for t in texts], [tagged.natasha(t.text) for t in texts])


def _gold(texts: list[Text], layer: str) -> list[tagged.Spans]:
    return [[(x.start, x.end, x.type) for x in t.layers[layer]] for t in texts]


def _beside(right: list[tagged.Spans], ours: list[tagged.Spans], theirs: list[tagged.Spans]) -> list[Row]:
    """Our scores with natasha's; in sum also of the types that natasha has."""
    mine, natasha = exact_scores(right, ours), exact_scores(_only(right), theirs)
    rows = [Row(name, s, natasha[name] if name in COARSE else None) for name, s in mine.items()]
    return [*rows, Row("+".join(COARSE), exact_scores(_only(right), _only(ours))[ALL], natasha[ALL])]


def _only(documents: list[tagged.Spans]) -> list[tagged.Spans]:
    return [[s for s in spans if s[2] in COARSE] for spans in documents]


def _coarse(documents: list[tagged.Spans]) -> list[tagged.Spans]:
    return _only([[(a, b, label(kind)) for a, b, kind in spans] for spans in documents])


def _statements(texts: list[Text], pairs: list[list[Pair]]) -> Counts:
    """Of gold's statements: how many are found, whatever they are found as."""
    found = [sum(g.type.startswith("statement.") for g, _ in own) for own in pairs]
    right = [sum(g.type.startswith("statement.") for g in t.triggers or ()) for t in texts]
    return np.array(list(zip(found, found, right, strict=True)), np.int64).reshape(-1, 3)


def _shares(pairs: list[list[Pair]], right: Callable[[Pair], bool]) -> Counts:
    return np.array([(sum(map(right, own)), len(own), len(own)) for own in pairs], np.int64).reshape(-1, 3)


def _realis(pairs: list[list[Pair]]) -> list[Row]:
    counts = {
        value: np.array([
            (sum(g.realis == f.realis == value for g, f in own), sum(f.realis == value for _, f in own),
             sum(g.realis == value for g, _ in own)) for own in pairs
        ], np.int64).reshape(-1, 3)
        for value in REALIS
    }
    return [*(Row(f"realis {value}", score(c)) for value, c in counts.items()), Row("realis (mean)", macro(list(counts.values())))]


def _forms(batches: list[normal_forms.Parsed], system: normal_forms.System) -> Score:
    documents: defaultdict[str, list[bool]] = defaultdict(list)
    for batch in batches:
        for case, form in zip(batch.cases, system(batch), strict=True):
            documents[case.document].append(form.replace("ё", "е") == case.gold.replace("ё", "е"))
    return score(np.array([(sum(own), len(own), len(own)) for own in documents.values()], np.int64).reshape(-1, 3))


def _held_out() -> dict[str, list[str]]:
    """What nothing was trained on: documents of event files, topics of SlavicNER."""
    found: dict[str, list[str]] = json.loads(data_path("annotations/splits.json").read_text(encoding="utf-8"))
    return found
