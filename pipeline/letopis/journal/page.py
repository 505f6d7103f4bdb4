"""The page of a night, out of its facts: one file that opens from disk, without network, in two languages, light and dark.

Its look is that of the report (`site/static/style.css`). The only script is SCRIPT, which the page's policy knows by its hash.
"""

import base64
import hashlib
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element, tostring

from letopis.journal.elements import block, h, link, pair, rows, t
from letopis.journal.night import Row
from letopis.site.report import STATIC

Link: TypeAlias = Callable[[Row], str | None]
"""Where an article can be read: its address, or the file it came from."""

SCRIPT = """
const root = document.documentElement, language = document.getElementById("language");
const recall = (n) => { try { return localStorage.getItem("letopis." + n); } catch (e) { return null; } };
const set = (n, v) => { root.dataset[n] = v; try { localStorage.setItem("letopis." + n, v); } catch (e) { } };
const speak = (v) => { set("language", v); root.lang = v; language.textContent = v === "ru" ? "EN" : "RU"; };
if (recall("theme")) root.dataset.theme = recall("theme");
speak(recall("language") === "en" ? "en" : "ru");
language.onclick = () => speak(root.dataset.language === "ru" ? "en" : "ru");
document.getElementById("theme").onclick = () => set("theme", (root.dataset.theme
  || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark" ? "light" : "dark");
"""
STYLE = """
html[data-language="ru"] [lang="en"], html[data-language="en"] body [lang="ru"] { display: none; }
html:not([data-language]) [lang="en"] { display: none; }
.figures { display: flex; flex-wrap: wrap; gap: 10px 34px; margin-top: 26px; }
.figures b { color: var(--ink); display: block; font: 700 30px/1.1 var(--serif); font-variant-numeric: tabular-nums; }
.figures li { color: var(--soft); font-size: 14.5px; }
.alarms li { padding: 10px 14px; margin-bottom: 8px; border-left: 4px solid var(--accent); background: var(--panel); }
.list li { padding: 9px 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.list .title { font: 700 17px/1.35 var(--serif); }
.list .meta .title { font: inherit; }
.list .lead { font: 15.5px/1.45 var(--serif); max-width: 74ch; }
.watched { padding-top: 26px; }
.columns { margin-top: 18px; }
h4 { margin: 14px 0 0; font: 700 15px/1.4 var(--sans); }
main time { white-space: nowrap; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 15px; }
td, th { padding: 5px 18px 5px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
code { font-size: 13px; overflow-wrap: anywhere; }
"""


def page(facts: Mapping[str, Any], address: Link) -> str:
    """The whole page as HTML."""
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{_digest(SCRIPT)}'; form-action 'none'"
    day = facts["run"]["started"][:10]
    head = h(
        "head", h("meta", charset="utf-8"), h("meta", content=policy, **{"http-equiv": "Content-Security-Policy"}),
        h("meta", name="viewport", content="width=device-width, initial-scale=1"),
        h("meta", name="referrer", content="no-referrer"),
        h("meta", name="color-scheme", content="light dark"), h("title", f"Летопись — {day}"),
        h("style", (STATIC / "style.css").read_text(encoding="utf-8") + STYLE),
    )
    body = h("body", _masthead(), h("main", _content(facts, address, day)), _foot(facts["run"]), h("script", SCRIPT))
    return "<!doctype html>\n" + tostring(h("html", head, body, lang="ru"), encoding="unicode", method="html") + "\n"


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _masthead() -> Element:
    switches = h("div.switches", h("button", "EN", id="language", type="button"),
                 h("button", id="theme", type="button", **{"aria-label": "Тема · Theme"}))
    switches.set("style", "margin-left:auto")
    latest = h("nav.sections", h("a", t("latest"), href="latest.html"))
    return h("header.masthead", h("div.bar", h("span.wordmark", "Летопись"), switches), latest)


def _foot(run: Mapping[str, Any]) -> Element:
    made = f": letopis {run['pipeline_version']} · schema {run['schema_version']} · {run['fingerprint']} · {run['run_id']}"
    return h("footer.foot", t("made_by"), made)


