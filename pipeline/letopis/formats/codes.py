"""What people call languages in headers -> ISO 639-1 codes."""

import re

_CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee "
    "el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is "
    "it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms "
    "mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk "
    "sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi "
    "yo za zh zu"
)
_ISO_639_1 = frozenset(_CODES.split())
_NAMES: dict[str, str] = {
    spelling: code
    for code, spellings in {
        "ru": "rus russian русский рус russisch", "uk": "ua ukr ukrainian украинский українська",
        "be": "by bel belarusian белорусский беларуская", "kk": "kz kaz kazakh казахский", "en": "eng english английский",
        "bg": "bul bulgarian болгарский", "sr": "srp serbian сербский", "mk": "mkd macedonian македонский",
        "ky": "kg kir kyrgyz киргизский кыргызский", "tg": "tgk tajik таджикский", "tt": "tat tatar татарский",
        "uz": "uzb uzbek узбекский", "hy": "hye armenian армянский", "ka": "geo kat georgian грузинский",
        "az": "aze azerbaijani азербайджанский", "de": "deu ger german немецкий", "fr": "fra fre french французский",
        "es": "spa spanish испанский", "it": "ita italian итальянский", "pl": "pol polish польский",
        "tr": "tur turkish турецкий", "zh": "zho chi chinese китайский", "ro": "ron rum romanian румынский",
    }.items()
    for spelling in (code, *spellings.split())
}


def stated_language(name: str | None) -> str | None:
    """'ru-RU', 'Russian', 'рус' -> 'ru'; None for what names no language that we know of."""
    first = re.split(r"[\W_]", (name or "").strip().casefold(), maxsplit=1)[0]
    return _NAMES.get(first) or (first if first in _ISO_639_1 else None)
