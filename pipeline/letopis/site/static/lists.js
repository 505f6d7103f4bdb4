// Lists of events, entities and articles, a hundred rows a page.
"use strict";
(() => {
  const { h } = letopis;
  const ROWS = 100;
  const FAMILIES = ["politics", "conflict", "justice", "disaster", "economy", "society", "culture", "other", "statement"];

  function pager(base, page, count) {
    const pages = Math.ceil(count / ROWS);
    if (pages < 2) return null;
    const to = (n, text, rel) => n < 0 || n >= pages ? h("span.off", null, text) : h("a", { href: `${base}${base.includes("?") ? "&" : "?"}page=${n + 1}`, rel }, text);
    return h("nav.pager", { "aria-label": letopis.t("page") }, to(page - 1, `← ${letopis.t("previous")}`, "prev"),
      h("span", null, `${letopis.t("page")} ${letopis.number(page + 1)} ${letopis.t("of")} ${letopis.number(pages)}`), to(page + 1, `${letopis.t("next")} →`, "next"));
  }

  const pageOf = (query) => Math.max(0, (Number.parseInt(query.get("page"), 10) || 1) - 1);

  letopis.pages.events = async (_, query) => {
    const family = query.get("family"), month = query.get("month"), year = query.get("year");
    const name = family ? `family:${family}` : month ? `${query.get("said") ? "said" : "month"}:${month}` : year ? `year:${year}` : "happenings";
    const base = `#/events${family ? `?family=${family}` : month ? `?month=${month}${query.get("said") ? "&said=1" : ""}` : year ? `?year=${year}` : ""}`;
    const [, length, total] = letopis.manifest.lists[name] || ["", 0, 0], page = pageOf(query);
    const rows = await letopis.rows(name, page * ROWS, ROWS);
    const title = month || year ? letopis.month(month || year) : family ? letopis.t(family === "statement" ? "statements" : family) : letopis.t("events");
    return h("div.page", null, h("h1", null, title), filters(name),
      month ? swap(month, Boolean(query.get("said"))) : null,
      rows.length ? h("ol.events", null, rows.map(letopis.eventRow)) : h("p", null, letopis.t("noResults")),
      letopis.shownOf(length, total), pager(base, page, length));
  };

  const filters = (name) => h("nav.chips", { "aria-label": letopis.t("type") },
    h("a", { href: "#/events", "aria-current": name === "happenings" ? "true" : null }, letopis.t("all")),
    FAMILIES.filter((family) => letopis.manifest.lists[`family:${family}`]).map((family) =>
      h("a", { href: `#/events?family=${family}`, "aria-current": name === `family:${family}` ? "true" : null },
        h(`i.f-${family}`), letopis.t(family === "statement" ? "statements" : family))));

  // Statements of a month stand on a page of their own.
  const swap = (month, said) => h("nav.chips", null,
    h("a", { href: `#/events?month=${month}`, "aria-current": said ? null : "true" }, letopis.t("happenings")),
    h("a", { href: `#/events?month=${month}&said=1`, "aria-current": said ? "true" : null }, letopis.t("statements")));

  letopis.pages.list = async (label, query) => {
    if (!["PER", "ORG", "LOC", "MISC"].includes(label)) return letopis.missing();
    const [, length] = letopis.manifest.lists[label] || ["", 0], page = pageOf(query);
    const rows = await letopis.rows(label, page * ROWS, ROWS);
    return h("div.page", null, h("h1", null, letopis.t(label)), h("p.meta", null, letopis.count(length, label)),
      h("ol.names", null, rows.map(entityRow)), pager(`#/list/${label}`, page, length));
  };

  const entityRow = ([id, name, type, country, documents, mentions, since, until]) => h("li", null,
    h("a.title", { href: letopis.link("entity", id) }, name),
    h("p.meta", null, letopis.dot(letopis.t(type), country, letopis.count(documents, "article"), letopis.count(mentions, "mention"),
      since ? letopis.when(since, until) : null)));

  letopis.pages.articles = async (_, query) => {
    const [, length] = letopis.manifest.lists.articles || ["", 0];
    const months = letopis.manifest.months, month = query.get("month");
    const page = month in months ? Math.floor(months[month] / ROWS) : pageOf(query);
    const rows = await letopis.rows("articles", page * ROWS, ROWS);
    const list = h("ol.events", null, rows.map(articleRow));
    return h("div.page", null, h("h1", null, letopis.t("articles")), h("p.meta", null, letopis.count(length, "article")),
      monthPicker(Object.keys(months), month), list, pager("#/articles", page, length));
  };

  function monthPicker(months, month) {
    if (months.length < 2) return null;
    const pick = h("select", { change: (event) => { location.hash = `#/articles?month=${event.target.value}`; } },
      months.map((m) => h("option", { value: m, selected: m === month }, m ? letopis.month(m) : letopis.t("undated"))));
    return h("label.picker", null, `${letopis.t("monthPages")} `, pick);
  }

  const articleRow = ([id, title, source, day, events, description, annotated, path]) => h("li.event", null,
    h("div.when", null, letopis.day(day) || letopis.t("undated")),
    h("div.what", null, h("a.title", { href: letopis.link("article", id) }, title || path), description ? h("p.lead", null, description) : null,
      h("p.meta", null, letopis.dot(source, annotated ? letopis.count(events, "event") : null))));
})();