def _content(facts: Mapping[str, Any], address: Link, day: str) -> Element:
    return h(
        "div.page", h("h1", t("night"), " ", h("time", day)), h("p.note", _span(facts["run"])),
        _figures(facts["run"]), _alarms(facts["alarms"]), _watch(facts["watch"], address),
        _documents(facts["documents"], address), _rejects(facts["rejects"]), _gained(facts["gained"], address),
        _keywords(facts["keywords"]), _drift(facts["drift"]), _stages(facts["run"]), _slowest(facts["slowest"], address),
    )


def _span(run: Mapping[str, Any]) -> str:
    return f"{run['started'][:16].replace('T', ' ')} — {run['finished'][11:16]} UTC"


def _figures(run: Mapping[str, Any]) -> Element:
    keys = {"new": "new", "changed": "changed", "removed": "removed", "missing": "missing_documents", "unchanged": "unchanged",
            "rejected": "rejected", "stale": "stale"}
    return h("ul.figures", *(h("li", h("b", f"{run[key]:,}".replace(",", " ")), t(word)) for key, word in keys.items()))


def _alarms(alarms: list[Row]) -> Element:
    if not alarms:
        return block(t("alarms"), h("p.note", t("no_alarms")))
    lines = [h("li", t(a["kind"], value=a["value"], threshold=a["threshold"], about=a["about"])) for a in alarms]
    return block(t("alarms"), h("ul.alarms", *lines), h("p.note", t("published")))


# --- the watch-list -----------------------------------------------------------------------------------------------------


def _watch(watch: list[Row], address: Link) -> Element:
    if not watch:
        return block(t("watch"), h("p.note", t("no_watch")))
    return block(t("watch"), *(_watched(each, address) for each in watch))


def _watched(each: Row, address: Link) -> Element:
    names = ", ".join(e["name"] for e in each.get("entities", []) if e["name"] != each["title"])
    parts: list[Element | None] = [h("h3", each["title"]), h("p.meta", names) if names else None]
    if "condition" in each:
        said = t("problem", said=each["problem"]) if each["problem"] else t("asked", events=each["events_count"])
        parts += [h("p.meta", h("code", each["condition"])), h("p.meta", said)]
    elif not each["entities"]:
        return h("div.watched", *parts, h("p.note", t("unmet")))
    elif not each["mentions"]:
        return h("div.watched", *parts, h("p.note", t("quiet")))
    else:
        counts = {name: each[f"{name}_count"] for name in ("articles", "events", "quotes")}
        parts.append(h("p.meta", t("found", mentions=each["mentions"], **counts)))
    lists = {
        "happened": [_event(e, address, new=e["is_new"]) for e in each["events"]],
        "told": [_article(a, address, a["sentence"]) for a in each.get("articles", [])],
        "quotes": [_quote(q, address) for q in each.get("quotes", [])],
    }
    for word, lines in lists.items():
        parts += [h("h4", t(word)), rows("list", lines)] if lines else []
    return h("div.watched", *parts)


def _quote(quote: Row, address: Link) -> Element:
    told = h("div.meta", quote["speaker"], " · ", link(quote["title"], address(quote)))
    return h("li", h("div.lead", f"«{quote['text']}»"), told)


def _event(event: Row, address: Link, *, new: bool) -> Element:
    days = " — ".join(dict.fromkeys(filter(None, (event["date_start"], event["date_end"]))))
    kind = pair(event["name_ru"], event["type"].partition(".")[2].replace("_", " "))
    facts = "".join(f" · {fact}" for fact in (days, event.get("place")) if fact)
    name = h("div", h("span.title", event["name"] or event["type"]), h("span.aside", t("new_event")) if new else None)
    sentence = event.get("sentence") or event.get("lead")
    told = link(event["title"], address(event)) if event["title"] else None
    return h("li", name, h("div.meta", kind, facts, " · ", t(event["realis"])), h("div.lead", sentence) if sentence else None,
             h("div.meta", told) if told is not None else None)


# --- documents ----------------------------------------------------------------------------------------------------------


