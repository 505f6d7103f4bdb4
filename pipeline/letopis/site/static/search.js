// Search over names, events and titles: rows lie in files by folded word; other words of the query are held against the row.
"use strict";
(() => {
  const { h } = letopis;
  const FILES = 8;                       // read for one word of a query
  const SHOWN = 60;
  const ENDING = 2;                      // letters that a word may lose: 'Черемина' finds 'Черёмин'

  // Rows whose word begins with this one; of a beginning of two or three letters the weightiest, which have rows of their own.
  async function postings(word) {
    const short = word.length < 4 ? await range(`${word}*`, `${word}*`) : [];
    return [...short, ...await range(word, word.length < 4 ? word : `${word}\uffff`)];
  }

  async function range(from, to) {
    const firsts = letopis.manifest.shards.search, first = Math.max(0, letopis.bisect(firsts, from, false) - 1);
    const numbers = [];
    for (let n = first; n < firsts.length && firsts[n] <= to && numbers.length < FILES; n += 1) numbers.push(n);
    const files = await Promise.all(numbers.map((n) => letopis.load(`search/${n}`)));
    return files.flat().filter(([token]) => token >= from && token <= to);
  }

  const namesOf = ([, , , , name, , , place, aliases]) => [name, place, ...(aliases || [])].filter(Boolean);

  // Each row with how well it fits; rows that do not have every word are left out. Where no row has them all, words may lose a letter
  // or two of their ends, and the reader is told that what is found is only near.
  letopis.find = async (query, lost = 0) => {
    const words = letopis.wordsOf(query).map(letopis.fold).filter((word) => word.length > 1);
    if (!words.length) return { rows: [], cut: false, near: false };
    const found = new Map();
    let cut = false;
    for (const word of words) {
      for (const [token, row] of await postings(word)) {
        const key = `${row[0]} ${row[1]}`, known = found.get(key) || { row, words: new Set(), exact: 0 };
        known.words.add(word);
        if (token === word) known.exact += 1;
        if (row[3] > (token.endsWith("*") ? 40 : 200)) cut = true;
        found.set(key, known);
      }
    }
    const fits = [...found.values()].filter((hit) => words.every((word) => hit.words.has(word) || has(hit.row, word)));
    if (!fits.length && lost < ENDING && words.some((word) => word.length > 4)) return letopis.find(words.map(shorter).join(" "), lost + 1);
    return { rows: fits.map((hit) => ({ ...hit, fit: fit(hit, query, words) })).sort((a, b) => b.fit - a.fit || b.row[2] - a.row[2]), cut, near: fits.length > 0 && lost > 0 };
  };

  const shorter = (word) => word.length > 4 ? word.slice(0, -1) : word;
  const has = (row, word) => namesOf(row).some((name) => letopis.wordsOf(name).some((w) => letopis.fold(w).startsWith(word)));

  // The whole name, then whole words, then the letters as typed ('ё' and 'е' alike).
  function fit({ row, exact }, query, words) {
    const plain = (text) => text.toLowerCase().replaceAll("ё", "е");
    const names = namesOf(row);
    const whole = names.some((name) => letopis.wordsOf(name).map(letopis.fold).join(" ") === words.join(" "));
    const typed = names.some((name) => plain(name).includes(plain(query)));
    return (whole ? 4 : 0) + Math.min(2, exact) + (typed ? 1 : 0);
  }

  letopis.pages.search = async (_, query) => {
    const asked = query.get("q") || "", input = document.getElementById("q");
    if (document.activeElement !== input) input.value = asked;
    const page = h("div.page.results", null, h("h1", null, letopis.t("search")));
    if (!letopis.wordsOf(asked).some((word) => letopis.fold(word).length > 1)) return h("div.page", null, h("h1", null, letopis.t("search")), h("p", null, letopis.t("typeMore")));
    const { rows, cut, near } = await letopis.find(asked);
    if (!rows.length) page.append(h("p", null, `${letopis.t("noResults")}: ${asked}. ${letopis.t("tryOther")}`));
    if (near) page.append(h("p.note", null, letopis.t("near")));
    for (const [kind, title] of [["entity", "names"], ["event", "events"], ["article", "articles"]]) {
      const part = rows.filter(({ row }) => row[0] === kind);
      if (part.length) page.append(letopis.section(`${letopis.t(title)} `, null, letopis.growing(part.slice(0, SHOWN), draw, 15)));
    }
    if (cut) page.append(h("p.note", null, letopis.t("partial")));
    return page;
  };

  function draw({ row: [kind, id, , , name, type, day, place, aliases, label] }) {
    const meta = kind === "entity" ? [h(`span.tag.n-${label}`, null, letopis.t(type)), (aliases || []).slice(0, 4).join(", ")]
      : kind === "event" ? [letopis.tag(type), letopis.day(day), place] : [type, letopis.day(day)];
    return h("li.result", null, h("a.title", { href: letopis.link(kind, id) }, name || letopis.t("untitled")), h("p.meta", null, letopis.dot(...meta)));
  }
})();
