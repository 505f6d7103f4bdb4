"""What stands before a post: words of its own ('первый'), of status ('бывший'), of time and praise ('новый'), and places.

Contract. `modifiers` gives where the phrase and the post begin, `status_at` what these words, and those before them, say of status.
"""

import re

from letopis.find.gazetteer import gazetteer
from letopis.find.posts.view import STATUSES, View, case_of, is_former, kind_of_lemma, same_case, sentence_of

_ACTING = re.compile(r"(?:^|[\s(«,])(?:врио|врид|(?:вр\.\s*)?и\.\s*о\.|исполня(?:ющ|вш)\w+\s+обязанности)\s*$", re.IGNORECASE)


def modifiers(view: View, head: int) -> tuple[int, int, int | None]:
    """First word of the phrase, of the post, and the place an adjective names: 'бывший [британский] | главный судья'."""
    text = view.text
    start = first = head
    place = None
    for word in range(head - 1, sentence_of(view, head)[0] - 1, -1):
        owner = view.owner_from.get(word)
        if owner is not None and view.words[owner][1] == word + 1 and text.syntax.pos[word] == "ADJ":
            place, start = owner if place is None else place, word
        elif _is_status(view, word, head):
            start = word
        elif _modifies(view, word, head):
            first, start = (word, word) if first == start else (first, word)
        else:
            break
    return start, first, place


def _modifies(view: View, word: int, head: int) -> bool:
    """'первый', '14-го', 'исполнительный': it agrees with the head."""
    text = view.text
    if word in view.dated or word in view.person_at or text.syntax.pos[word] not in ("ADJ", "DET", "VERB"):
        return False
    return text.syntax.deprel[word] in ("amod", "det") and case_of(view, word) in (case_of(view, head), "")


def _is_status(view: View, word: int, head: int) -> bool:
    """'бывший', 'новый', 'избранный', a place's adjective that is no mention; one that declines agrees with the head."""
    lemma = view.text.syntax.lemma[word].lower()
    kind = kind_of_lemma(lemma)
    place = view.text.syntax.pos[word] == "ADJ" and gazetteer().adjective(lemma) is not None
    return (kind in STATUSES or kind == "passing" or place) and same_case(view, word, head)


def status_at(view: View, head: int, start: int) -> str:
    text = view.text
    if is_former(text.words.form[head]) or is_former(text.syntax.lemma[head]):
        return "former"
    for word in range(start, head):
        kind = kind_of_lemma(text.syntax.lemma[word].lower())
        if kind in STATUSES:
            return kind
    return "acting" if _is_acting(view, start) else _said_before(view, start, head)


def _said_before(view: View, start: int, head: int) -> str:
    """', ранее министр финансов,', ', в прошлом глава фонда,'."""
    words = [view.text.words.form[w].lower() for w in range(max(sentence_of(view, start)[0], start - 2), start)]
    once = words[-1:] and words[-1] in ("ранее", "прежде", "некогда") and int(view.text.syntax.head[start - 1]) == head
    return "former" if once or words == ["в", "прошлом"] or words[-1:] == ["экс"] else "current"


def _is_acting(view: View, start: int) -> bool:
    """'врио | губернатора', 'исполняющий обязанности | министра'."""
    first = sentence_of(view, start)[0]
    reading = int(view.text.sentences.reading[view.text.words.sentence[start]])
    a, b = int(view.text.words.start[max(first, start - 6)]), int(view.text.words.start[start])
    return bool(_ACTING.search(view.text.readings.clean[reading][a:b]))
