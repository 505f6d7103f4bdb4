"""`tables`: a store's tables, pinned to one snapshot, with the joins spelled out.

Contract. The snapshot is resolved once, so that a night that ends meanwhile cannot mix two; nothing here writes. Frames have the
columns of the tables, days as `datetime.date`. Who or what is asked for by id, also one that is gone, or by name: 'черемин' finds
'Черёмин'.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from letopis.api import joins
from letopis.api.handle import Handle
from letopis.schema import BY_NAME
from letopis.store.snapshot import current
from letopis.store.views import connect


class Ambiguous(LookupError):
    """A name that several have; `str()` lists their ids."""


class Tables(Mapping[str, pd.DataFrame]):
    """The tables of one snapshot: `t["events"]` is a frame, `t.events` a handle that reads nothing yet.

    >>> t = tables(out)
    >>> list(t)[:4]
    ['documents', 'sentences', 'tokens', 'mentions']
    >>> t["entities"].name.eq("Самара").sum()
    np.int64(1)
    """

    def __init__(self, snapshot: Path) -> None:
        self.snapshot = snapshot
        self._frames: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in BY_NAME:
            raise KeyError(f"no table '{name}'; tables are {', '.join(BY_NAME)}")
        if name not in self._frames:
            self._frames[name] = pd.read_parquet(self.snapshot / name)
        return self._frames[name]

    def __getattr__(self, name: str) -> Handle:
        if name in BY_NAME:
            return Handle(name, self.snapshot)
        raise AttributeError(f"no table '{name}'; tables are {', '.join(BY_NAME)}")

    def __iter__(self) -> Iterator[str]:
        return iter(BY_NAME)

    def __len__(self) -> int:
        return len(BY_NAME)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *BY_NAME]

    def __repr__(self) -> str:
        return f"Tables({self.snapshot.name}: {', '.join(BY_NAME)})"

    @cached_property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """DuckDB with a view of every table."""
        return connect(self.snapshot)

    def sql(self, query: str, **values: object) -> pd.DataFrame:
        """A query over the tables by their names; `$name` in it takes a value.

        >>> tables(out).sql("SELECT name, country FROM entities WHERE entity_id = $id", id="Q894")
             name country
        0  Самара      RU
        """
        result: Any = self.connection.sql(query, params=values)
        frame: pd.DataFrame = result.to_arrow_table().to_pandas()
        return frame

    # --- who is who -----------------------------------------------------------------------------------------------------

    def find(self, name: str, kind: str | None = None) -> pd.DataFrame:
        """Entities that are called so, by their name, Latin name, an alias or an abbreviation, most mentioned first.

        >>> tables(out).find("завьялова", "PERSON").name.tolist()
        ['Людмила Завьялова']
        """
        return self.sql(joins.FIND, name=name, kind=kind)

    def entity(self, who: str, kind: str | None = None) -> pd.Series:
        """The one entity of an id or a name; of several the one of that very name, if none is mentioned more often.

        Raises Ambiguous, which lists them, and KeyError where there is none.

        >>> tables(out).entity("самара").entity_id
        'Q894'
        """
        standing = self.sql(joins.STANDING, id=who, kind="entity")
        if len(standing):
            return self.sql("SELECT * FROM entities WHERE entity_id = $id", id=standing.id[0]).iloc[0]
        found = self.find(who, kind)
        if found.empty:
            raise KeyError(f"nobody and nothing is called '{who}'")
        very = found["name"].map(joins.folded) == joins.folded(who)
        if len(found) > 1 and not (very.iloc[0] and very.sum() == 1):
            listed = "; ".join(f"{e.entity_id} {e.type} {e.name}" for e in found.itertuples(index=False))
            raise Ambiguous(f"'{who}' is {len(found)} entities: {listed}. Ask for one by its id, or say its type")
        return found.iloc[0]

    def _id(self, who: str, kind: str | None) -> str:
        return str(self.entity(who, kind).entity_id)

    def _event(self, event: str) -> str:
        standing = self.sql(joins.STANDING, id=event, kind="event")
        if standing.empty:
            raise KeyError(f"no event '{event}'")
        return str(standing.id[0])

    # --- what they did --------------------------------------------------------------------------------------------------

    def events_of(self, who: str, *, role: str | None = None, kind: str | None = None) -> pd.DataFrame:
        """Events that an entity has a part in (only this part, if one is named), by day: the columns of `events` and `role`.

        >>> "diplomacy.agreement" in set(tables(out).events_of("Самара", role="participant").type)
        True
        """
        return self.sql(joins.EVENTS_OF, id=self._id(who, kind), role=role)

    def participants(self, event: str) -> pd.DataFrame:
        """Who has a part in an event: the columns of `entities`, `role` and `mentions`.

        >>> t = tables(out)
        >>> signed = t.events_of("Самара", role="participant").query("type == 'diplomacy.agreement'").event_id.iloc[0]
        >>> "Самара" in set(t.participants(signed).query("role == 'participant'").name)
        True
        """
        return self.sql(joins.PARTICIPANTS, id=self._event(event))

    def sightings(self, event: str) -> pd.DataFrame:
        """Every place where an event is spoken of: the columns of `event_mentions`, with `sentence_text`, `path`, `published_date`.

        >>> t = tables(out)
        >>> signed = t.events_of("Самара", role="participant").query("type == 'diplomacy.agreement'").event_id.iloc[0]
        >>> all(row.text in row.sentence_text for row in t.sightings(signed).itertuples())
        True
        """
        return self.sql(joins.SIGHTINGS, id=self._event(event))

    def co_participants(self, who: str, *, kind: str | None = None) -> pd.DataFrame:
        """Who has a part in the same events: `entity_id`, `name`, `type`, `events`, most events first. Places are not among them.

        >>> "Ниш" in set(tables(out).co_participants("Самара").name)
        True
        """
        return self.sql(joins.CO_PARTICIPANTS, id=self._id(who, kind))

    # --- what is said of them -------------------------------------------------------------------------------------------

    def mentions_of(self, who: str, *, kind: str | None = None) -> pd.DataFrame:
        """Every mention of an entity: the columns of `mentions`, with `sentence_text`, `path`, `published_date`.

        >>> mentions = tables(out).mentions_of("Самара")
        >>> sorted(set(mentions.form) - {"adjective"})
        ['name']
        """
        return self.sql(joins.MENTIONS_OF, id=self._id(who, kind))

    def positions_of(self, who: str, *, kind: str | None = None) -> pd.DataFrame:
        """The positions of a person, or at an organisation: the columns of `positions`, with the names `person` and `organisation`.

        >>> held = tables(out).positions_of("Людмила Завьялова")
        >>> "руководитель" in set(held.position)
        True
        """
        return self.sql(joins.POSITIONS_OF, id=self._id(who, kind))

    def quotes_of(self, who: str, *, kind: str | None = None) -> pd.DataFrame:
        """What an entity said: the columns of `quotes`, with `path` and `published_date`.

        >>> tables(out).quotes_of("Рустам Галеев").kind.isin(["direct", "indirect"]).all()
        np.True_
        """
        return self.sql(joins.QUOTES_OF, id=self._id(who, kind))


def tables(out: str | Path) -> Tables:
    """The tables of a store's current snapshot. Raises FileNotFoundError where nothing has been published.

    >>> tables(out)["event_types"].type.tolist()[:2]
    ['life.birth', 'life.marriage']
    """
    snapshot = current(Path(out))
    if snapshot is None:
        raise FileNotFoundError(f"no snapshot in {out}: run `letopis run` first")
    return Tables(snapshot)
