// The page of one person, organisation, place or thing.
"use strict";
(() => {
  const { h } = letopis;

  letopis.pages.entity = async (id) => {
    const entity = await letopis.record("entities", id);
    if (!entity) return letopis.missing();
    return h("div.page", null, head(entity), h("div.columns.side", null,
      h("div", null, events(entity), quotes(entity), mentions(entity)),
      h("aside", null, posts(entity), company(entity.company), relations(entity.relations), statements(entity))));
  };

  function head(entity) {
    const names = [...(entity.abbreviations || []), ...(entity.aliases || [])];
    return h("header.title", null, h("p.kicker", null, h(`span.tag.n-${entity.label}`, null, letopis.t(entity.type))), h("h1", null, entity.name),
      h("p.latin", null, entity.name_latin),
      names.length ? h("p.aka", null, h("span.aside.first", null, letopis.t("aka")), names.slice(0, 24).join(", "), names.length > 24 ? " …" : "") : null,
      h("dl.facts", null,
        fact("firstLast", letopis.dot(letopis.count(entity.document_count, "article"), letopis.count(entity.mention_count, "mention"))),
        entity.first_published ? fact("period", letopis.when(entity.first_published, entity.last_published)) : null,
        entity.country ? fact("countries", entity.country) : null, outer(entity)));
  }

  const fact = (name, ...value) => h("div", null, h("dt", null, letopis.t(name)), h("dd", null, value));

  function outer(entity) {
    const links = [
      /^Q\d+$/.test(entity.wikidata_id || "") ? h("a", { href: `https://www.wikidata.org/wiki/${entity.wikidata_id}` }, `Wikidata ${entity.wikidata_id}`) : null,
      /^\d+$/.test(entity.geonames_id || "") ? h("a", { href: `https://www.geonames.org/${entity.geonames_id}` }, `GeoNames ${entity.geonames_id}`) : null];
    const score = entity.link_score === undefined ? null : h("span.aside", null, `${letopis.t("score")} ${letopis.percent(entity.link_score)}`);
    return links.some(Boolean) ? fact("described", letopis.dot(...links), score) : null;
  }

  const row = ([id, roles, name, type, realis, start, end, place, documents]) => h("li.event", null,
    h("div.when", null, letopis.when(start, end) || letopis.t("dateUnknown")),
    h("div.what", null, h("a.title", { href: letopis.link("event", id) }, name),
      h("p.meta", null, letopis.dot(letopis.tag(type), letopis.realis(realis), roles.map((role) => letopis.t(role)).join(", "), place, documents > 1 ? letopis.count(documents, "article") : null))));

  const events = (entity) => entity.events.length ? letopis.section(letopis.t("events"), null,
    letopis.growing(entity.events, row), letopis.shownOf(entity.events.length, entity.event_count)) : null;

  const statements = (entity) => entity.statements.length ? letopis.section(letopis.t("statements"), null,
    letopis.growing(entity.statements, row, 6), letopis.shownOf(entity.statements.length, entity.statement_count)) : null;

  function posts(entity) {
    const part = (side, title) => {
      const rows = entity.positions.filter((p) => p[0] === side);
      return rows.length ? letopis.section(letopis.t(title), null, h("ol.posts", null, rows.map(post))) : null;
    };
    return [part("holder", "positions"), part("body", "holders")];
  }

  function post([side, position, other, name, status, since, until, articles, example]) {
    const named = other ? h("a", { href: letopis.link("entity", other) }, name) : null;
    return h("li", null, h("p", null, side === "holder" ? [h("b", null, position), named ? [", ", named] : null] : [named, " — ", position]),
      h("p.meta", null, letopis.dot(letopis.t(status), since ? letopis.when(since, until) : null, h("a", { href: letopis.link("article", example) }, letopis.count(articles, "article")))));
  }

  const company = (rows) => rows.length ? letopis.section(letopis.t("company"), letopis.t("companyNote"),
    letopis.bars(rows.slice(0, 14).map(([id, name, , number]) => [letopis.link("entity", id), name, number]), "event")) : null;

  const relations = (rows) => rows.length ? letopis.section(letopis.t("relations"), null, h("ul.links", null, rows.map(([relation, side, id, name, articles, example]) =>
    h("li", null, h("span.aside.first", null, side === "subject" ? `${letopis.t(relation)} →` : `← ${letopis.t(relation)}`), h("a", { href: letopis.link("entity", id) }, name))))) : null;

  const quotes = (entity) => entity.quotes.length ? letopis.section(letopis.t("quotes"), null,
    letopis.growing(entity.quotes, ([document, title, source, day, field, start, text, kind]) => h("li.quote", null,
      h("blockquote", null, kind === "direct" ? `«${text}»` : text),
      h("p.source", null, letopis.dot(letopis.articleLink(document, title, field, start), source, letopis.day(day)))), 5),
    letopis.shownOf(entity.quotes.length, entity.quote_count)) : null;

  const mentions = (entity) => letopis.section(letopis.t("mentions"), letopis.t("mentionsNote"),
    letopis.growing(entity.mentions, ([document, title, source, day, field, start, text, score, method]) => h("li.sighting", null,
      h("blockquote", null, letopis.sentence(text)),
      h("p.source", null, letopis.dot(letopis.articleLink(document, title, field, start), source, letopis.day(day))),
      h("p.evidence", null, letopis.dot(`${letopis.t("score")} ${letopis.percent(score)}`, method))), 8),
    letopis.shownOf(entity.mentions.length, entity.document_count));
})();
