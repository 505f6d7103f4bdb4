"""The figures of the quality gate: each measures the shipped pipeline on a fixed held-out set.

A measure takes the folder of corpora and gives counts (right, found, gold), a row a document, from which F1 and its bootstrap
interval are made. To add one: a function here and a line in `MEASURES`.
"""

import json
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np

from letopis.evaluate import (
    event_links,
    gold,
    identity,
    kb,
    keywords,
    lemma,
    main_events,
    normal_forms,
    positions,
    quantities,
    quotes,
    relations,
    report,
    roles,
    runormas,
    stories,
    tagged,
    times,
    when,
)
from letopis.evaluate.spans import Counts
from letopis.layers import Analysis, Document
from letopis.pipeline import annotate
from letopis.resources import data_path

Measure = Callable[[Path], Counts]
CARDS = "gold/cards_visible.jsonl"


def measure_times(corpora: Path) -> Counts:
    """Exact intervals on 25 dated articles of NEWSru, 2000 to 2018."""
    path = data_path("annotations/times_raw_news_2.jsonl")
    days = {(r["source"], r["id"]): date.fromisoformat(r["published"]) for r in map(json.loads, path.open(encoding="utf-8"))}
    texts = gold.raw_news(corpora)
    rows = []
    for key, expressions in times.read_annotations(path).items():
        a = _analyse(texts[key], days[key])
        score = times.score(times.pair(expressions, times.found_in(0, a.times, a.readings)))
        rows.append((score.right, score.found, score.gold))
    return _counts(rows)


def measure_quantities(corpora: Path) -> Counts:
    """Value and unit on 34 articles of all sources."""
    texts = gold.raw_news(corpora)
    rows = []
    for key, right in quantities.read_annotations(data_path("annotations/quantities.jsonl"), "held_out").items():
        a = _analyse(texts[key], None)
        score = quantities.Score()
        score.add(quantities.pair(right, quantities.found_in(0, a.quantities, a.readings)), None)
        rows.append((score.right, score.found, score.gold))
    return _counts(rows)


def measure_positions(corpora: Path) -> Counts:
    """Person, post, organisation and status on 47 articles, the splits held_out and test."""
    path = data_path("annotations/positions.jsonl")
    rows = []
    for key, right in (item for split in ("held_out", "test") for item in positions.read_annotations(path, split).items()):
        a = _analyse(gold.annotated(corpora, key), None)
        score = positions.Score()
        score.add(right, positions.found_in(0, a.positions, a.mentions, a.readings))
        rows.append((score.right, score.found, score.gold))
    return _counts(rows)


def measure_lemmas(corpora: Path) -> Counts:
    """Lemmas of the words of lenta-dev, case and ё folded."""
    scores = lemma.evaluate(corpora / "lemma" / "lenta-dev.conllu")
    return _counts([(round(scores.ours.lemma * scores.words), scores.words, scores.words)])


def measure_parts_of_speech(corpora: Path) -> Counts:
    """Parts of speech of the words of lenta-dev."""
    scores = lemma.evaluate(corpora / "lemma" / "lenta-dev.conllu")
    return _counts([(round(scores.ours.pos * scores.words), scores.words, scores.words)])


def measure_nerel(corpora: Path) -> Counts:
    """Nested mentions of NEREL's 29 types on its dev part, exact span and type."""
    rows = []
    for text in gold.read_nerel(corpora / "nerel" / "dev"):
        right = {(x.start, x.end, x.type) for x in text.layers["nerel"]}
        found = set(tagged.mentions(text.text))
        rows.append((len(right & found), len(found), len(right)))
    return _counts(rows)


def measure_events(corpora: Path) -> Counts:
    """Overlapping triggers, one to one, on the held-out documents of the event gold."""
    return _counts([(len(pairs), found, len(text.triggers or ())) for text, pairs, found in _events(corpora)])


def measure_event_types(corpora: Path) -> Counts:
    """Type of the triggers found there, right where it is gold's first or second."""
    return _counts([(sum(map(report.right_type, pairs)), len(pairs), len(pairs)) for _, pairs, _ in _events(corpora)])


