// Columns of events by day, month, quarter or year, in the colours of their families; statements in a row below.
"use strict";
(() => {
  const { h } = letopis;
  const WIDE = 1000, TALL = 220, LOW = 34, LEFT = 34;
  const ORDER = ["politics", "conflict", "justice", "disaster", "economy", "society", "culture", "other"];

  const monthsBetween = (a, b) => (Number(b.slice(0, 4)) - Number(a.slice(0, 4))) * 12 + Number(b.slice(5, 7)) - Number(a.slice(5, 7));
  const plusMonths = (month, n) => {
    const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + n;
    return `${String(Math.floor(at / 12)).padStart(4, "0")}-${String(at % 12 + 1).padStart(2, "0")}`;
  };
  const plusDays = (day, n) => {
    const [year, month, date] = day.split("-").map(Number);
    return new Date(Date.UTC(year, month - 1, date + n)).toISOString().slice(0, 10);
  };

  // The bins of the time that nearly all articles are of: what each is called, where it leads, what counts into it.
  function binsOf(data) {
    const { since, until } = data.core;
    if (!since) return null;
    const months = monthsBetween(since, until) + 1;
    const days = Math.round((Date.parse(until) - Date.parse(since)) / 864e5) + 1;
    if (days <= 100) return { rows: data.days, bins: Array.from({ length: days }, (_, i) => plusDays(since, i)), key: (day) => day };
    if (months <= 72) return { rows: data.months, bins: Array.from({ length: months }, (_, i) => plusMonths(since, i)), key: (m) => m };
    const years = Number(until.slice(0, 4)) - Number(since.slice(0, 4)) + 1;
    return { rows: data.months, bins: Array.from({ length: years }, (_, i) => String(Number(since.slice(0, 4)) + i)), key: (m) => m.slice(0, 4) };
  }

  const nameOf = (bin) => bin.length === 10 ? letopis.day(bin) : letopis.month(bin);
  const hrefOf = (bin) => `#/events?${bin.length === 4 ? "year" : "month"}=${bin.slice(0, 7)}`;

  // 1, 2, 5, 10, 20 ... so that some four lines of the grid fit
  function stepOf(most) {
    const rough = most / 4, power = 10 ** Math.floor(Math.log10(Math.max(1, rough)));
    return Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough));
  }

  letopis.timeline = (data) => {
    const plan = binsOf(data);
    if (!plan) return null;
    const counts = new Map(plan.bins.map((bin) => [bin, {}]));
    let outside = data.months.reduce((n, [, family, number]) => n + (family === "statement" ? 0 : number), 0);
    for (const [when, family, number] of plan.rows) {
      const bin = counts.get(plan.key(when));
      if (bin) bin[family] = (bin[family] || 0) + number;
      if (bin && family !== "statement") outside -= number;
    }
    return h("figure.timeline", null, drawn(plan.bins, counts), legend(counts),
      outside ? h("p.note", null, `${letopis.t("outside")}: ${letopis.count(outside, "event")}`) : null);
  };

  function drawn(bins, counts) {
    const sum = (bin) => ORDER.reduce((n, family) => n + (counts.get(bin)[family] || 0), 0);
    const most = Math.max(1, ...bins.map(sum));
    const said = Math.max(1, ...bins.map((bin) => counts.get(bin).statement || 0));
    const step = stepOf(most), top = Math.ceil(most / step) * step, wide = (WIDE - LEFT) / bins.length;
    const y = (n) => TALL - n / top * (TALL - 14);
    const grid = Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step).flatMap((n) => [
      h("line.grid", { x1: LEFT, x2: WIDE, y1: y(n), y2: y(n) }), h("text.tick", { x: LEFT - 8, y: y(n) + 4, "text-anchor": "end" }, letopis.number(n))]);
    const columns = bins.map((bin, i) => column(bin, { x: LEFT + i * wide, wide, y, said, total: sum(bin) }, counts.get(bin)));
    return h("div.scroll", null, h("svg.chart", { viewBox: `0 0 ${WIDE} ${TALL + LOW + 26}`, role: "group", "aria-label": letopis.t("timeline") },
      grid, h("text.tick", { x: LEFT - 8, y: TALL + 18, "text-anchor": "end" }, "«»"), columns, labels(bins, wide)));
  }

  function column(bin, at, parts) {
    const gap = Math.max(Math.min(3, at.wide * 0.18), (at.wide - 64) / 2);
    let under = 0;
    const rects = ORDER.filter((family) => parts[family]).map((family) => {
      const low = under;
      under += parts[family];
      return h(`rect.f-${family}`, { x: at.x + gap, width: at.wide - 2 * gap, y: at.y(under), height: Math.max(0.5, at.y(low) - at.y(under)) });
    });
    const radius = Math.sqrt((parts.statement || 0) / at.said) * Math.min(9, at.wide / 2);
    const told = `${nameOf(bin)}: ${letopis.count(at.total, "event")}${parts.statement ? `, ${letopis.count(parts.statement, "statement")}` : ""}`;
    const link = document.createElementNS("http://www.w3.org/2000/svg", "a");
    link.setAttribute("href", hrefOf(bin));
    link.setAttribute("aria-label", told);
    if (!at.total && !parts.statement) link.setAttribute("tabindex", "-1");
    link.append(h("title", null, told), h("rect.hit", { x: at.x, width: at.wide, y: 0, height: TALL + LOW }), ...rects,
      ...(radius ? [h("circle.f-statement", { cx: at.x + at.wide / 2, cy: TALL + 14, r: radius })] : []));
    return link;
  }

  function labels(bins, wide) {
    const every = Math.max(1, Math.ceil(64 / wide));
    return bins.map((bin, i) => {
      const year = bin.length === 7 && (bin.endsWith("-01") || i === 0);
      if (bin.length === 7 ? !(year || (wide > 20 && i % every === 0)) : i % every) return null;
      const short = bin.length === 10 ? bin.slice(8) + "." + bin.slice(5, 7) : year || bin.length === 4 ? bin.slice(0, 4) : letopis.month(bin).slice(0, 3);
      return h(`text.tick${year ? ".year" : ""}`, { x: LEFT + (i + 0.5) * wide, y: TALL + LOW + 14, "text-anchor": "middle" }, short);
    });
  }

  function legend(counts) {
    const present = new Set([...counts.values()].flatMap((parts) => Object.keys(parts)));
    return h("figcaption.legend", null, [...ORDER, "statement"].filter((family) => present.has(family)).map((family) =>
      h("a.key", { href: `#/events?family=${family}` }, h(`i.f-${family}`), family === "statement" ? letopis.t("statements") : letopis.t(family))));
  }
})();
