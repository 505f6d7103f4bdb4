"""Quotes: reported speech of a batch, direct and indirect, with its cue and its speaker.

Contract: spans are contents without outer marks and cue, in order of reading and start, longer first; no two have the same
span. Candidates come from marks (`speech.direct`) and from words that announce speech (`speech.cues`); which of them are
quotes, a table of weights says (`speech.weights`). Who speaks is read off the words next to the quote (`speech.speakers`) and
resolved to a mention where they name one (`speech.antecedents`), else by another table (`speech.ranking`); None where nobody
the text names fits. Only names of people, organisations and places can be speakers' mentions.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from letopis.find.speech.antecedents import named
from letopis.find.speech.candidates import Cue
from letopis.find.speech.cast import Cast
from letopis.find.speech.choose import Chosen, choose
from letopis.find.speech.lexicon import nouns
from letopis.find.speech.propose import Index, proposals
from letopis.find.speech.ranking import best
from letopis.find.speech.scene import Scene
from letopis.find.speech.view import View, view_of
from letopis.find.speech.weights import probability, weights
from letopis.layers import Event, Mention, Quote, Readings, Sentences, Span, Syntax, Words

VERSION = "1"


def find_quotes(
    readings: Readings, sentences: Sentences, words: Words, syntax: Syntax, mentions: tuple[Mention, ...],
    events: tuple[Event, ...],
) -> tuple[Quote, ...]:
    """The quotes of a batch in order of reading and start."""
    view = view_of(readings, sentences, words, syntax)
    index = Index(mentions)
    chosen = [_of_reading(view, r, span, readings, index) for r, span in enumerate(sentences_of(view))]
    speakers: list[tuple[int | None, str]] = []
    documents = readings.document.tolist()
    for _, group in groupby(range(len(documents)), key=documents.__getitem__):
        speakers += _speakers(view, index, [k for r in group for k in chosen[r]])
    return tuple(_quotes(view, [k for group in chosen for k in group], speakers, events))


def sentences_of(view: View) -> list[range]:
    """The sentences of each reading."""
    out = [range(0)] * len(view.clean)
    for reading, group in groupby(range(len(view.reading)), key=view.reading.__getitem__):
        numbers = list(group)
        out[reading] = range(numbers[0], numbers[-1] + 1)
    return out


def _of_reading(view: View, reading: int, sentences: range, readings: Readings, index: Index) -> list[Chosen]:
    found = proposals(view, reading, sentences, readings.blocks[reading], index)
    return choose(found, [probability(p.candidate, p.facts) for p in found], weights().threshold)


def _speakers(view: View, index: Index, chosen: Sequence[Chosen]) -> list[tuple[int | None, str]]:
    """Of each quote of a document the mention of its speaker and the rule that found it; decided in the order of their cues."""
    out: list[tuple[int | None, str]] = [(None, "")] * len(chosen)
    if chosen:
        scene = scene_of(view, index, chosen)
        for number in in_order(chosen):
            out[number] = speaker_of(scene, chosen[number])
    return out


def in_order(chosen: Sequence[Chosen]) -> list[int]:
    """Numbers of quotes in the order in which the text says who speaks."""
    return sorted(range(len(chosen)), key=lambda n: (_place(chosen[n]), chosen[n].candidate.first, n))


def _place(chosen: Chosen) -> int:
    return chosen.candidate.last if chosen.cue is None else chosen.cue.word


def scene_of(view: View, index: Index, chosen: Sequence[Chosen]) -> Scene:
    """The document of some quotes, with the names of all their readings."""
    readings = sorted({k.candidate.reading for k in chosen})
    numbers = [n for r in range(readings[0], readings[-1] + 1) for n in index.in_reading.get(r, ())]
    return Scene(view, index.mentions, Cast(view, index.mentions, numbers), index.at)


def speaker_of(scene: Scene, chosen: Chosen) -> tuple[int | None, str]:
    """The mention of a quote's speaker and the rule that found it."""
    if is_question(scene.view, chosen):
        return None, "interviewer"
    found = named(scene, chosen.speaker) if chosen.speaker is not None else None
    number, rule = found or best(scene, chosen)
    sentence = scene.view.sentence[chosen.candidate.first if chosen.cue is None else chosen.cue.word]
    if number is not None:
        scene.heard(scene.cast.of[number], sentence)
    elif chosen.speaker is not None:
        scene.unnamed = sentence
    return number, rule


def is_question(view: View, chosen: Chosen) -> bool:
    """A turn of an interview that asks: nobody says who."""
    c = chosen.candidate
    return c.pattern == "interview" and view.clean[c.reading][c.start:c.end].endswith("?")


def _quotes(
    view: View, chosen: Sequence[Chosen], speakers: Sequence[tuple[int | None, str]], events: Sequence[Event]
) -> Iterator[Quote]:
    acts = {(e.span.sentence, offset): n for n, e in enumerate(events) for offset in range(e.span.start, e.span.end)}
    starts = {(k.candidate.reading, k.candidate.start): n for n, k in enumerate(chosen) if k.candidate.kind == "direct"}
    right = weights().speaker
    for k, (mention, rule) in zip(chosen, speakers, strict=True):
        c, cue = k.candidate, k.cue
        span = Span(c.reading, c.sentence, c.start, c.end)
        act = None if cue is None else acts.get((view.sentence[cue.word], view.start[cue.word]))
        score = round(k.probability * (1.0 if mention is None else right.get(rule, 1.0)), 4)
        yield Quote(
            span, c.kind, None if cue is None else _text(view, cue), _span(view, k), mention, act,
            starts.get((c.reading, c.joined)), score, f"{c.pattern}+{rule}_{VERSION}",
        )


def _text(view: View, cue: Cue) -> str:
    reading = view.reading[view.sentence[cue.first]]
    return view.clean[reading][view.start[cue.first]:view.end[cue.last]]


def _span(view: View, chosen: Chosen) -> Span | None:
    who = chosen.speaker
    if who is None or (who.how == "paper" and view.lemma[who.head] in nouns()):
        return None                                # 'в сообщении' names nobody
    sentence = view.sentence[who.first]
    return Span(view.reading[sentence], sentence, view.start[who.first], view.end[who.last])