def measure_realis(corpora: Path) -> Counts:
    """Realis of the triggers found there."""
    return _counts([(sum(g.realis == f.realis for g, f in pairs), len(pairs), len(pairs)) for _, pairs, _ in _events(corpora)])


def measure_event_links(corpora: Path) -> Counts:
    """Links between mentions of one happening inside a document, of the triggers found there."""
    return event_links.link_counts([pairs for _, pairs, _ in _events(corpora)], event_links.shipped)


def measure_main_events(corpora: Path) -> Counts:
    """Main events of the 16 cards among the five most salient found; the last line of salience learned from these cards."""
    found = [(c, main_events.happenings(annotate((c.document,)), 0)) for c in main_events.read_cards(corpora / CARDS)]
    return main_events.found_counts(found, main_events.ORDERS["most salient"])


def measure_quotes(corpora: Path) -> Counts:
    """Quotes overlapping by half of the union, on the 96 documents of events_vzglyad, which no model of quotes was trained on."""
    rows = []
    for text in quotes.read_gold(corpora):
        if text.file == "events_vzglyad":
            score = quotes.evaluate([text], annotate)["all"]
            rows.append((score.matched, score.found, score.gold))
    return _counts(rows)


def measure_speakers(corpora: Path) -> Counts:
    """Speakers of the quotes found there, where gold names one."""
    scores = (quotes.evaluate([t], annotate)["all"] for t in quotes.read_gold(corpora) if t.file == "events_vzglyad")
    return _counts([(s.right, s.spoken, s.spoken) for s in scores])


def measure_normal_forms(corpora: Path) -> Counts:
    """Normal forms of the spans given, exact with ё folded, on the final tenth of RuNormAS."""
    folder = corpora / "runormas" / "train"
    cases = [c for c in runormas.read_cases(folder) if runormas.part_of(c.document) == "final"]
    rows = []
    for batch in normal_forms.parse_cases(cases):
        forms = zip(normal_forms.ours(batch), batch.cases, strict=True)
        right = sum(form.replace("ё", "е") == case.gold.replace("ё", "е") for form, case in forms)
        rows.append((right, len(batch.cases), len(batch.cases)))
    return _counts(rows)


def measure_identity(corpora: Path) -> Counts:
    """Links across documents on the two topics of SlavicNER that nothing was chosen on; a unit is a document and an entity."""
    return _counts(identity.held_out(corpora))


def measure_days(corpora: Path) -> Counts:
    """Exact days of the events found that gold dates, on the two stories that no weights of days were trained on."""
    articles, _, pairs = _stories(corpora)
    return when.exact_counts(articles, pairs)


def measure_places(corpora: Path) -> Counts:
    """Places of the events found that gold places, on the same two stories."""
    _, analyses, pairs = _stories(corpora)
    return when.placed_counts(analyses, pairs)


def measure_roles(corpora: Path) -> Counts:
    """Roles of events by half of the union, on the held-out documents of the event gold; parts of missed events are missed."""
    return roles.counts(_parts(corpora))


def measure_roles_merged(corpora: Path) -> Counts:
    """The same with agent, participant, patient, organizer and beneficiary as one role."""
    return roles.counts(_parts(corpora), merged=True)


def measure_nerel_roles(corpora: Path) -> Counts:
    """NEREL's links between events and what plays a part in them on its dev part, both spans exact, across sentences too."""
    return roles.nerel_counts(corpora / "nerel" / "dev", "fast")


def measure_keywords(corpora: Path) -> Counts:
    """Keywords of front matter that occur in their articles, resolved to what these name: the 47 invented articles, and news_md."""
    return np.concatenate([keywords.recall(folder) for folder in (data_path("sample"), corpora / "news_md")])


def measure_relations(corpora: Path) -> Counts:
    """NEREL's relations that are no roles of events, on its dev part: both spans exact, in one sentence or not."""
    return relations.counts(_related(corpora), "no roles of events")


