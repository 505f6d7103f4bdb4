"""How far a post goes to the right: its complement, its organisation, its 'по ...'.

Contract. `Extent` is filled by `read_on` step by step; a step that does not go on ends it. Words of the organisation, and nouns
for it ('компании «Рассвет»', 'ведомства'), are in no part.
"""

from dataclasses import dataclass

from letopis.find.clauses import feature, head_word
from letopis.find.posts.view import View, case_of, governed_within, kind_at, kind_of_lemma

_FIELD = frozenset({"по", "над", "для"})                              # 'по связям с общественностью'
_SEAT = frozenset({"от", "при", "в", "во", "на", "из"})               # 'наблюдатель от ОБСЕ', 'посол в Китае'
_FIELD_OF = frozenset({"дело", "вопрос", "связь", "отношение", "проблема", "тема", "часть"})
_INNER = frozenset({"NOUN", "PROPN", "ADJ", "DET", "NUM", "X"})
DEPUTIES = ("замест", "зам", "вице-", "помощ", "советни", "спецпред", "представит", "уполномоч", "комисс", "министр", "постпред")
_WITH_FIELD = (*DEPUTIES, "директор", "секретар", "координатор", "переговорщик", "докладчик", "посланник", "эксперт")
_ENVOYS = ("посол", "консул", "генконсул", "представит", "постпред", "торгпред", "посланник", "нунций", "уполномоч", "наблюдател")
CLOSING = {"«": "»", '"': '"', "“": "”", "„": "“", "''": "''"}


@dataclass(slots=True)
class Extent:
    """How far a phrase is read. `field`: whether a 'по ...' is open."""

    view: View
    head: int
    limit: int
    parts: list[list[int]]
    at: int
    organisation: int | None = None
    field: bool = False
    closed: bool = False
    bodied: bool = False
    muted: bool = False               # whether the words read are the organisation's: 'начальник | управления МВД по Москве'


def read_on(extent: Extent) -> None:
    """Read to the end of the phrase."""
    while not extent.closed and extent.at < extent.limit:
        at = extent.at
        extent.closed = not _step(extent) or extent.at == at


def _step(extent: Extent) -> bool:
    """Read one more word or owner; False where the phrase ends."""
    view, word = extent.view, extent.at
    if word in view.person_at or word in view.dated:
        return False
    if _is_title(extent):
        _take(extent, word, word + 1)
        extent.at = word + 1
        return True
    owner = view.owner_from.get(word)
    if owner is not None and view.words[owner][1] <= extent.limit:
        return _read_owner(extent, owner)
    pos = view.text.syntax.pos[word]
    if pos == "PUNCT":
        return _read_quotes(extent)
    if pos == "ADP":
        return _read_preposition(extent)
    if pos == "CCONJ":
        return _read_conjunction(extent)
    return _read_word(extent)


def _is_title(extent: Extent) -> bool:
    """'папа | Римский', 'епископ | Тверской и Кашинский': an adjective behind the head that agrees with it, or joins one."""
    view, word = extent.view, extent.at
    text, last = view.text, extent.parts[-1][1]
    capital = text.words.form[word][:1].isupper() and text.syntax.pos[word] == "ADJ" and word == last
    behind = last - 1 == extent.head or text.syntax.pos[last - 1] in ("ADJ", "CCONJ")
    agrees = case_of(view, word) == case_of(view, extent.head) != "Gen"
    return capital and behind and agrees and extent.head <= int(text.syntax.head[word]) < word


def _read_owner(extent: Extent, owner: int) -> bool:
    """The first name that is not inside a 'по ...' is the organisation; a second genitive belongs to the first: 'МИД | РФ'."""
    first, last = extent.view.words[owner]
    adjective = extent.view.mentions[owner].form == "adjective"
    held = extent.organisation
    open_ = held is None or (extent.view.mentions[held].form == "adjective" and not adjective)     # 'китайского клуба | «Шанхай»'
    if open_ and not extent.field:
        extent.organisation = owner
        extent.at = last
        if not adjective:
            _drop_bodies(extent)
        return True
    if extent.field and extent.organisation is None and not adjective and _is_own(extent, owner):
        extent.organisation, extent.field = owner, False
        extent.at = last
        return True
    if extent.field:
        _take(extent, first, last)
    elif not governed_within(extent.view, first, extent.head, first):
        return False
    extent.at = last
    return True


