// The one global, what is remembered of the reader, and the only way elements are made: text is text, links are checked.
"use strict";
const letopis = { pages: {}, store: {} };

letopis.remember = (name, value) => {
  try { localStorage.setItem(`letopis.${name}`, value); } catch (error) { letopis.store[name] = value; }   // storage may be shut for files
};
letopis.recall = (name) => {
  try { return localStorage.getItem(`letopis.${name}`); } catch (error) { return letopis.store[name] || null; }
};

letopis.language = letopis.recall("language") === "en" ? "en" : "ru";
letopis.theme = letopis.recall("theme");
document.documentElement.lang = letopis.language;
if (letopis.theme) document.documentElement.dataset.theme = letopis.theme;     // before anything is painted

(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const DRAWN = new Set(["svg", "g", "path", "circle", "rect", "line", "text", "title"]);

  // h("a.row", {href: "#/"}, "text", child, [children], null)
  letopis.h = (name, attributes, ...children) => {
    const [tag, ...classes] = name.split(".");
    const element = DRAWN.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
    if (classes.length) element.setAttribute("class", classes.join(" "));
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (typeof value === "function") element.addEventListener(key, value);
      else if (key === "href") setLink(element, value);
      else element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.flat(4).filter((c) => c !== null && c !== undefined && c !== false));
    return element;
  };

  // Only pages of the report, http and https become links; anything else stays an anchor without a target.
  function setLink(element, value) {
    if (value.startsWith("#")) element.setAttribute("href", value);
    else if (/^https?:\/\//i.test(value)) {
      element.setAttribute("href", value);
      element.setAttribute("rel", "noopener noreferrer");
      element.setAttribute("target", "_blank");
    }
  }

  letopis.link = (kind, id, query) => `#/${kind}/${encodeURIComponent(id)}${query ? `?${query}` : ""}`;
  letopis.at = (document, field, start) => letopis.link("article", document, `at=${field}-${start}`);
})();
