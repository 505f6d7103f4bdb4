// The page of one event: what, when, where, who, every place that tells it, and where these disagree.
"use strict";
(() => {
  const { h } = letopis;
  const ORDER = ["agent", "participant", "organizer", "patient", "beneficiary", "instrument", "place", "cause"];

  letopis.pages.event = async (id) => {
    const event = await letopis.record("events", id);
    if (!event) return letopis.missing();
    return h("div.page", null, head(event), h("div.columns.side", null,
      h("div", null, sightings(event), quotes(event)),
      h("aside", null, participants(event), quantities(event.quantities), conflicts(event.conflicts), linked(event.linked))));
  };

  function head(event) {
    const when = letopis.when(event.date_start, event.date_end);
    return h("header.title", null, h("p.kicker", null, letopis.tag(event.type), letopis.realis(event.realis)), h("h1", null, event.name),
      h("dl.facts", null,
        fact("date", when || letopis.t("dateUnknown"), basisOf(event.sightings.filter((s) => s[9] === (event.date_start ?? null)), 11)),
        fact("place", event.place ? letopis.entity(event.place_entity_id, event.place) : letopis.t("placeUnknown"), event.place ? basisOf(event.sightings.filter((s) => s[12] === event.place), 13) : null),
        fact("articles", letopis.dot(letopis.count(event.document_count, "article"), letopis.count(event.mention_count, "mention")), null),
        fact("salience", letopis.percent(event.salience), null)));
  }

  const fact = (name, value, note) => h("div", null, h("dt", null, letopis.t(name)), h("dd", null, value, note ? h("span.aside", null, note) : null));

  // What the first of these sightings that tells its basis rests on.
  function basisOf(sightings, at) {
    const found = sightings.find((s) => s[at]);
    return found ? letopis.t(found[at]) : null;
  }

  // Sightings by article, as they stand: an article once, its sentences under it.
  function sightings(event) {
    const articles = [];
    for (const row of event.sightings) {
      if (!articles.length || articles.at(-1)[0][0] !== row[0]) articles.push([]);
      articles.at(-1).push(row);
    }
    return letopis.section(letopis.t("sightings"), null, letopis.growing(articles, told, 10), letopis.shownOf(event.sightings.length, event.mention_count));
  }

  function told(rows) {
    const [document, title, source, day, field, start] = rows[0];
    return h("li.sighting", null, h("p.source", null, letopis.dot(letopis.articleLink(document, title, field, start), source, letopis.day(day))), rows.map(sentence));
  }

  function sentence([document, , , , field, start, text, type, realis, from, to, basis, place, placeBasis, reporter, score, method]) {
    const evidence = [letopis.typeName(type), realis === "actual" ? null : letopis.t(realis), [letopis.when(from, to), basis ? ` (${letopis.t(basis)})` : ""].join(""),
      place ? place + (placeBasis ? ` (${letopis.t(placeBasis)})` : "") : null, reporter ? `${letopis.t("reporter")}: ${reporter}` : null];
    return [h("blockquote", null, letopis.sentence(text)),
      h("p.evidence", null, letopis.dot(...evidence, h("a", { href: letopis.at(document, field, start) }, `${letopis.t("score")} ${letopis.percent(score)}`), method))];
  }

  function quotes(event) {
    if (!event.quotes.length) return null;
    return letopis.section(letopis.t("quotes"), null, letopis.growing(event.quotes, ([text, kind, speaker, name, document, title, day, field, start]) =>
      h("li.quote", null, h("blockquote", null, kind === "direct" ? `«${text}»` : text),
        h("p.source", null, letopis.dot(speaker ? letopis.entity(speaker, name) : null, letopis.articleLink(document, title, field, start), letopis.day(day)))), 6),
    letopis.shownOf(event.quotes.length, event.quote_count));
  }

  function participants(event) {
    const roles = new Map(ORDER.filter((role) => [...event.participants, ...event.unnamed].some((p) => p[0] === role)).map((role) => [role, []]));
    for (const [role, id, name, label, mentions] of event.participants) {
      if (!roles.has(role)) roles.set(role, []);
      roles.get(role).push(h("li", null, h(`a.n-${label}`, { href: letopis.link("entity", id) }, name), mentions > 1 ? h("span.aside", null, `×${letopis.number(mentions)}`) : null));
    }
    for (const [role, text, count] of event.unnamed) {
      if (!roles.has(role)) roles.set(role, []);
      roles.get(role).push(h("li.unnamed", { title: letopis.t("unnamed") }, text, count > 1 ? h("span.aside", null, `×${letopis.number(count)}`) : null));
    }
    if (!roles.size) return null;
    return letopis.section(letopis.t("participants"), null, h("dl.roles", null, [...roles].map(([role, items]) =>
      h("div", null, h("dt", null, letopis.t(role)), h("dd", null, h("ul", null, items))))));
  }

  const quantities = (rows) => rows.length ? letopis.section(letopis.t("quantities"), null,
    h("ul.numbers", null, rows.slice(0, 15).map(([kind, text, value, most, unit, approximate, document, field, start]) => h("li", null,
      letopis.articleLink(document, text, field, start), h("span.aside", null, letopis.t(kind)))))) : null;

  function conflicts(rows) {
    if (!rows.length) return null;
    return letopis.section(letopis.t("conflicts"), letopis.t("conflictsNote"), h("dl.conflicts", null, rows.map(([what, ways]) =>
      h("div", null, h("dt", null, what.split(" ").map((word) => letopis.t(word)).join(" ")), h("dd", null, h("ul", null, ways.map(([value, number, document]) =>
        h("li", null, h("a", { href: letopis.link("article", document) }, shown(what, value)), h("span.aside", null, `×${letopis.number(number)}`)))))))));
  }

  function shown(what, value) {
    if (what === "type") return letopis.typeName(value);
    if (what === "realis") return letopis.t(value);
    if (what !== "date") return value;
    const [from, to] = value.includes("/") ? value.split("/") : [value, value];
    return letopis.when(from || null, to || null);
  }

  const linked = (rows) => rows.length ? letopis.section(letopis.t("linked"), null, h("ul.links", null, rows.map(([role, id, name]) =>
    h("li", null, h("span.aside.first", null, letopis.t(role)), h("a", { href: letopis.link("event", id) }, name))))) : null;
})();