def _is_own(extent: Extent, owner: int) -> bool:
    """'комиссар по правам человека | Совета Европы', never 'министр по делам | Северной Ирландии'."""
    view, text = extent.view, extent.view.text
    first, last = view.words[owner]
    if text.syntax.lemma[first - 1].lower() in _FIELD_OF or text.syntax.pos[first - 1] in ("ADP", "PUNCT"):
        return False
    start, end = extent.parts[-1]
    nouns = sum(text.syntax.pos[w] == "NOUN" for w in range(max(start, extent.head + 1), end))
    said = nouns > 1 and view.mentions[owner].type == "ORGANIZATION"       # 'директор по развитию бизнеса | «Рассвета»'
    return said or int(text.syntax.head[head_word(text, first, last)]) == extent.head


def _drop_bodies(extent: Extent) -> None:
    """'руководитель | образовательного центра | «Сириус»': the noun belongs to the name."""
    view, part = extent.view, extent.parts[-1]
    while part[1] - 1 > extent.head and (_is_body(view, part[1] - 1) or view.text.words.form[part[1] - 1].isupper()):
        part[1] -= 1
        while part[1] - 1 > extent.head and view.text.syntax.deprel[part[1] - 1] == "amod":
            part[1] -= 1


def _is_body(view: View, word: int) -> bool:
    return view.text.syntax.pos[word] == "NOUN" and kind_of_lemma(view.text.syntax.lemma[word].lower()) == "body"


def _read_quotes(extent: Extent) -> bool:
    """An opening quote before a name is passed over; other words in quotes belong to a 'по ...' only."""
    view, word = extent.view, extent.at
    form = view.text.words.form[word]
    if form == "(" and extent.organisation is not None:
        return _skip(extent, ")", keep=False)
    if form not in CLOSING:
        return _close_quote(extent)
    if form == '"' and word - 1 in view.owned:
        return _close_quote(extent)
    if word + 1 in view.owner_from and extent.organisation is None and not extent.field:
        extent.at += 1
        return True
    return _skip(extent, CLOSING[form], keep=extent.field)


def _close_quote(extent: Extent) -> bool:
    """The quote behind a name that began with one."""
    closing = extent.view.text.words.form[extent.at] in CLOSING.values() and extent.at - 1 in extent.view.owned
    extent.at += closing
    return closing


def _skip(extent: Extent, closing: str, *, keep: bool) -> bool:
    """Go on behind a closing quote or bracket at most eight words off."""
    for word in range(extent.at + 1, min(extent.at + 9, extent.limit)):
        if extent.view.text.words.form[word] == closing:
            if keep:
                _take(extent, extent.at, word + 1)
            extent.at = word + 1
            return keep or closing == ")"
    return False


def _read_preposition(extent: Extent) -> bool:
    view, word = extent.view, extent.at
    form = view.text.words.form[word].lower()
    if word + 1 >= extent.limit:
        return False
    if form in _FIELD or extent.field:
        fitting = form in _FIELD or governed_within(view, word, extent.head + 1, word)
        owner = view.owner_from.get(word + 1)
        if extent.field and form in ("в", "при") and owner is not None and extent.organisation is None:
            extent.organisation, extent.at = owner, view.words[owner][1]
            return True
        if fitting:
            lemma = view.text.syntax.lemma[extent.head].lower()
            extent.muted |= extent.organisation is not None and not lemma.startswith(_WITH_FIELD)
            _take(extent, word, word + 1)
            extent.field, extent.at = True, word + 1
        return fitting
    return form in _SEAT and _read_seat(extent, form)


def _read_seat(extent: Extent, form: str) -> bool:
    """'наблюдатель от | ОБСЕ'; 'постоянный представитель | Крыма | при Президенте РФ'."""
    view, word = extent.view, extent.at
    owner = view.owner_from.get(word + 1)
    named = owner is not None and view.mentions[owner].form != "adjective"
    if extent.organisation is None and named and owner is not None:
        extent.organisation, extent.at = owner, view.words[owner][1]
        return extent.at <= extent.limit
    abroad = form in ("в", "во", "на") and named and view.text.syntax.lemma[extent.head].lower().startswith(_ENVOYS)
    if form == "при" or abroad:
        _take(extent, word, word + 1)
        extent.field, extent.at = True, word + 1
        return True
    return False


