"""What flows through the pipeline: the frozen layers of one batch of documents, without logic.

Contract. A batch is a tuple of documents. Its *readings* are the pieces of text that are annotated (a document's title and
body), cleaned of what no reader sees; every offset of a layer counts in `Readings.clean`, and only the folder `schema`
turns it into an offset of the original, through `Readings.origin_start` and `origin_end`. What there is one of for every
sentence or word is a column (a numpy array or a list); what is decided about a span is a small frozen record, and its
layer a tuple of them. References between layers are numbers: of the document in the batch, the reading, the sentence, the
word, or the record in its own tuple.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int32]


# --- what `formats` gives -----------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class Document:
    """One article as its file gives it. Unknown is None; an empty list is a list that stands in the file empty."""

    key: str                          # what document_id is a hash of: unique in the store
    path: str                         # relative to its input root, '/' as separator, odd bytes percent-encoded
    record: str | None                # number of the record in a file of many, from '1'
    format: str                       # markdown, txt, jsonl, csv, parquet, html
    text: str                         # the body: offsets of the tables count in it
    text_start: int | None            # its first character in the decoded file; None where it is extracted
    content_sha256: str               # of the file's bytes (of a record: its own)
    annotated: bool                   # in Russian
    language: str | None = None       # ISO 639-1
    site: str | None = None
    url: str | None = None
    archive_url: str | None = None
    publication: str | None = None
    title: str | None = None
    description: str | None = None
    author: str | None = None
    sections: tuple[str, ...] | None = None
    keywords: tuple[str, ...] | None = None
    published: datetime | None = None       # aware, UTC
    published_date: date | None = None      # the day in the source's own zone


@dataclass(frozen=True, slots=True)
class Reject:
    """A file, a record or a header that could not be read. `error` is a short code, `message` a sentence for a person."""

    path: str
    record: str | None
    stage: str                        # format, header, record, annotate
    error: str
    message: str


Documents: TypeAlias = tuple[Document, ...]


# --- what `text` gives --------------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or block quote of a reading: clean offsets."""

    start: int
    end: int
    kind: str                         # paragraph, heading, item, quote, caption


@dataclass(frozen=True, slots=True)
class Readings:
    """The annotated fields of the batch, in order of documents, a title before its body."""

    document: Ints                    # [reading] number of the document in the batch
    field: tuple[str, ...]            # [reading] 'title' or 'text'
    clean: tuple[str, ...]            # [reading] NFC, no soft hyphens, stress marks, zero-width marks, no mark-up
    origin_start: tuple[Ints, ...]    # [reading][clean offset] where that character starts in the field's own text
    origin_end: tuple[Ints, ...]      # [reading][clean offset] and where it ends
    blocks: tuple[tuple[Block, ...], ...]   # [reading]


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences of the batch in reading order; they never overlap and never cross a block."""

    reading: Ints                     # [sentence]
    start: Ints                       # [sentence] clean offsets, half-open
    end: Ints
    role: tuple[str, ...]             # title, heading, dateline, lead, body, quote, caption


@dataclass(frozen=True, slots=True)
class Words:
    """Tokens of the batch (words, numbers, punctuation), razdel's, in reading order."""

    sentence: Ints                    # [word]
    start: Ints                       # [word] clean offsets in the sentence's reading
    end: Ints
    form: list[str]                   # [word] clean[start:end]
    first: Ints                       # [sentence + 1]: words of sentence s are first[s] .. first[s + 1] - 1


@dataclass(frozen=True, slots=True)
class Syntax:
    """Morphology, lemmas and dependencies of the words, Universal Dependencies."""

    lemma: list[str]                  # [word] lower case but for names' capitals; ё kept
    pos: list[str]                    # [word] UPOS
    feats: list[str]                  # [word] CoNLL-U, keys sorted, '' for none: 'Case=Gen|Gender=Masc|Number=Sing'
    head: Ints                        # [word] number of the head in the batch, -1 for a root
    deprel: list[str]                 # [word]


