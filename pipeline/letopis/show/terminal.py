"""`letopis show`: one article in the terminal, its mentions nested in brackets, its triggers underlined, then its rows.

Text is printed as it is, never as markup.
"""

from collections import defaultdict
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from letopis.show.article import Article, Row

STYLES = {"PER": "bold cyan", "ORG": "bold yellow", "LOC": "bold green", "EVT": "bold magenta", "DATE": "blue", "MISC": "dim"}
TRIGGER = "underline red"


def print_article(console: Console, article: Article) -> None:
    """Print an article."""
    console.print(_heading(article.document))
    for field in article.fields:
        console.print(_marked(article.document[field] or "", field, article.rows), soft_wrap=False)
        console.print()
    console.print(_legend())
    for sheet in (_events(article), _quotes(article), _positions(article)):
        if sheet.row_count:
            console.print(sheet)


def _heading(document: Row) -> Text:
    day = document["published_date"] or "undated"
    medium = document["publication"] or document["site"] or ""
    return Text(f"{document['path']}   {document['document_id']}   {day}   {medium}\n", "dim")


def _marked(source: str, field: str, rows: dict[str, list[Row]]) -> Text:
    """The field with '[Сергей Черёмин|PERSON]' around mentions and triggers underlined with their type."""
    opening: defaultdict[int, list[Row]] = defaultdict(list)
    closing: defaultdict[int, list[Row]] = defaultdict(list)
    for m in sorted((m for m in rows["mentions"] if m["field"] == field), key=lambda m: (m["start"], -m["end"])):
        opening[m["start"]].append(m)
        closing[m["end"]].insert(0, m)
    triggers = {i: e for e in rows["event_mentions"] if e["field"] == field for i in range(e["start"], e["end"])}
    text = Text()
    stack: list[str] = []
    for i in range(len(source) + 1):
        for m in closing[i]:
            text.append(f"|{m['type']}]", STYLES[m["label"]])
            stack.pop()
        event = triggers.get(i - 1)
        if event and event["end"] == i:
            text.append(f"‹{event['type']}{'' if event['realis'] == 'actual' else ' ' + event['realis']}›", "red")
        for m in opening[i]:
            text.append("[", STYLES[m["label"]])
            stack.append(STYLES[m["label"]])
        if i < len(source):
            style = " ".join([*(stack[-1:]), *([TRIGGER] if i in triggers else [])])
            text.append(source[i], style)
    return text


def _legend() -> Text:
    legend = Text()
    for label, style in STYLES.items():
        legend.append(f"[{label}] ", style)
    return legend.append("trigger‹type realis›\n", "red")


def _sheet(title: str, *columns: str) -> Table:
    return Table(*columns, title=title, title_justify="left", title_style="bold")


def _add(sheet: Table, *cells: Any) -> None:
    sheet.add_row(*(Text(c) for c in cells))


def _events(article: Article) -> Table:
    sheet = _sheet("events, most salient first", "event", "words", "type", "date", "place", "parts")
    for e in article.event_lines():
        kind = e.type if e.realis == "actual" else f"{e.type}\n{e.realis}"
        _add(sheet, e.name, e.words, kind, e.days.replace("..", "..\n", 1), e.place, "\n".join(e.parts))
    return sheet


def _quotes(article: Article) -> Table:
    sheet = _sheet("quotes", "speaker", "cue", "kind", "quote")
    for q in article.rows["quotes"]:
        _add(sheet, article.name(q["speaker_entity_id"], "?"), q["cue"] or "", q["kind"], q["text"])
    return sheet


def _positions(article: Article) -> Table:
    sheet = _sheet("positions", "person", "position", "organisation", "status")
    for p in article.rows["positions"]:
        _add(sheet, article.name(p["person_entity_id"]), p["position"], article.name(p["organisation_entity_id"]), p["status"])
    return sheet
