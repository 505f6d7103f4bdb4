// Pieces that several pages share.
"use strict";
(() => {
  const { h } = letopis;

  letopis.tag = (type) => h(`span.tag.f-${letopis.familyOf(type)}`, null, letopis.typeName(type));
  letopis.realis = (realis) => realis === "actual" ? null : h(`span.badge.${realis}`, null, letopis.t(realis));
  letopis.section = (title, note, ...body) => h("section.block", null,
    h("div.head", null, h("h2", null, title), note ? h("p.note", null, note) : null), body);
  letopis.entity = (id, name) => id ? h("a", { href: letopis.link("entity", id) }, name || id) : (name || "");
  letopis.dot = (...items) => items.filter(Boolean).flatMap((item, i) => i ? [h("span.sep", null, " · "), item] : [item]);

  // A sentence with its hit and roles marked: ["before ", ["hit text", "hit"], " after"].
  letopis.sentence = (segments) => segments.map((part) => typeof part === "string" ? part
    : part[1] === "hit" ? h("mark", null, part[0]) : h("span.part", { title: letopis.t(part[1]) }, part[0]));

  letopis.articleLink = (document, title, field, start) => h("a", {
    href: start === undefined ? letopis.link("article", document) : letopis.at(document, field, start),
  }, title || letopis.t("untitled"));

  // One line of a list of events.
  letopis.eventRow = ([id, name, type, realis, start, end, place, documents, salience, lead]) => h("li.event", null,
    h("div.when", null, letopis.when(start, end) || letopis.t("dateUnknown")),
    h("div.what", null,
      h("a.title", { href: letopis.link("event", id) }, name),
      lead ? h("p.lead", null, lead) : null,
      h("p.meta", null, letopis.dot(letopis.tag(type), letopis.realis(realis), place, documents > 1 ? letopis.count(documents, "article") : null))));

  // Names with bars: [[href, name, number, note], ...]
  letopis.bars = (rows, noun) => {
    const most = Math.max(1, ...rows.map(([, , number]) => number));
    return h("ol.bars", null, rows.map(([href, name, number, note]) => {
      const bar = h("span.fill", { "aria-hidden": "true" });
      bar.style.width = `${Math.max(1.5, 100 * number / most)}%`;
      return h("li", null, h(href ? "a" : "span.plain", { href: href || null }, h("span.name", null, name), note ? h("span.aside", null, note) : null),
        h("span.number", { title: letopis.count(number, noun) }, letopis.number(number)), bar);
    }));
  };

  // 'Показано 60 из 1 240' where not all is shown.
  letopis.shownOf = (shown, total) => total > shown
    ? h("p.note", null, `${letopis.t("shown")} ${letopis.number(shown)} ${letopis.t("of")} ${letopis.number(total)}. ${letopis.t("cut")}`) : null;

  // A list that grows by a button: the first rows now, the others when asked for.
  letopis.growing = (rows, draw, first = 12) => {
    const list = h("ol.plainlist", null, rows.slice(0, first).map(draw));
    if (rows.length <= first) return [list];
    const button = h("button.more", {
      type: "button",
      click: () => {
        const added = rows.slice(first).map(draw);
        list.append(...added);
        button.remove();
        const focus = added[0].querySelector("a");
        if (focus) focus.focus();
      },
    }, `${letopis.t("more")} (${letopis.number(rows.length - first)})`);
    return [list, button];
  };

  letopis.missing = () => h("div.page.narrow", null, h("h1", null, letopis.t("notFound")), h("p", null, letopis.t("notFoundNote")));
})();