# --- what `find` gives --------------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class Span:
    """Clean offsets in a reading; `sentence` is that of its first character."""

    reading: int
    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names something (NEREL's 29 types)."""

    span: Span
    type: str
    form: str | None                  # name, adjective, abbreviation, nominal; only for PER, ORG, LOC
    normal: str                       # nominative, ё kept
    parent: int | None                # number of the enclosing mention
    score: float
    method: str


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression. Both days None means unresolved, then `reason` says why; one None is an open end."""

    span: Span
    start: date | None
    end: date | None                  # inclusive
    granularity: str                  # day, week, month, season, quarter, half, year, decade, century, range
    basis: str                        # explicit, year_inferred, relative
    anchor: date | None               # the day it is relative to
    reason: str | None                # no_publication_date, no_anchor, ambiguous, out_of_range
    score: float
    method: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that measures something."""

    span: Span
    kind: str                         # count, money, percent, age, measure
    value: float
    value_max: float | None           # of a range
    approximate: bool
    unit: str | None                  # ISO 4217, '%', unit symbol, or the lemma of what is counted
    event: int | None                 # number of the event mention it measures
    score: float
    method: str


@dataclass(frozen=True, slots=True)
class Quote:
    """One piece of reported speech, without its outer quotation marks."""

    span: Span
    kind: str                         # direct, indirect
    cue: str | None
    speaker: Span | None              # where the speaker is named next to the quote
    speaker_mention: int | None
    event: int | None                 # number of the event mention that is the act of saying
    continues: int | None             # number of the quote this piece goes on from
    score: float
    method: str


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A pronoun or short description that stands for an entity."""

    span: Span
    kind: str                         # pronoun, nominal
    antecedent: int | None            # number of the mention
    score: float
    method: str


@dataclass(frozen=True, slots=True)
class Event:
    """One place where a happening is spoken of, by its minimal trigger."""

    span: Span
    lemma: str
    type: str
    type2: str | None
    type_score: float
    realis: str                       # actual, planned, negated, hypothetical
    start: date | None
    end: date | None
    granularity: str | None
    date_basis: str | None            # a Time's basis, or dateline, lead
    place: int | None                 # number of the mention
    place_basis: str | None           # role, dateline, lead
    mention: int | None               # number of the EVENT mention for the same happening
    source: int | None                # number of the mention of who reports it
    salience: float
    cluster: int                      # mentions of one happening in a document share it
    score: float
    method: str
    part: int = -1                    # and those that surely are one: the parts of a happening, which the corpus may tell apart


@dataclass(frozen=True, slots=True)
class Role:
    """One participant of one event mention."""

    event: int
    role: str
    span: Span
    kind: str                         # name, nominal, pronoun, time, event
    mention: int | None
    anaphor: int | None
    time: int | None
    target: int | None                # number of the event mention it is
    score: float
    method: str


@dataclass(frozen=True, slots=True)
class Relation:
    """One stated relation between two mentions; subject is NEREL's first argument."""

    relation: str
    subject: int
    object: int
    score: float
    method: str


@dataclass(frozen=True, slots=True)
class Position:
    """Who holds which position where, as stated."""

    person: int                       # numbers of mentions
    organisation: int | None
    position: str                     # nominative
    status: str                       # current, former, acting, future
    span: Span
    score: float
    method: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that was found in one batch."""

    documents: Documents
    readings: Readings
    sentences: Sentences
    words: Words
    syntax: Syntax
    mentions: tuple[Mention, ...]
    places: tuple[str | None, ...]    # [mention] key of its row in the gazetteer
    entities: tuple[int, ...]         # [mention] number of the entity inside its document, -1 for none
    anaphors: tuple[Anaphor, ...]
    times: tuple[Time, ...]
    quantities: tuple[Quantity, ...]
    events: tuple[Event, ...]
    roles: tuple[Role, ...]
    relations: tuple[Relation, ...]
    positions: tuple[Position, ...]
    quotes: tuple[Quote, ...]
