// A text with marks that nest and cross, and the card that tells of the mark under the pointer or the focus.
"use strict";
(() => {
  const { h } = letopis;
  const RANK = { quote: 0, role: 1, mention: 2, time: 3, number: 3, anaphor: 4, trigger: 5 };
  const outerFirst = (a, b) => a.start - b.start || b.end - a.end || RANK[a.kind] - RANK[b.kind] || a.number - b.number;

  // The characters from `from` to `to` with their spans as nested elements. Spans that cross are cut and go on inside each other.
  letopis.marked = (chars, from, to, spans) => {
    const inside = spans.filter((s) => s.start < to && from < s.end).sort(outerFirst);
    const cuts = [...new Set([from, to, ...inside.flatMap((s) => [s.start, s.end])])].filter((c) => c >= from && c <= to).sort((a, b) => a - b);
    const root = document.createDocumentFragment(), open = [];
    for (let i = 0; i + 1 < cuts.length; i += 1) {
      const active = inside.filter((s) => s.start <= cuts[i] && cuts[i + 1] <= s.end);
      let same = 0;
      while (same < open.length && same < active.length && open[same].span === active[same]) same += 1;
      open.length = same;
      for (const span of active.slice(same)) {
        const element = piece(span);
        (open.length ? open.at(-1).element : root).append(element);
        open.push({ span, element });
      }
      (open.length ? open.at(-1).element : root).append(chars.slice(cuts[i], cuts[i + 1]).join(""));
    }
    return root;
  };

  // The first piece of a span takes the focus and the anchor; what comes after a crossing does not.
  function piece(span) {
    const first = !span.begun;
    span.begun = true;
    const element = h(`span.mk.${span.kind}`, { "data-at": first && span.anchor ? span.anchor : null, "data-event": span.event ?? null,
      tabindex: first && span.href ? "0" : null, role: first && span.href ? "link" : null });
    for (const name of span.classes || []) element.classList.add(name);
    element.span = span;
    return element;
  }

  const card = () => document.getElementById("card");
  let anchor = null, kept = false;       // the mark the card tells of; whether a click keeps it

  const stackOf = (element) => {
    const stack = [];
    for (let e = element; e && e.span; e = e.parentElement) stack.push(e);
    return stack;
  };

  function show(element) {
    const text = element.closest(".text"), stack = stackOf(element).filter((e) => e.span.tell);
    if (!stack.length) return;
    light(text, stack.find((e) => e.span.kind === "trigger"));
    card().replaceChildren(...stack.map((e) => h(`div.told.${e.span.kind}`, null, e.span.tell())));
    card().hidden = false;
    anchor = stack[0];
    place(anchor.getBoundingClientRect());
  }

  function place(box) {
    const shown = card(), wide = document.documentElement.clientWidth;
    if (wide < 640) { shown.style.left = ""; shown.style.top = ""; return; }                 // a phone has it at the foot, by CSS
    shown.style.left = `${Math.max(12, Math.min(box.left, wide - shown.offsetWidth - 12))}px`;
    const under = box.bottom + 10, over = box.top - shown.offsetHeight - 10;
    shown.style.top = `${under + shown.offsetHeight > innerHeight && over > 0 ? over : under}px`;
  }

  function light(text, trigger) {
    text.querySelectorAll(".lit").forEach((e) => e.classList.remove("lit"));
    if (trigger) text.querySelectorAll(`[data-event="${trigger.span.number}"]`).forEach((e) => e.classList.add("lit"));
  }

  letopis.moveCard = () => { if (anchor) place(anchor.getBoundingClientRect()); };
  letopis.hideCard = () => {
    anchor = null;
    kept = false;
    card().hidden = true;
    document.querySelectorAll(".text .lit").forEach((e) => e.classList.remove("lit"));
  };

  // Pointer and focus show the card, a click keeps it so that its links can be reached, Enter follows, Escape closes.
  letopis.watch = (text) => {
    const mark = (event) => event.target.closest ? event.target.closest(".mk") : null;
    text.addEventListener("mouseover", (event) => { const found = mark(event); if (!kept) { if (found) show(found); else letopis.hideCard(); } });
    text.addEventListener("mouseleave", () => { if (!kept) letopis.hideCard(); });
    text.addEventListener("focusin", (event) => { const found = mark(event); if (found) { kept = false; show(found); } });
    text.addEventListener("focusout", () => { if (!kept) letopis.hideCard(); });
    text.addEventListener("click", (event) => {
      const found = mark(event);
      if (found) show(found); else letopis.hideCard();
      kept = Boolean(found);
    });
    text.addEventListener("keydown", (event) => {
      const found = mark(event);
      if (event.key === "Enter" && found && found.span.href) location.hash = found.span.href;
      if (event.key === "Escape") letopis.hideCard();
    });
  };
})();
