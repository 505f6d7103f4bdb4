// The page of one article: its text with every layer marked, and its events beside it.
"use strict";
(() => {
  const { h } = letopis;
  const LAYERS = ["names", "events", "roles", "anaphors", "quotes", "times", "numbers", "minor"];
  const AT_FIRST = "names,events,anaphors";

  letopis.pages.article = async (id, query) => {
    const article = await letopis.record("articles", id);
    if (!article) return letopis.missing();
    const text = body(article);
    letopis.watch(text);
    const page = h("div.page", null, head(article), h("div.columns.side", null,
      h("div.reading", null, text),
      h("aside", null, eventList(article), keywords(article))));
    page.after = () => reach(text, query.get("at"));
    return page;
  };

  function reach(text, at) {
    const found = at && /^\d-\d+$/.test(at) ? text.querySelector(`[data-at="${at}"]`) : null;
    if (!found) return false;
    found.classList.add("reached");
    found.scrollIntoView({ block: "center" });
    if (found.tabIndex >= 0) found.focus({ preventScroll: true });
    return true;
  }

  function head(article) {
    const link = (url, name) => url && /^https?:\/\//i.test(url) ? h("a", { href: url }, letopis.t(name)) : url ? h("span.url", null, url) : null;
    return h("header.title", null, h("p.kicker", null, letopis.dot(article.source, letopis.day(article.day) || letopis.t("undated"), article.author)),
      article.title ? null : h("h1", null, letopis.t("untitled")),
      article.duplicate_of ? h("p.note", null, `${letopis.t("duplicate")} `, letopis.articleLink(article.duplicate_of, article.duplicate_title)) : null,
      h("p.meta", null, letopis.dot(link(article.url, "original"), link(article.archive_url, "archived"), article.path + (article.record ? ` #${article.record}` : ""))));
  }

  function switches(text) {
    const on = new Set((letopis.recall("layers") ?? AT_FIRST).split(","));
    LAYERS.forEach((layer) => text.classList.toggle(`show-${layer}`, on.has(layer)));
    return h("fieldset.layers", null, h("legend", null, letopis.t("inText")), LAYERS.map((layer) => h("label", null,
      h("input", { type: "checkbox", checked: on.has(layer), change: (event) => {
        text.classList.toggle(`show-${layer}`, event.target.checked);
        if (event.target.checked) on.add(layer); else on.delete(layer);
        letopis.remember("layers", [...on].join(","));
      } }), h(`span.sample.${layer}`, null, letopis.t(`layer${layer[0].toUpperCase()}${layer.slice(1)}`)))));
  }

  // --- text -------------------------------------------------------------------------------------------------------------

  function body(article) {
    const chars = [...article.text], spans = spansOf(article), own = (field) => spans.filter((s) => s.field === field);
    const sentences = article.sentences.map(([field, start, end, role]) => ({ field, start, end, role }));
    const blocks = blocksOf(chars, sentences.filter((s) => s.field === 0));
    const title = titleOf(article, chars, blocks, own);
    const text = h("div.text", { lang: article.language || null }, title ? h("h1", null, title) : null);
    text.append(article.annotated ? switches(text) : h("p.note", null, letopis.t("notAnnotated")), ...blocks.map((block) => paragraph(chars, block, own(0))));
    return text;
  }

  // The title is marked where it stands: in its own field, or in the heading of the body that repeats it.
  function titleOf(article, chars, blocks, own) {
    if (!article.title) return null;
    const first = blocks[0], text = first ? first.sentences.map((s) => chars.slice(s.start, s.end).join("")).join(" ") : "";
    if (!article.sentences.some((s) => s[0] === 1) && text === article.title) {
      blocks.shift();
      return letopis.marked(chars, first.sentences[0].start, first.sentences.at(-1).end, own(0));
    }
    const title = [...article.title];
    return letopis.marked(title, 0, title.length, own(1));
  }

  // Paragraphs: what blank lines part, each with the sentences in it.
  function blocksOf(chars, sentences) {
    const text = chars.map((c) => c.length > 1 ? "□" : c).join("");       // one unit a code point, so that offsets hold
    const blocks = [];
    let start = 0;
    for (const gap of [...text.matchAll(/\n[^\S\n]*\n\s*/g), { index: text.length, 0: "" }]) {
      const inside = sentences.filter((s) => s.start < gap.index && start < s.end);
      if (gap.index > start) blocks.push({ start, end: gap.index, sentences: inside });
      start = gap.index + gap[0].length;
    }
    return blocks;
  }

  function paragraph(chars, block, spans) {
    const role = block.sentences.length ? block.sentences[0].role : "body";
    const tag = role === "heading" || role === "title" ? "h2" : role === "quote" ? "blockquote" : "p";
    const parts = [];
    let done = block.start;
    for (const sentence of block.sentences) {
      parts.push(between(chars, done, Math.max(done, sentence.start)), letopis.marked(chars, Math.max(done, sentence.start), Math.min(block.end, sentence.end), spans));
      done = Math.min(block.end, sentence.end);
    }
    parts.push(block.sentences.length ? between(chars, done, block.end) : letopis.marked(chars, done, block.end, spans));
    return h(`${tag}.${/^[a-z]+$/.test(role) ? role : "body"}`, null, parts);
  }

  // What lies outside of sentences: blank space, and mark-up that lays the text out, which is shown pale.
  function between(chars, from, to) {
    const text = chars.slice(from, to).join("");
    if (!text.trim()) return text;
    return /^[\s#>*•\-–—\d.)]+$/.test(text) ? h("span.layout", null, text) : h("span.furniture", null, text);
  }

  // --- spans ------------------------------------------------------------------------------------------------------------

  function spansOf(article) {
    const name = (id) => article.names[id] ? article.names[id][0] : id;
    const made = [];
    const add = (kind, [field, start, end], more) => made.push({ kind, field, start, end, number: made.length, ...more });
    article.events.forEach((row, number) => made.push(trigger(article, row, number, name)));
    for (const row of article.mentions) add("mention", row, mention(article, row, name));
    for (const row of article.roles) add("role", row, { event: row[3], classes: [`r-${/^[a-z_]+$/.test(row[4]) ? row[4] : "x"}`] });
    for (const row of article.anaphors) add("anaphor", row, anaphor(row, name));
    for (const row of article.times) add("time", row, { tell: () => told("layerTimes", letopis.when(row[3], row[4]) || letopis.t(row[7] || "dateUnknown"), row[6], row[8], row[9]) });
    for (const row of article.numbers) add("number", row, { tell: () => told("layerNumbers", amount(row), row[3], row[8], row[9]) });
    for (const row of article.quotes) add("quote", row, { tell: () => told("layerQuotes", row[5] ? letopis.entity(row[5], name(row[5])) : letopis.t("layerQuotes"), row[3], row[6], row[7]) });
    return made;
  }

  const amount = ([, , , kind, value, most, unit, about]) => `${about ? "≈ " : ""}${value === null ? "?" : letopis.number(value)}${most === null ? "" : `–${letopis.number(most)}`} ${unit || ""}`;

  const told = (what, value, basis, score, method) => [h("p.kicker", null, letopis.t(what)), h("p.value", null, value), evidence(basis, score, method)];
  const evidence = (basis, score, method) => h("p.evidence", null, letopis.dot(basis ? letopis.t(basis) : null, `${letopis.t("score")} ${letopis.percent(score)}`, method));

  function mention(article, [field, start, end, type, normal, id, form, score, method], name) {
    const label = article.names[id] ? article.names[id][1] : ({ DATE: "DATE", TIME: "DATE", EVENT: "EVT" })[type] || "MISC";
    return {
      anchor: `${field}-${start}`, href: id ? letopis.link("entity", id) : null, classes: [`n-${label}`, id ? "named" : "minor"],
      tell: () => [h("p.kicker", null, letopis.t(type)), h("p.value", null, id ? letopis.entity(id, name(id)) : normal || ""), evidence(form, score, method)],
    };
  }

  function anaphor([field, start, end, kind, id, score, method], name) {
    return {
      href: id ? letopis.link("entity", id) : null, classes: ["anaphor"],
      tell: () => [h("p.kicker", null, letopis.t(kind), " ", letopis.t("standsFor")), h("p.value", null, id ? letopis.entity(id, name(id)) : "?"), evidence(null, score, method)],
    };
  }

  function trigger(article, row, number, name) {
    const [field, start, end, type] = row, id = row.at(-1);
    return { kind: "trigger", field, start, end, number, anchor: `${field}-${start}`, href: letopis.link("event", id), classes: [`f-${letopis.familyOf(type)}`],
      tell: () => eventCard(article, row, number, name) };
  }

  function eventCard(article, row, number, name) {
    const [, , , type, type2, realis, from, to, , dateBasis, place, placeBasis, salience, score, method, id] = row;
    return [h("p.kicker", null, letopis.tag(type), type2 ? [" / ", letopis.typeName(type2)] : null, " ", letopis.realis(realis)),
      h("p.value", null, letopis.dot(letopis.when(from, to), place ? letopis.entity(place, name(place)) : null)),
      roleList(article, number, name),
      h("p.evidence", null, letopis.dot(dateBasis ? `${letopis.t("date")}: ${letopis.t(dateBasis)}` : null, placeBasis ? `${letopis.t("place")}: ${letopis.t(placeBasis)}` : null,
        `${letopis.t("salience")} ${letopis.percent(salience)}`, `${letopis.t("score")} ${letopis.percent(score)}`, method)),
      h("p", null, h("a", { href: letopis.link("event", id) }, `${letopis.t("open")} →`))];
  }

  function roleList(article, number, name) {
    const rows = article.roles.filter((role) => role[3] === number);
    return rows.length ? h("ul.rolelist", null, rows.map(([, , , , role, text, , id]) =>
      h("li", null, h("span.aside.first", null, letopis.t(role)), id ? letopis.entity(id, name(id)) : text))) : null;
  }

  // --- beside the text --------------------------------------------------------------------------------------------------

  // Events of the article, most salient first; an event that it tells of several times stands once.
  function eventList(article) {
    const events = new Map();
    for (const row of article.events) {
      const known = events.get(row.at(-1));
      events.set(row.at(-1), { row: known && known.row[12] >= row[12] ? known.row : row, times: (known ? known.times : 0) + 1 });
    }
    const rows = [...events.values()].sort((a, b) => b.row[12] - a.row[12]), said = ({ row }) => letopis.familyOf(row[3]) === "statement";
    const draw = ({ row, times }) => h("li", null, h("span.meter", { title: `${letopis.t("salience")} ${letopis.percent(row[12])}` }, meter(row[12])),
      h("a", { href: letopis.link("event", row.at(-1)) }, article.event_names[row.at(-1)]), times > 1 ? h("span.aside", null, `×${times}`) : null,
      h("p.meta", null, letopis.dot(letopis.tag(row[3]), letopis.realis(row[5]), letopis.when(row[6], row[7]))));
    const part = (title, shown, first) => shown.length ? letopis.section(letopis.t(title), null, h("div.eventlist", null, letopis.growing(shown, draw, first))) : null;
    return [part("eventsHere", rows.filter((r) => !said(r)), 12), part("statements", rows.filter(said), 4)];
  }

  function meter(share) {
    const fill = h("i");
    fill.style.width = `${Math.round(100 * share)}%`;
    return fill;
  }

  const keywords = (article) => article.keywords.length ? letopis.section(letopis.t("keywords"), null, h("ul.tags", null, article.keywords.map(([word, , entity, event]) =>
    h("li", null, entity ? letopis.entity(entity, word) : event ? h("a", { href: letopis.link("event", event) }, word) : word)))) : null;
})();
