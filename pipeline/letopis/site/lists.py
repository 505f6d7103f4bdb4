"""Pages of lists: events by month, by year, by family and altogether; entities by kind; articles by day."""

from collections.abc import Iterable
from typing import Any

from letopis.site.files import Pages, Site
from letopis.site.source import Row, Source

LONGEST = 2_000                       # events of one list, the weightiest; how many there are is told

Index = dict[str, list[Any]]          # name of a list -> [its folder, rows in it, rows there are]

_COLUMNS = "event_id, name, type, realis, date_start, date_end, place, document_count, salience, lead"
_LISTS = {                            # what names a list -> of which events
    "'happenings'": "family <> 'statement'",
    "'family:' || family": "true",
    "'month:' || left(date_start, 7)": "family <> 'statement' AND date_start IS NOT NULL",
    "'year:' || left(date_start, 4)": "family <> 'statement' AND date_start IS NOT NULL",
    "'said:' || left(date_start, 7)": "family = 'statement' AND date_start IS NOT NULL",
}
_ENTITIES = """
SELECT label AS list, entity_id, name, type, country, document_count, mention_count, CAST(first_published AS VARCHAR) AS since,
    CAST(last_published AS VARCHAR) AS until, count(*) OVER (PARTITION BY label) AS total
FROM entities ORDER BY list, document_count DESC, mention_count DESC, name, entity_id
"""
_ARTICLES = """
WITH told AS (SELECT document_id, count(*) AS events FROM event_mentions GROUP BY ALL)
SELECT 'articles' AS list, document_id, title, source, day, coalesce(events, 0) AS events, left(d.description, 220) AS description,
    annotated, path, count(*) OVER () AS total
FROM articles JOIN (SELECT document_id, description, annotated, path FROM documents) d USING (document_id)
    LEFT JOIN told USING (document_id)
ORDER BY day DESC NULLS LAST, document_id
"""


def write_lists(site: Site, source: Source) -> Index:
    """All lists; gives where each lies and how long it is."""
    index: Index = {}
    for number, (name, which) in enumerate(_LISTS.items()):
        _write(site, source.rows(_events(name, which)), f"lists/events-{number}", index)
    _write(site, source.rows(_ENTITIES), "lists/entities", index)
    _write(site, source.rows(_ARTICLES), "lists/articles", index)
    return index


def months(source: Source) -> dict[str, int]:
    """Month -> number of the first of its articles in the list of articles; '' for those without a day."""
    sql = """
    SELECT coalesce(left(day, 7), '') AS month, count(*) AS articles FROM articles
    GROUP BY month ORDER BY month = '', month DESC
    """
    starts, done = {}, 0
    for row in source.rows(sql):
        starts[row["month"]] = done
        done += row["articles"]
    return starts


def _events(name: str, which: str) -> str:
    return f"""
    WITH listed AS (
        SELECT {name} AS list, {_COLUMNS}, row_number() OVER (PARTITION BY list ORDER BY weight DESC, event_id) AS rank,
            count(*) OVER (PARTITION BY list) AS total
        FROM ranked WHERE {which}
    )
    SELECT list, {_COLUMNS}, total FROM listed WHERE rank <= {LONGEST} ORDER BY list, rank
    """


def _write(site: Site, rows: Iterable[Row], folder: str, index: Index) -> None:
    """Rows sorted by `list`, each list into a folder with a number of its own."""
    pages, name = None, ""
    for row in rows:
        if pages is None or row["list"] != name:
            if pages is not None:
                index[name][1] = pages.close()
            name = row["list"]
            place = f"{folder}-{sum(v[0].startswith(f'{folder}-') for v in index.values())}"
            index[name] = [place, 0, row["total"]]
            pages = Pages(site, place)
        pages.add(list(row.values())[1:-1])
    if pages is not None:
        index[name][1] = pages.close()