def measure_person_organisation(corpora: Path) -> Counts:
    """Of these, the nine between people, posts, organisations and places, with ends in one sentence or neighbouring ones."""
    return relations.counts(_related(corpora), "person-organisation", "neighbouring sentences")


def measure_kb(corpora: Path) -> Counts:
    """Mentions of people, bodies and places that NEREL's dev part links to Wikidata, linked to the 7,164 items of corpora/kb."""
    return kb.linked(corpora / "nerel" / "dev")


def measure_stories(corpora: Path) -> Counts:
    """Links across documents on the articles of four stories and of the cards that no model learned from, among 60 of raw news."""
    return stories.held_out_counts(corpora, 60)


def measure_story_pairs(corpora: Path) -> Counts:
    """Pairs of articles of one event, on every second of 175: among the three most salient events of both is a common one."""
    return stories.pair_counts(corpora)


MEASURES: dict[str, Measure] = {
    "times": measure_times,
    "quantities": measure_quantities,
    "positions": measure_positions,
    "lemmas": measure_lemmas,
    "parts_of_speech": measure_parts_of_speech,
    "nerel": measure_nerel,
    "normal_forms": measure_normal_forms,
    "quotes": measure_quotes,
    "speakers": measure_speakers,
    "events": measure_events,
    "event_types": measure_event_types,
    "realis": measure_realis,
    "event_links": measure_event_links,
    "roles": measure_roles,
    "roles_merged": measure_roles_merged,
    "nerel_roles": measure_nerel_roles,
    "days": measure_days,
    "places": measure_places,
    "main_events": measure_main_events,
    "identity": measure_identity,
    "stories": measure_stories,
    "story_pairs": measure_story_pairs,
    "relations": measure_relations,
    "person_organisation": measure_person_organisation,
    "kb": measure_kb,
    "keywords": measure_keywords,
}


@lru_cache(maxsize=1)
def _stories(corpora: Path) -> tuple[list[when.Article], list[Analysis], list[list[when.Pair]]]:
    """The two stories that no weights of days were trained on, annotated, with gold's events and ours."""
    paths = [corpora / "gold" / f"events_stories_{story}.jsonl" for story in ("nord_stream", "ryanair")]
    articles = [article for path in paths for article in when.read_dated(path)]
    analyses = [annotate((article.document(),)) for article in articles]
    return articles, analyses, [when.pair(article, analysis) for article, analysis in zip(articles, analyses, strict=True)]


@lru_cache(maxsize=1)
def _related(corpora: Path) -> list[relations.Document]:
    """NEREL's dev part with its relations, annotated."""
    return relations.documents(corpora / "nerel" / "dev")


@lru_cache(maxsize=1)
def _events(corpora: Path) -> list[tuple[gold.Text, list[report.Pair], int]]:
    """Held-out documents, their triggers of gold with the found ones they are matched to, and how many were found."""
    held = json.loads(data_path("annotations/splits.json").read_text(encoding="utf-8"))
    texts = [t for t in gold.read_events(corpora / "gold") if t.id in held[t.corpus]]
    found = [tagged.events(t.text) for t in texts]
    return [(t, report.pair_events(t, f), len(f)) for t, f in zip(texts, found, strict=True)]


@lru_cache(maxsize=1)
def _parts(corpora: Path) -> list[list[roles.Parts]]:
    """Held-out documents: of each event of gold or ours the parts of both."""
    held = json.loads(data_path("annotations/splits.json").read_text(encoding="utf-8"))
    told = [t for t in roles.read(corpora / "gold") if t.id in held[t.file]]
    analyses = [tagged.analyse(t.text) for t in told]
    return [roles.parts(t, a, a.roles) for t, a in zip(told, analyses, strict=True)]


def _counts(rows: list[tuple[int, int, int]]) -> Counts:
    return np.array(rows, np.int64).reshape(-1, 3)


def _analyse(text: str, published: date | None) -> Analysis:
    return annotate((Document("x", "x", None, "txt", text, 0, "", annotated=True, published_date=published),))
