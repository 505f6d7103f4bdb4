// Days, months and numbers as people write them, in both languages.
"use strict";
(() => {
  const OF = {
    ru: ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"],
    en: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
  };
  const NAMED = {
    ru: ["январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"],
    en: OF.en,
  };
  const parts = (day) => day.split("-").map(Number);

  letopis.day = (text) => {
    if (!text) return "";
    const [year, month, day] = parts(text);
    return `${day} ${OF[letopis.language][month - 1]} ${year}`;
  };
  letopis.month = (text) => {
    const [year, month] = parts(text);
    return month ? `${NAMED[letopis.language][month - 1]} ${year}` : `${year}`;
  };

  // '12 сентября 2023', '12–14 сентября 2023', 'сентябрь 2023', '2023', 'до 31 августа 2023'
  letopis.when = (start, end) => {
    if (!start && !end) return "";
    if (!start) return `${letopis.t("until")} ${letopis.day(end)}`;
    if (!end) return `${letopis.t("from")} ${letopis.day(start)}`;
    if (start === end) return letopis.day(start);
    return whole(start, end) || between(start, end);
  };

  function whole(start, end) {
    const [year, month, day] = parts(start);
    const [lastYear, lastMonth, lastDay] = parts(end);
    if (day !== 1 || lastDay !== new Date(lastYear, lastMonth, 0).getDate()) return "";
    if (month === 1 && lastMonth === 12) return year === lastYear ? `${year}` : `${year}–${lastYear}`;
    return year === lastYear && month === lastMonth ? letopis.month(start) : "";
  }

  function between(start, end) {
    const [year, month, day] = parts(start);
    const [lastYear, lastMonth] = parts(end);
    if (year !== lastYear) return `${letopis.day(start)} – ${letopis.day(end)}`;
    return month === lastMonth ? `${day}–${letopis.day(end)}` : `${day} ${OF[letopis.language][month - 1]} – ${letopis.day(end)}`;
  }

  letopis.number = (value) => new Intl.NumberFormat(letopis.language, { maximumFractionDigits: 2 }).format(value);
  letopis.percent = (value) => new Intl.NumberFormat(letopis.language, { style: "percent" }).format(value);
  letopis.count = (value, noun) => {         // count(3, "article") -> '3 статьи'
    const form = new Intl.PluralRules(letopis.language).select(value);
    const forms = letopis.nouns[letopis.language][noun];
    return `${letopis.number(value)} ${forms[form] || forms.many || forms.other}`;
  };
})();
