"""The first look at a batch: its moments, the pairs of events and moments, and the facts about each."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from letopis.find.clauses import Text
from letopis.find.dating.facts import Fact, Place, event_facts, pair_facts
from letopis.find.dating.grounds import ROLES, Grounds, grounds_of, leads
from letopis.find.dating.moments import Moments, moments_of
from letopis.find.dating.pairs import kin_of, pairs_of
from letopis.find.dating.told import told_of
from letopis.layers import Documents, Event, Ints, Role, Time


class Look(NamedTuple):
    """What is seen of a batch before anything is weighed."""

    grounds: Grounds
    moments: Moments
    document: Ints                    # [moment]
    event: Ints                       # [pair]
    moment: Ints                      # [pair]
    same: npt.NDArray[np.bool_]       # [pair] in one sentence
    of_pairs: list[Fact]
    of_events: list[Fact]


def look_at(text: Text, documents: Documents, events: Sequence[Event], times: Sequence[Time], roles: Sequence[Role]) -> Look:
    """The first look; at least one event."""
    moments, grounds = moments_of(text, documents, times), grounds_of(text, events)
    sentence = text.words.sentence[moments.first]
    document = text.readings.document[text.sentences.reading[sentence]].astype(np.int32)
    role = np.array([ROLES.get(text.sentences.role[s], 2) for s in sentence.tolist()], np.int32)
    kin = kin_of(grounds, moments, sentence)
    event, moment = pairs_of(grounds, moments, document, kin)
    told = told_of(text, roles, moments, event, moment, len(events))
    place = Place(sentence, document, role, leads(text, moments.first), told)
    return Look(
        grounds, moments, document, event, moment, sentence[moment] == grounds.sentence[event],
        pair_facts(grounds, moments, event, moment, place, kin), event_facts(grounds, moments, event, moment, place, kin),
    )