def _documents(documents: Row, address: Link) -> Element:
    parts: list[Element | None] = []
    for kind, word in (("added", "articles"), ("changed", "changed_articles")):
        shown, count = documents[kind], documents[f"{kind}_count"]
        if count:
            parts += [h("h3", t(word)), _of_all(len(shown), count), rows("list", [_article(d, address) for d in shown])]
    for kind, word in (("missing", "went"), ("removed", "taken_out")):
        if documents[kind]:
            parts += [h("h3", t(word)), rows("list", [h("li", h("code", path)) for path in documents[kind]])]
    return block(t("counts"), *(parts or [h("p.note", t("nothing"))]))


def _of_all(shown: int, count: int) -> Element | None:
    return h("p.note", t("shown", shown=shown, all=count)) if shown < count else None


def _article(article: Row, address: Link, sentence: str | None = None) -> Element:
    path = article["path"] if article["path"] != article["title"] else None
    about = h("div.meta", " · ".join(filter(None, (article["day"], article["source"], path))))
    said = h("div.lead", sentence) if sentence and sentence != article["title"] else None
    return h("li", link(article["title"], address(article)), said, about)


def _rejects(rejects: list[Row]) -> Element | None:
    lines = [
        h("li", h("span.title", f"{r['rejects']} × {r['error']}"), h("span.aside", r["stage"]), h("div.lead", r["message"]),
          h("div.meta", h("code", r["path"])))
        for r in rejects
    ]
    return block(t("rejects_head"), rows("list", lines)) if lines else None


def _gained(gained: Row, address: Link) -> Element | None:
    keys = {f"{short}{change[0]}": f"{table}_{change}" for short, table in (("e", "entities"), ("v", "events"))
            for change in ("added", "changed", "removed")}
    counts = {short: gained["counts"].get(name, 0) for short, name in keys.items()}
    if not any(counts.values()):
        return None
    names = [h("li", h("span.title", e["name"]), h("span.aside", t(e["label"]), " · ", t("articles_of", n=e["document_count"])))
             for e in gained["entities"]]
    events = [_event(e, address, new=False) for e in gained["events"]]
    sides = (h("div", h("h3", t(word)), rows("list", lines)) for word, lines in (("events", events), ("entities", names)))
    return block(t("gained_head"), h("p.note", t("gained", **counts)), h("div.columns.side", *sides))


# --- figures ------------------------------------------------------------------------------------------------------------


def _keywords(known: Row | None) -> Element | None:
    if known is None:
        return None
    share = f"{known['found'] / max(1, known['occurring']):.0%}"
    return block(t("keywords"), h("p", t("recall", share=share, **known) if known["stated"] else t("no_keywords")))


def _drift(drift: Row) -> Element | None:
    compared = {name: drift[name] for name in ("documents", "nights", "before")}
    if not drift["figures"]:
        return block(t("drift_head"), h("p.note", t("too_few"), ": ", t("compared", **compared), "."))
    head = h("tr", *(h("th", t(key)) for key in ("figure", "tonight", "before", "moved")))
    lines = [
        h("tr", h("td", t(d["kind"]), " ", h("code", f"{d['name']} = {d['shown']}" if d["shown"] else d["name"])),
          *(h("td.number", f"{d[key]:.3f}") for key in ("tonight", "before", "drift")))
        for d in drift["figures"]
    ]
    return block(t("drift_head"), h("p.note", t("compared", **compared)), h("div.wide", h("table", head, *lines)))


def _stages(run: Mapping[str, Any]) -> Element:
    stages = run["seconds_per_stage"].items()
    lines = [h("tr", h("td", t(stage)), h("td.number", f"{seconds:.1f} ", t("seconds"))) for stage, seconds in stages]
    return block(t("stages"), h("table", *lines))


def _slowest(slowest: list[Row], address: Link) -> Element | None:
    lines = [
        h("tr", h("td.number", f"{d['seconds']:.2f} ", t("seconds")),
          h("td.number", f"{d['characters']:,} ".replace(",", " "), t("characters")), h("td", link(d["title"], address(d))))
        for d in slowest
    ]
    return block(t("slowest"), h("p.note", t("slow_note")), h("div.wide", h("table", *lines))) if lines else None
