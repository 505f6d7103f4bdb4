// The first page.
"use strict";
(() => {
  const { h } = letopis;

  letopis.pages[""] = async () => {
    const data = await letopis.load("overview");
    return h("div.page", null, head(data), leading(data.leading),
      data.core.since ? letopis.section(letopis.t("timeline"), letopis.t("timelineNote"), letopis.timeline(data)) : null,
      data.map.length ? letopis.section(letopis.t("map"), null, letopis.map(data.map)) : null,
      h("div.columns.three", null, top(data, "PER", "who"), top(data, "ORG", "bodies"), top(data, "LOC", "where")),
      h("div.columns.three", null, speakers(data.speakers), kinds(data.types), sources(data.sources)));
  };

  function head({ counts, top: tops }) {
    const period = counts.since ? letopis.when(counts.since, counts.until) : "";
    const entities = Object.entries(letopis.manifest.lists).filter(([name]) => ["PER", "ORG", "LOC"].includes(name));
    const figures = [[counts.articles, "article", "#/articles"], [counts.happenings, "event", "#/events"],
      ...["PER", "ORG", "LOC"].filter((l) => tops[l]).map((l) => [entities.find(([n]) => n === l)[1][2], l, `#/list/${l}`]),
      [counts.statements, "statement", "#/events?family=statement"]];
    return h("header.opening", null, h("h1.hidden", null, "Летопись"), h("p.period", null, period),
      h("ul.figures", null, figures.map(([number, noun, href]) => {
        const words = letopis.count(number, noun).split(/(?<=\d)\s(?=\p{L})/u);
        return h("li", null, h("a", { href }, h("b", null, words[0]), h("span", null, words[1] || "")));
      })));
  }

  function leading(rows) {
    if (!rows.length) return null;
    const [first, ...others] = rows;
    const brief = ([id, name, type, , start, end]) => h("li", null, h("a", { href: letopis.link("event", id) }, name),
      h("p.meta", null, letopis.dot(letopis.tag(type), letopis.when(start, end))));
    return h("section.leading", null, h("h2.hidden", null, letopis.t("leading")),
      h("div", null, story(first, "h3.big", 6), h("ol.others", null, others.slice(4).map(brief))),
      h("div.seconds", null, others.slice(0, 4).map((row) => story(row, "h3", 3))));
  }

  function story([id, name, type, realis, start, end, placeId, place, documents, lead, document, title, source, parts], heading, most) {
    const who = (parts || []).slice(0, most);
    return h("article.story", null, h("p.kicker", null, letopis.tag(type), letopis.realis(realis)),
      h(heading, null, h("a", { href: letopis.link("event", id) }, name)),
      h("p.meta", null, letopis.dot(letopis.when(start, end), letopis.entity(placeId, place))),
      h("p.lead", null, lead),
      title && title !== lead ? h("p.headline", null, h("a", { href: letopis.link("article", document) }, title)) : null,
      who.length ? h("p.who", null, who.flatMap(([id, name], i) => i ? [", ", letopis.entity(id, name)] : [letopis.entity(id, name)])) : null,
      h("p.source", null, letopis.dot(source, documents > 1 ? letopis.count(documents, "article") : null)));
  }

  const top = (data, label, title) => letopis.section(letopis.t(title), null,
    letopis.bars((data.top[label] || []).map(([id, name, , documents]) => [letopis.link("entity", id), name, documents]), "article"),
    h("a.all", { href: `#/list/${label}` }, `${letopis.t("all")} →`));

  const speakers = (rows) => letopis.section(letopis.t("speakers"), null,
    letopis.bars(rows.map(([id, name, , quotes]) => [letopis.link("entity", id), name, quotes]), "quote"));

  const sources = (rows) => rows.length ? letopis.section(letopis.t("sources"), null,
    letopis.bars(rows.map(([name, articles]) => [null, name, articles]), "article"), h("a.all", { href: "#/articles" }, `${letopis.t("articles")} →`)) : null;

  function kinds(rows) {
    return letopis.section(letopis.t("kinds"), null,
      letopis.bars(rows.map(([type, family, events]) => [`#/events?family=${family}`, letopis.typeName(type), events]), "event"));
  }
})();