def _read_conjunction(extent: Extent) -> bool:
    """'министр торговли и | промышленности', never 'министр торговли и | вице-премьер'."""
    view, word = extent.view, extent.at
    following = word + 1
    if following >= extent.limit or following in view.person_at:
        return False
    if following in view.owner_from:
        return _read_second_owner(extent, view.owner_from[following])
    if kind_at(view, following) and case_of(view, following) == case_of(view, extent.head) != "Gen":
        return False
    tied = governed_within(view, following, extent.head + 1, word)
    if tied:
        _take(extent, word, following)
        extent.at = following
    return tied


def _read_second_owner(extent: Extent, owner: int) -> bool:
    """'корреспондент Die Welt и | Frankfurter Allgemeine': the first of two stands for both."""
    view, first = extent.view, extent.organisation
    if first is None or view.mentions[first].type != view.mentions[owner].type or view.words[owner][1] > extent.limit:
        return False
    tied = governed_within(view, view.words[owner][0], extent.head, view.words[first][1])
    extent.at = view.words[owner][1] if tied else extent.at
    return tied


def _read_word(extent: Extent) -> bool:
    """A genitive complement, or any word of a 'по ...'."""
    view, word = extent.view, extent.at
    text = view.text
    if text.syntax.pos[word] not in _INNER and feature(text, word, "VerbForm") != "Part":
        return False
    opened = extent.field and text.words.form[word - 1].lower() in _FIELD
    named = word < view.professions.get(extent.head, 0)
    if not (opened or named or governed_within(view, word, extent.head, word) or _belongs_ahead(extent)):
        return False
    governor = int(text.syntax.head[word])
    wanted = {"Gen", ""} | ({"Ins"} if governor >= 0 and text.syntax.lemma[governor].endswith("щий") else set())
    if not extent.field and case_of(view, word) not in wanted:
        return False
    held = extent.organisation
    if held is not None and view.mentions[held].form != "adjective" and not extent.field:
        return False
    extent.bodied |= _is_body(view, word)
    if _is_lone_body(extent):
        extent.at = _behind_quotes(extent, word + 1)
        return False
    _take(extent, word, word + 1)
    extent.at = word + 1
    return True


def _belongs_ahead(extent: Extent) -> bool:
    """An adjective whose noun comes next and belongs here: 'министр | иностранных дел'."""
    head = int(extent.view.text.syntax.head[extent.at])
    return extent.at < head < min(extent.at + 5, extent.limit) and governed_within(
        extent.view, head, extent.head, extent.at
    )


def _is_lone_body(extent: Extent) -> bool:
    """'глава | ведомства': a noun for what is named elsewhere, with no word of its own."""
    view, word = extent.view, extent.at
    if extent.field or not _is_body(view, word):
        return False
    after = word + 1
    more = after < extent.limit and (
        after in view.owner_from or (view.text.words.form[after] in CLOSING and after + 1 in view.owner_from)
        or (view.text.syntax.pos[after] in _INNER and governed_within(view, after, word, after))
    )
    own = view.text.syntax.deprel[word - 1] == "amod" and word - 1 > extent.head and word - 1 not in view.owner_from
    return not more and not own


def _behind_quotes(extent: Extent, at: int) -> int:
    """The word behind a name in quotes that no mention holds, `at` where there is none."""
    forms = extent.view.text.words.form[at:min(at + 9, extent.limit)]
    closing = CLOSING.get(forms[0]) if forms else None
    return at + forms.index(closing, 1) + 1 if closing in forms[1:] else at


def _take(extent: Extent, first: int, last: int) -> None:
    """Add words to the last part, or begin another where an organisation stands between."""
    if extent.muted:
        return
    if extent.parts[-1][1] == first:
        extent.parts[-1][1] = last
    else:
        extent.parts.append([first, last])
