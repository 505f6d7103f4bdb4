// What the report is, how to read it, what it leaves out.
"use strict";
(() => {
  const { h } = letopis;
  const TEXTS = {
    ru: [
      ["Что это", "Снимок таблиц Летописи в виде страниц. Всё, что здесь написано о людях, организациях, местах и событиях, извлечено из статей программой; у каждого утверждения есть место в тексте, к которому ведёт ссылка."],
      ["Как читать", "Событие — это происходящее, о котором говорят одна или несколько статей. «Заметность» — насколько статья посвящена событию, от 0 до 100 %. «Уверенность» — вероятность того, что разметка верна. «Основание» говорит, откуда взяты дата и место: из самого текста, из даты публикации, из первого абзаца."],
      ["Заявления отдельно", "Слова и обвинения, требования и обещания — тоже события, но их много, и они показаны отдельно от того, что произошло."],
      ["Чего здесь нет", "Длинные списки показывают самое заметное и говорят, сколько всего; полностью всё лежит в таблицах Parquet. Программа ошибается: сверяйтесь с текстом. Границ государств на карте нет намеренно."],
      ["Клавиши", "«/» — поиск, Tab — по порядку, Enter — открыть, Esc — закрыть карточку."],
      ["Данные карты", "Очертания суши: Natural Earth (общественное достояние). Координаты и имена мест: GeoNames (CC BY 4.0)."],
    ],
    en: [
      ["What this is", "A snapshot of Letopis tables as pages. What is said here of people, organisations, places and events was extracted from articles by a program; every statement has its place in a text, and a link leads to it."],
      ["How to read it", "An event is something that happens and that one or more articles speak of. Salience is how much an article is about the event, 0 to 100 %. Confidence is the probability that a mark is right. Basis says what a date or place rests on: the text itself, the day of publication, the first paragraph."],
      ["Statements apart", "Words and accusations, demands and promises are events too, but there are many, and they are shown apart from what happened."],
      ["What is not here", "Long lists show the most salient rows and say how many there are; the Parquet tables have all. The program errs: check with the text. There are no borders of states on the map, on purpose."],
      ["Keys", "/ searches, Tab goes on, Enter opens, Escape closes a card."],
      ["Data of the map", "Land: Natural Earth (public domain). Coordinates and names of places: GeoNames (CC BY 4.0)."],
    ],
  };

  letopis.pages.about = async () => h("div.page.narrow", null, h("h1", null, letopis.t("about")),
    TEXTS[letopis.language].map(([title, text]) => h("section.block", null, h("h2", null, title), h("p", null, text))),
    h("p.meta", null, `Letopis ${letopis.manifest.version} · ${letopis.manifest.snapshot}`));
})();
