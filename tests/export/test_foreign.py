"""Every export read back by somebody else's reader, of the extra `foreign`; a test whose reader is missing is skipped."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from letopis.export import Choice, export
from letopis.store.snapshot import settled


def frame(store: Path, table: str) -> pd.DataFrame:
    return pd.read_parquet(settled(store) / table)


def test_conllu(store: Path, tmp_path: Path) -> None:
    conllu = pytest.importorskip("conllu")
    export(store, "conllu", tmp_path / "x.conllu")
    with (tmp_path / "x.conllu").open(encoding="utf-8") as stream:
        sentences = list(conllu.parse_incr(stream))
    texts = frame(store, "documents").set_index("document_id")
    tokens, mentions = frame(store, "tokens"), frame(store, "mentions")
    assert sum(map(len, sentences)) == len(tokens)
    opened = Counter[str]()
    triggers = set()
    for sentence in sentences:
        key, _ = sentence.metadata["sent_id"].rsplit("-", 1)
        for token in sentence:
            start, end = int(token["misc"]["Start"]), int(token["misc"]["End"])
            assert any(" ".join((texts[f][key] or "")[start:end].split()) == token["form"] for f in ("text", "title"))
            opened[key] += token["misc"].get("Entity", "").count("(")
            triggers |= set(token["misc"].get("Event", "").split(",")) - {""}
        glued = "".join(t["form"] + ("" if (t["misc"] or {}).get("SpaceAfter") == "No" else " ") for t in sentence)
        assert glued.rstrip() == sentence.metadata["text"]
        assert sorted(h for h in (t["head"] for t in sentence) if h == 0) == [0]
    assert opened == Counter(mentions.document_id)
    assert triggers == set(frame(store, "event_mentions").event_id)


def test_coreference_marks(store: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    udapi = pytest.importorskip("udapi")
    export(store, "conllu", tmp_path / "x.conllu")
    document = udapi.Document(str(tmp_path / "x.conllu"))
    mentions = frame(store, "mentions")
    place = mentions.field + "_" + mentions.start.astype(str) + "_" + mentions.end.astype(str)
    named = mentions.entity_id.fillna(place + "_" + mentions.type)
    clusters = {e.eid.replace("%2D", "-"): len(e.mentions) for e in document.coref_entities}
    assert clusters == dict(Counter(named))
    types = Counter(m.other["type"] for e in document.coref_entities for m in e.mentions)
    assert types == Counter(mentions.type)
    assert not caplog.records                                            # udapi warns of what is no CorefUD


def _pairs(store: Path, folder: Path) -> Iterator[tuple[str, str, str]]:
    """document_id, text and annotations of each pair of files."""
    for path in sorted(folder.glob("[0-9u]*/*.txt")):
        yield path.stem, *(path.with_suffix(s).read_bytes().decode() for s in (".txt", ".ann"))


def test_brat(store: Path, tmp_path: Path) -> None:
    brat = pytest.importorskip("bioc.brat")
    export(store, "brat", tmp_path)
    mentions, roles = frame(store, "mentions"), frame(store, "event_roles").drop_duplicates(
        ["event_mention_id", "role", "field", "start", "end"])
    spans, found = Counter[tuple[str, str]](), Counter[str]()
    for key, text, lines in _pairs(store, tmp_path):
        read = brat.loads(text, lines)
        of = {e.id: e for e in (*read.entities, *read.events)}
        for entity in read.entities:
            assert " ".join(text[s.begin:s.end] for s in entity.locations) == entity.text
            spans[key, entity.type] += 1
        for event in read.events:
            assert of[event.trigger_id].type == event.type
            assert all(part in of for part in event.arguments.values())
            found["roles"] += len(event.arguments)
        assert all(part in of for relation in read.relations for part in relation.arguments.values())
        assert all(a.type == "Realis" and a.refid in of for a in read.attributes)
        found.update(events=len(read.events), relations=len(read.relations), realis=len(read.attributes))
    named = {k: n for k, n in spans.items() if k[1] in set(mentions.type)}
    assert named == dict(Counter(zip(mentions.document_id, mentions.type, strict=True)))
    sizes = {"events": len(frame(store, "event_mentions")), "relations": len(frame(store, "relations")), "roles": len(roles)}
    assert found == sizes | {"realis": sizes["events"]}


def test_brat_references(store: Path, tmp_path: Path) -> None:
    pybrat = pytest.importorskip("pybrat.parser")
    export(store, "brat", tmp_path)
    mentions = frame(store, "mentions").merge(frame(store, "entities")[["entity_id", "name"]])
    found = Counter[tuple[str, str, str]]()
    for folder in sorted(tmp_path.glob("[0-9u]*")):
        for example in pybrat.BratParser(error="ignore").parse(folder):  # it complains of two names of one span, which are right
            named = [e for e in example.entities if e.type.isupper()]
            found.update((Path(example.id).name, r.eid, r.entry) for e in named for r in e.references)
    assert found == Counter(zip(mentions.document_id, mentions.entity_id, mentions.name, strict=True))


def test_graphml(store: Path, tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    export(store, "graphml", tmp_path / "x.graphml")
    graph = networkx.read_graphml(tmp_path / "x.graphml", force_multigraph=True)
    events, parts = frame(store, "events"), frame(store, "event_participants")
    kinds = networkx.get_node_attributes(graph, "kind")
    assert {n for n, kind in kinds.items() if kind == "event"} == set(events.event_id)
    edges = {(u, v, d["role"]) for u, v, d in graph.edges(data=True)}
    assert set(zip(parts.entity_id, parts.event_id, parts.role, strict=True)) <= edges
    assert {v for _, v, role in edges if role == "place"} >= set(events.event_id[events.place_entity_id.notna()])
    names = networkx.get_node_attributes(graph, "name")
    assert {names[e] for e in events.event_id} == set(events.name)
    assert networkx.is_bipartite(graph.to_undirected())


def test_followthemoney(store: Path, tmp_path: Path) -> None:
    followthemoney = pytest.importorskip("followthemoney")
    export(store, "ftm", tmp_path / "x.ftm")
    proxies = {}
    with (tmp_path / "x.ftm").open(encoding="utf-8") as stream:
        for line in stream:
            data = json.loads(line)
            proxy = followthemoney.model.get_proxy(data, cleaned=False)
            for name, values in data["properties"].items():     # nothing that the model's own cleaning would throw away
                kind = proxy.schema.get(name).type
                assert all(kind.clean(v, proxy=proxy) for v in values), (data["schema"], name, values)
                assert len(proxy.get(name)) == len(values)
            proxy.schema.validate({"properties": data["properties"]})
            assert data["id"] not in proxies
            proxies[data["id"]] = proxy
    for proxy in proxies.values():
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert proxies[value].schema.is_a(prop.range), (proxy, prop, value)
    found = Counter(p.schema.name for p in proxies.values())
    assert found["Event"] == len(frame(store, "events"))
    entities, positions = frame(store, "entities"), frame(store, "positions")
    assert found["Person"] == (entities.type == "PERSON").sum()
    held = positions[positions.person_entity_id.isin(entities.entity_id[entities.type == "PERSON"])].fillna("")
    held = held.drop_duplicates(["person_entity_id", "organisation_entity_id", "position"])
    assert found["Employment"] + found["Occupancy"] == len(held)


def test_geojson(store: Path, tmp_path: Path) -> None:
    geojson = pytest.importorskip("geojson")
    shapely = pytest.importorskip("shapely")
    export(store, "geojson", tmp_path / "x.geojson")
    read = geojson.loads((tmp_path / "x.geojson").read_text(encoding="utf-8"))
    assert read.is_valid, read.errors()
    events = frame(store, "events").set_index("event_id")
    placed = events[events.latitude.notna()]
    assert {f["id"] for f in read["features"]} == set(placed.index)
    for feature in read["features"]:
        point = shapely.geometry.shape(feature["geometry"])
        assert (point.x, point.y) == (placed.longitude[feature["id"]], placed.latitude[feature["id"]])
        assert feature["properties"]["name"] == placed.name[feature["id"]]


def test_icalendar(store: Path, tmp_path: Path) -> None:
    icalendar = pytest.importorskip("icalendar")
    everything = Choice(realis=("actual", "planned", "negated", "hypothetical"))
    counts = export(store, "icalendar", tmp_path / "x.ics", everything)
    content = (tmp_path / "x.ics").read_bytes()
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    calendar = icalendar.Calendar.from_ical(content)
    assert not calendar.errors
    events = frame(store, "events").set_index("event_id")
    entries = {str(e["UID"]).removesuffix("@letopis"): e for e in calendar.walk("VEVENT")}
    assert len(entries) == counts["events"]
    dated = events[events.date_start.notna() & events.date_end.notna() & events.granularity.isin(["day", "week", "month", "range"])]
    assert set(entries) == set(dated.index)
    for key, entry in entries.items():
        assert not entry.errors
        assert str(entry["SUMMARY"]) == dated.name[key]
        assert str(entry["DESCRIPTION"]).split() == dated.lead[key].replace("\x0b", " ").split()
        assert entry["DTSTART"].dt == dated.date_start[key]
        assert entry["DTEND"].dt == dated.date_end[key] + timedelta(days=1)
        assert isinstance(entry["DTSTART"].dt, date)


def test_only_planned_ones_go_into_a_calendar(sample_store: Path, tmp_path: Path) -> None:
    icalendar = pytest.importorskip("icalendar")
    export(sample_store, "icalendar", tmp_path / "x.ics")
    calendar = icalendar.Calendar.from_ical((tmp_path / "x.ics").read_bytes())
    realis = frame(sample_store, "events").set_index("event_id").realis
    entries = [str(e["UID"]).removesuffix("@letopis") for e in calendar.walk("VEVENT")]
    assert {realis[e] for e in entries} == {"planned"}


def test_json_ld(store: Path, tmp_path: Path) -> None:
    rdflib = pytest.importorskip("rdflib")
    export(store, "jsonld", tmp_path / "x.jsonld")
    graph = rdflib.Graph().parse(tmp_path / "x.jsonld", format="json-ld")
    schema = rdflib.Namespace("https://schema.org/")
    events = frame(store, "events")
    found = {str(s).removeprefix("urn:letopis:event:"): s for s in graph.subjects(rdflib.RDF.type, schema.Event)}
    assert set(found) == set(events.event_id)
    for event in events.itertuples():
        assert str(graph.value(found[event.event_id], schema.name)) == event.name
        start = graph.value(found[event.event_id], schema.startDate)
        assert (None if start is None else date.fromisoformat(str(start))) == event.date_start
    things = set(graph.subjects(rdflib.RDF.type))
    for prop in (schema.location, schema.organizer, schema.attendee, schema.about, schema.subjectOf):
        assert set(graph.objects(predicate=prop)) <= things
    people = {*graph.subjects(rdflib.RDF.type, schema.Person), *graph.subjects(rdflib.RDF.type, schema.Organization)}
    assert set(graph.objects(predicate=schema.attendee)) <= people
    assert len(list(graph.objects(predicate=rdflib.URIRef("urn:letopis:agent")))) > 0


def test_json_ld_expands_without_network(hostile_store: Path, tmp_path: Path) -> None:
    jsonld = pytest.importorskip("pyld").jsonld
    export(hostile_store, "jsonld", tmp_path / "x.jsonld")

    def no_network(url: str, options: object) -> object:
        raise AssertionError(f"asks for {url}")

    expanded = jsonld.expand(json.loads((tmp_path / "x.jsonld").read_text(encoding="utf-8")), {"documentLoader": no_network})
    kinds = Counter(kind for thing in expanded for kind in thing["@type"])
    assert kinds["https://schema.org/Event"] == len(frame(hostile_store, "events"))
