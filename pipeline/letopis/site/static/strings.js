// What the report itself says, in Russian and English. What the articles say stays as it is.
"use strict";
letopis.strings = {
  ru: {
    skip: "К содержанию", search: "Поиск", searchHint: "Имя, место, событие", sections: "Разделы", theme: "Тема: светлая или тёмная",
    events: "События", PER: "Люди", ORG: "Организации", LOC: "Места", MISC: "Прочее", EVT: "События", DATE: "Даты", articles: "Статьи", about: "Об отчёте",
    until: "до", from: "с", leading: "Главное", timeline: "Хроника", map: "Карта событий", who: "О ком пишут", bodies: "Какие организации",
    where: "Где", speakers: "Кого цитируют", sources: "Источники", kinds: "О чём", all: "Все", more: "Показать ещё",
    timelineNote: "События, которым посвящены статьи (заметность от 0,5), по дню начала; без заявлений — они в отдельном ряду.",
    mapNote: "Места, где что-то произошло; величина круга — число событий. Кольцо — страна или регион целиком, поставленные в столицу или крупнейший город.",
    statements: "Заявления", happenings: "События", statement: "заявление", politics: "Политика", conflict: "Конфликты", justice: "Право и преступления",
    disaster: "Происшествия", economy: "Экономика", society: "Общество", culture: "Культура, спорт, наука", other: "Прочее",
    dateUnknown: "дата не указана", placeUnknown: "место не указано", untitled: "без заголовка", undated: "без даты",
    participants: "Участники", sightings: "Где об этом сказано", quotes: "Цитаты", quantities: "Числа", conflicts: "Расхождения", linked: "Связанные события",
    conflictsNote: "Источники или места в них говорят разное.", noConflicts: "Расхождений нет.",
    score: "уверенность", salience: "заметность", method: "правило", basis: "основание", type: "тип", realis: "состоялось ли", date: "дата", place: "место",
    reporter: "со слов", shown: "Показано", of: "из", facts: "Сведения", names: "Имена", aka: "Также", latin: "Латиницей", positions: "Должности",
    holders: "Кто занимал должности", company: "Кто рядом", companyNote: "Участники тех же событий", mentions: "В контексте", relations: "Связи",
    mentionsNote: "По одному упоминанию на статью, новые сверху.", firstLast: "Упоминается", inText: "Разметка", text: "Текст",
    layerNames: "имена", layerEvents: "события", layerRoles: "роли", layerTimes: "даты", layerNumbers: "числа", layerQuotes: "цитаты", layerAnaphors: "местоимения", layerMinor: "прочее",
    eventsHere: "События в статье", keywords: "Ключевые слова", original: "Оригинал", archived: "Архивная копия", duplicate: "Почти повторяет статью", notAnnotated: "Статья не на русском языке: текст сохранён, разметки нет.",
    standsFor: "стоит вместо", open: "Открыть", noResults: "Ничего не найдено", near: "Точно такого нет; вот похожее.", tryOther: "Попробуйте другое написание или часть слова.",
    typeMore: "Наберите хотя бы две буквы.", found: "Найдено", partial: "Показаны только первые: запрос слишком общий.",
    notFound: "Такой страницы нет", notFoundNote: "Возможно, отчёт обновился и у записи другой номер.", failed: "Не удалось прочесть данные",
    period: "Период", monthPages: "По месяцам", newer: "Новее", older: "Старше", page: "Страница", previous: "Назад", next: "Вперёд", cut: "Показаны самые заметные; всё целиком — в таблицах.",
    countries: "страна", outside: "Вне этого времени", fit: "Приблизить", world: "Весь мир", example: "пример", described: "См. также", unnamed: "без имени в базе",
    current: "занимает", former: "бывший", acting: "и. о.", future: "будущий", actual: "состоялось", planned: "запланировано", negated: "не состоялось", hypothetical: "возможно",
    agent: "кто действует", participant: "участник", patient: "кого или что затронуло", organizer: "организатор", beneficiary: "для кого", instrument: "чем", cause: "причина",
    subevent_of: "часть события", time: "когда", hit: "событие", direct: "прямая речь", indirect: "косвенная речь", explicit: "прямо в тексте", year_inferred: "год по контексту", relative: "от дня публикации или события",
    dateline: "выходные данные", lead: "первый абзац", role: "сказано рядом", count: "число", money: "деньги", percent: "доля", age: "возраст", measure: "мера",
    name: "имя", adjective: "прилагательное", abbreviation: "сокращение", nominal: "описание", pronoun: "местоимение",
    PERSON: "человек", ORGANIZATION: "организация", CITY: "город", COUNTRY: "страна", STATE_OR_PROVINCE: "регион", DISTRICT: "район", LOCATION: "место", FACILITY: "сооружение",
    PRODUCT: "продукт", WORK_OF_ART: "произведение", LAW: "закон", AWARD: "награда", FAMILY: "семья", EVENT: "событие", NATIONALITY: "народ", PROFESSION: "должность", NUMBER: "число", ORDINAL: "порядковое",
    MONEY: "деньги", PERCENT: "доля", AGE: "возраст", TIME: "время", IDEOLOGY: "идеология", RELIGION: "религия", LANGUAGE: "язык", DISEASE: "болезнь", CRIME: "преступление", PENALTY: "наказание",
    WORKPLACE: "место работы", WORKS_AS: "кем работает", MEMBER_OF: "член", HEADQUARTERED_IN: "находится в", LOCATED_IN: "находится в", PART_OF: "часть", SUBORDINATE_OF: "подчиняется", FOUNDED_BY: "основатель",
    OWNER_OF: "владелец", PARENT_OF: "родитель", SPOUSE: "супруг", SIBLING: "брат или сестра", RELATIVE: "родственник", KNOWS: "знаком с", PLACE_OF_BIRTH: "место рождения", PLACE_OF_DEATH: "место смерти",
    PLACE_RESIDES_IN: "живёт в", ORIGINS_FROM: "родом из", SCHOOLS_ATTENDED: "учился в", PRODUCES: "производит", AWARDED_WITH: "награда", PARTICIPANT_IN: "участник", TAKES_PLACE_IN: "проходит в", MEDICAL_CONDITION: "болезнь",
  },
  en: {
    skip: "Skip to content", search: "Search", searchHint: "Name, place, event", sections: "Sections", theme: "Theme: light or dark",
    events: "Events", PER: "People", ORG: "Organisations", LOC: "Places", MISC: "Other names", EVT: "Events", DATE: "Dates", articles: "Articles", about: "About",
    until: "until", from: "from", leading: "Top stories", timeline: "Timeline", map: "Where it happened", who: "People in the news", bodies: "Organisations",
    where: "Places", speakers: "Most quoted", sources: "Sources", kinds: "What about", all: "All", more: "Show more",
    timelineNote: "Events that articles are about (salience from 0.5), by their first day; statements apart, in a row of their own.",
    mapNote: "Places where something happened; size is the number of events. A ring is a country or a whole region, put at its capital or largest city.",
    statements: "Statements", happenings: "Happenings", statement: "statement", politics: "Politics", conflict: "Conflict", justice: "Law and crime",
    disaster: "Accidents", economy: "Economy", society: "Society", culture: "Culture, sport, science", other: "Other",
    dateUnknown: "date not stated", placeUnknown: "place not stated", untitled: "untitled", undated: "undated",
    participants: "Participants", sightings: "Where it is told", quotes: "Quotes", quantities: "Numbers", conflicts: "Disagreements", linked: "Linked events",
    conflictsNote: "Sources, or places in them, say different things.", noConflicts: "None.",
    score: "confidence", salience: "salience", method: "rule", basis: "basis", type: "type", realis: "did it happen", date: "date", place: "place",
    reporter: "according to", shown: "Showing", of: "of", facts: "Facts", names: "Names", aka: "Also", latin: "In Latin letters", positions: "Positions",
    holders: "Who held positions", company: "Together with", companyNote: "Participants of the same events", mentions: "In context", relations: "Relations",
    mentionsNote: "One mention an article, newest first.", firstLast: "Mentioned", inText: "Marks", text: "Text",
    layerNames: "names", layerEvents: "events", layerRoles: "roles", layerTimes: "dates", layerNumbers: "numbers", layerQuotes: "quotes", layerAnaphors: "pronouns", layerMinor: "other",
    eventsHere: "Events in this article", keywords: "Keywords", original: "Original", archived: "Archived copy", duplicate: "Nearly repeats", notAnnotated: "Not in Russian: the text is kept, nothing is marked.",
    standsFor: "stands for", open: "Open", noResults: "Nothing found", near: "Nothing quite like that; these come near.", tryOther: "Try another spelling or a part of the word.",
    typeMore: "Type at least two letters.", found: "Found", partial: "Only the first are shown: the query is too general.",
    notFound: "No such page", notFoundNote: "The report may have been renewed, and the record has another id.", failed: "The data could not be read",
    period: "Period", monthPages: "By month", newer: "Newer", older: "Older", page: "Page", previous: "Back", next: "Next", cut: "The most salient are shown; all are in the tables.",
    countries: "country", outside: "Outside this time", fit: "Zoom in", world: "World", example: "example", described: "See also", unnamed: "not in the base of names",
    current: "holds", former: "former", acting: "acting", future: "future", actual: "happened", planned: "planned", negated: "did not happen", hypothetical: "possible",
    agent: "who acts", participant: "participant", patient: "who or what is affected", organizer: "organiser", beneficiary: "for whom", instrument: "by what", cause: "cause",
    subevent_of: "part of", time: "when", hit: "event", direct: "direct speech", indirect: "indirect speech", explicit: "stated", year_inferred: "year from context", relative: "relative to a day",
    dateline: "dateline", lead: "first paragraph", role: "stated beside it", count: "count", money: "money", percent: "share", age: "age", measure: "measure",
    name: "name", adjective: "adjective", abbreviation: "abbreviation", nominal: "description", pronoun: "pronoun",
    PERSON: "person", ORGANIZATION: "organisation", CITY: "city", COUNTRY: "country", STATE_OR_PROVINCE: "region", DISTRICT: "district", LOCATION: "place", FACILITY: "facility",
    PRODUCT: "product", WORK_OF_ART: "work of art", LAW: "law", AWARD: "award", FAMILY: "family", EVENT: "event", NATIONALITY: "people", PROFESSION: "post", NUMBER: "number", ORDINAL: "ordinal",
    MONEY: "money", PERCENT: "share", AGE: "age", TIME: "time", IDEOLOGY: "ideology", RELIGION: "religion", LANGUAGE: "language", DISEASE: "disease", CRIME: "crime", PENALTY: "penalty",
  },
};
letopis.nouns = {
  ru: {
    article: { one: "статья", few: "статьи", many: "статей", other: "статьи" }, event: { one: "событие", few: "события", many: "событий", other: "события" },
    statement: { one: "заявление", few: "заявления", many: "заявлений", other: "заявления" }, mention: { one: "упоминание", few: "упоминания", many: "упоминаний", other: "упоминания" },
    PER: { one: "человек", few: "человека", many: "человек", other: "человека" }, ORG: { one: "организация", few: "организации", many: "организаций", other: "организации" },
    LOC: { one: "место", few: "места", many: "мест", other: "места" }, quote: { one: "цитата", few: "цитаты", many: "цитат", other: "цитаты" },
    sighting: { one: "место в статьях", few: "места в статьях", many: "мест в статьях", other: "места в статьях" }, time: { one: "раз", few: "раза", many: "раз", other: "раза" },
    MISC: { one: "имя", few: "имени", many: "имён", other: "имени" },
  },
  en: {
    article: { one: "article", other: "articles" }, event: { one: "event", other: "events" }, statement: { one: "statement", other: "statements" }, mention: { one: "mention", other: "mentions" },
    PER: { one: "person", other: "people" }, ORG: { one: "organisation", other: "organisations" }, LOC: { one: "place", other: "places" }, quote: { one: "quote", other: "quotes" },
    sighting: { one: "place in articles", other: "places in articles" }, time: { one: "time", other: "times" }, MISC: { one: "name", other: "names" },
  },
};
letopis.t = (key) => letopis.strings[letopis.language][key] ?? String(key).replaceAll("_", " ").toLowerCase();
letopis.typeName = (type) => {               // 'disaster.fire' -> 'пожар', 'Fire'
  const known = letopis.manifest.types[type];
  if (letopis.language === "ru") return known ? known[0] : type;
  const name = type.slice(type.indexOf(".") + 1);
  return name.charAt(0).toUpperCase() + name.slice(1);
};
letopis.familyOf = (type) => {
  const first = type.split(".")[0];
  const found = Object.entries(letopis.manifest.families).find(([, prefixes]) => prefixes.includes(first));
  return found ? found[0] : "other";
};
