"""Marked text as HTML: names nested in colours, triggers underlined, what is known of each under the pointer.

Contract. Whatever stands in an article is escaped: script in a title stays text. A page is one file without script, pictures or
anything from elsewhere. Spans nest; a trigger that crosses the edge of a name is marked in pieces.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any, TypeAlias

from letopis.show.article import Article

STYLE = """
.letopis{--per:#0b7285;--org:#9c6500;--loc:#2b7a0b;--evt:#9c27b0;--date:#1c5fb8;--misc:#666;--trigger:#c92a2a;--line:#ccc;
font:16px/1.7 system-ui,sans-serif;max-width:60em}
.letopis .text{white-space:pre-wrap;overflow-wrap:anywhere}
.letopis .m{border:1px solid color-mix(in srgb,var(--c) 45%,transparent);border-radius:.3em;padding:0 .15em;
background:color-mix(in srgb,var(--c) 12%,transparent)}
.letopis .PER{--c:var(--per)}.letopis .ORG{--c:var(--org)}.letopis .LOC{--c:var(--loc)}.letopis .EVT{--c:var(--evt)}
.letopis .DATE{--c:var(--date)}.letopis .MISC{--c:var(--misc)}
.letopis u{text-decoration:underline 2px var(--trigger);text-underline-offset:.2em}
.letopis u[data-type]::after{content:attr(data-type);color:var(--trigger);font-size:.65em;vertical-align:super;margin-left:.15em}
.letopis table{border-collapse:collapse;margin:1em 0;font-size:.85em}
.letopis td,.letopis th{border:1px solid var(--line);padding:.2em .5em;text-align:left;vertical-align:top}
.letopis caption{text-align:left;font-weight:bold}.letopis .about{opacity:.7;font-size:.85em}
@media(prefers-color-scheme:dark){.letopis{--per:#3bc9db;--org:#fcc419;--loc:#8ce99a;--evt:#e599f7;--date:#74c0fc;--misc:#aaa;
--trigger:#ff8787;--line:#555}}
"""
_HEAD = f"""<!DOCTYPE html>
<html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>{STYLE}@media(prefers-color-scheme:dark){{body{{background:#181818;color:#ddd}}}}</style>
"""


Rows: TypeAlias = Sequence[Mapping[str, Any]]


def marked(source: str, mentions: Rows, events: Rows, names: Mapping[Any, str]) -> str:
    """A field with its mentions and triggers; `names` by entity_id, for the pointer."""
    mentions = sorted(mentions, key=lambda m: (m["start"], -m["end"]))
    edges = sorted({0, len(source), *(e for s in (*mentions, *events) for e in (s["start"], s["end"]))})
    waiting, open_ones, pieces = list(reversed(mentions)), list[Mapping[str, Any]](), list[str]()
    triggers = sorted(events, key=lambda e: (e["start"], e["end"]))
    for start, end in zip(edges, [*edges[1:], len(source)], strict=True):
        while open_ones and open_ones[-1]["end"] <= start:
            open_ones.pop()
            pieces.append("</span>")
        while waiting and waiting[-1]["start"] == start:
            open_ones.append(waiting.pop())
            pieces.append(_opening(open_ones[-1], names))
        if start < end:
            pieces.append(_piece(source[start:end], end, [t for t in triggers if t["start"] <= start < t["end"]]))
    return "".join(pieces)


def _opening(mention: Mapping[str, Any], names: Mapping[Any, str]) -> str:
    about = [mention["type"], names.get(mention["entity_id"], mention["normal"]), f"{mention['score']:.2f}"]
    return f'<span class="m {escape(mention["label"])}" title="{escape(" · ".join(about))}">'


def _piece(text: str, end: int, triggers: Sequence[Mapping[str, Any]]) -> str:
    if not triggers:
        return escape(text)
    said = " ".join(f"{t['type']}{'' if t['realis'] == 'actual' else ' ' + t['realis']}" for t in triggers)
    label = f' data-type="{escape(said)}"' if any(t["end"] == end for t in triggers) else ""
    return f'<u title="{escape(said)}"{label}>{escape(text)}</u>'


def page(article: Article) -> str:
    """A whole page of one article: its marked text, events, quotes and positions."""
    title = escape(article.document["title"] or article.document["path"])
    return f"{_HEAD}<title>{title}</title></head>\n<body><main class=\"letopis\">\n{''.join(_body(article))}</main></body></html>\n"


def _body(article: Article) -> Iterator[str]:
    d, names = article.document, {key: r["name"] for key, r in article.entities.items()}
    about = (d["path"], d["document_id"], str(d["published_date"] or ""), d["publication"] or d["site"] or "")
    yield f'<p class="about">{escape("   ".join(filter(None, about)))}</p>\n'
    if "title" not in article.fields and d["title"]:
        yield f"<h1>{escape(d['title'])}</h1>\n"
    for field in article.fields:
        mentions, events = ([r for r in article.rows[t] if r["field"] == field] for t in ("mentions", "event_mentions"))
        inner = marked(d[field] or "", mentions, events, names)
        yield f'<h1 class="text">{inner}</h1>\n' if field == "title" else f'<div class="text">{inner}</div>\n'
    lines = (
        (e.name, e.words, f"{e.type} {e.realis}", e.days.replace("..", "..\n"), e.place, "\n".join(e.parts))
        for e in article.event_lines()
    )
    yield from _table("События", ("событие", "слова", "тип", "дата", "место", "участники"), lines)
    quotes = ((article.name(q["speaker_entity_id"], "?"), q["cue"], q["kind"], q["text"]) for q in article.rows["quotes"])
    yield from _table("Цитаты", ("кто", "как", "вид", "что"), quotes)
    positions = (
        (article.name(p["person_entity_id"]), p["position"], article.name(p["organisation_entity_id"]), p["status"])
        for p in article.rows["positions"]
    )
    yield from _table("Должности", ("кто", "должность", "где", "статус"), positions)


def _table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str | None]]) -> Iterator[str]:
    lines = ["".join(f"<td>{escape(c or '').replace(chr(10), '<br>')}</td>" for c in row) for row in rows]
    if lines:
        head = "".join(f"<th>{c}</th>" for c in columns)
        yield f"<table><caption>{title}</caption><tr>{head}</tr>\n" + "".join(f"<tr>{line}</tr>\n" for line in lines) + "</table>\n"
