"""`letopis explain`: why mentions are one, and why two are two, on one screen."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from rich.console import Console

from letopis.kb.items import GEONAMES, WIKIDATA, rank_of
from letopis.resolve.clusters import THRESHOLD
from letopis.resolve.nodes import Node
from letopis.resolve.tracing import Evidence, Join, Meeting
from letopis.resolve.wording import names_of, post
from letopis.run.explain import Difference, Explanation

NAMES, DOCUMENTS, JOINS = 8, 6, 8     # that fit a screen


def print_explanation(console: Console, found: Explanation, paths: dict[str, str]) -> None:
    """Why it is one; `paths`: of documents by their ids."""
    _say(console, _heading(found.row))
    _say(console, f"id      {_origin(found)}")
    names = [f"{name} ×{count}{_form(form)}" for name, form, count in found.names]
    _say(console, f"names   {_some(names, NAMES)}")
    documents = [f"{path} ({day or 'undated'}) ×{count}" for path, day, count in found.documents]
    _say(console, f"in      {_some(documents, DOCUMENTS)}")
    for line in found.corrections:
        _say(console, f"correct {line}")
    for old, reason in islice(found.redirects, DOCUMENTS):
        _say(console, f"was     {old} ({reason})")
    _say(console, "")
    _say(console, _why(found, paths))
    for join in found.joins[:JOINS]:
        _print_join(console, join, paths)
    if len(found.joins) > JOINS:
        _say(console, f"  and {len(found.joins) - JOINS} stronger ones")


def print_difference(console: Console, found: Difference, paths: dict[str, str]) -> None:
    """Why they are two."""
    for row in (found.first, found.second):
        _say(console, _heading(row))
    _say(console, "")
    if found.reason:
        _say(console, found.reason)
    if found.meeting is not None:
        _say(console, _met(found.meeting, paths))
        _print_evidence(console, found.meeting.evidence)
    elif found.evidence is not None:
        _say(console, f"if they were looked at: {_verdict(found.evidence)}")
        _print_evidence(console, found.evidence)


# --- one ----------------------------------------------------------------------------------------------------------------

def _heading(row: dict[str, Any]) -> str:
    days = "" if row["first_published"] is None else f", {row['first_published']} to {row['last_published']}"
    counts = f"{_count(row['mention_count'], 'mention')} in {_count(row['document_count'], 'document')}"
    return f"{row['entity_id']}  {row['type']}  {row['name']}: {counts}{days}"


def _origin(found: Explanation) -> str:
    row, known = found.row, found.row["entity_id"]
    linked = f", linked by {row['link_method']} with {row['link_score']:.2f}" if row["link_method"] else ""
    if known.startswith("e") and len(known) == 17:
        other = f"; in Wikidata {row['wikidata_id']}" if row["wikidata_id"] else ""
        return f"ours, made of the smallest key of its members{other}"
    whose = {WIKIDATA: "Wikidata's", GEONAMES: "GeoNames'"}.get(rank_of(known), "of your knowledge base")
    return f"{whose}{linked}"


def _why(found: Explanation, paths: dict[str, str]) -> str:
    if found.place is not None:
        more = f"{_count(len(found.nodes), 'kind')} of evidence" if found.nodes else ""
        alike = f"one because all are row {found.place} of the gazetteer"
        return f"{alike}, or joined to it by a correction: {more} with these joins" if more else alike
    if not found.joins:
        alike = "all documents say the same of it" if len(found.documents) > 1 else "only one document names it"
        return f"{alike}: {'; '.join(_node(node, paths) for node in found.nodes)}"
    kinds = f"{_count(len(found.nodes), 'kind')} of evidence ({THRESHOLD:.2f} is enough)"
    return f"{_count(len(found.joins), 'join')} of {kinds}, weakest first:"


def _print_join(console: Console, join: Join, paths: dict[str, str]) -> None:
    _say(console, f"  {join.evidence.score:5.2f}  {_node(join.node, paths)} to {_node(join.to, paths)}")
    _print_evidence(console, join.evidence)


def _print_evidence(console: Console, evidence: Evidence) -> None:
    for what, value, detail in evidence.parts:
        if value or detail:
            said = f"{value:+5.2f} " if abs(value) < 9 else ""            # what decides alone is no number
            _say(console, f"         {said}{what}{f': {detail}' if detail else ''}")


def _node(node: Node, paths: dict[str, str]) -> str:
    """'Олег Кувшинников (head, Вологда) in a.md and 3 more'."""
    posts = [told for packed in node.posts if (told := post(packed))]
    said = f" ({posts[0]})" if posts else ""
    more = f" and {node.weight - 1} more" if node.weight > 1 else ""
    return f"{names_of(node)}{said} in {paths.get(node.member.partition(':')[0], '?')}{more}"


# --- two ----------------------------------------------------------------------------------------------------------------

def _met(meeting: Meeting, paths: dict[str, str]) -> str:
    met = f"{_node(meeting.node, paths)} met {_node(meeting.other, paths)}"
    rival = f"; as likely, or likelier, was {_node(meeting.rival, paths)}" if meeting.rival else ""
    return f"{met}: {_verdict(meeting.evidence)}{rival}"


def _verdict(evidence: Evidence) -> str:
    if len(evidence.parts) == 1 and evidence.score < 0:
        return evidence.parts[0][0]
    enough = evidence.score >= THRESHOLD
    return f"{evidence.score:.2f}, {'enough by itself' if enough else f'below the line of {THRESHOLD:.2f}'}"


def _form(form: str) -> str:
    return "" if form == "name" else f" ({form})"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _some(words: Iterable[str], most: int) -> str:
    found: Sequence[str] = list(words)
    return ", ".join(found[:most]) + (f" and {len(found) - most} more" if len(found) > most else "")


def _say(console: Console, line: str) -> None:
    console.print(line, markup=False, highlight=False, soft_wrap=True)
