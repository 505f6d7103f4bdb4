// Addresses, language, theme, search box, focus: what holds the pages together.
"use strict";
(() => {
  const { h } = letopis;
  const main = document.getElementById("main"), input = document.getElementById("q");
  const places = new Map();              // address -> how far it was scrolled
  let turn = 0, shown = "", followed = true, typing = 0;

  function address() {
    const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
    const [page, ...rest] = path.split("/");
    let id = rest.join("/");
    try { id = decodeURIComponent(id); } catch (error) { id = ""; }
    return { page, id, query: new URLSearchParams(query || "") };
  }

  async function render() {
    const { page, id, query } = address(), mine = ++turn;
    letopis.hideCard();
    let content;
    try {
      const make = Object.hasOwn(letopis.pages, page) ? letopis.pages[page] : async () => letopis.missing();
      content = await make(id, query);
    } catch (error) {
      content = h("div.page.narrow", null, h("h1", null, letopis.t("failed")), h("p", null, error.message));
    }
    if (mine !== turn) return;                               // a later address came first
    main.replaceChildren(content);
    settle(content, page);
  }

  function settle(content, page) {
    const heading = main.querySelector("h1");
    document.title = page && heading ? `${heading.textContent} — Летопись` : "Летопись";
    const kind = { event: "events", article: "articles" }[page] || page;
    document.querySelectorAll(".sections a").forEach((a) => {
      const here = a.getAttribute("href") === `#/${kind}` || location.hash.startsWith(a.getAttribute("href") + "?") || location.hash === a.getAttribute("href");
      if (here) a.setAttribute("aria-current", "page"); else a.removeAttribute("aria-current");
    });
    const moved = location.hash !== shown;
    shown = location.hash;
    if (content.after && content.after()) return;
    if (!moved) return;
    scrollTo(0, followed ? 0 : places.get(shown) || 0);
    if (document.activeElement !== input) main.focus({ preventScroll: true });
    followed = false;
  }

  function words() {
    document.documentElement.lang = letopis.language;
    document.querySelectorAll("[data-t]").forEach((e) => { e.textContent = letopis.t(e.dataset.t); });
    input.placeholder = letopis.t("searchHint");
    document.querySelector(".sections").setAttribute("aria-label", letopis.t("sections"));
    const language = document.getElementById("language");
    language.textContent = letopis.language === "ru" ? "EN" : "RU";
    language.setAttribute("aria-label", letopis.language === "ru" ? "In English" : "По-русски");
    language.lang = letopis.language === "ru" ? "en" : "ru";
    document.getElementById("theme").setAttribute("aria-label", letopis.t("theme"));
    document.getElementById("imprint").textContent = `Letopis ${letopis.manifest.version} · ${letopis.manifest.snapshot}`;
  }

  function dark() {
    return letopis.theme ? letopis.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  document.getElementById("language").addEventListener("click", () => {
    letopis.language = letopis.language === "ru" ? "en" : "ru";
    letopis.remember("language", letopis.language);
    words();
    render();
  });
  document.getElementById("theme").addEventListener("click", () => {
    letopis.theme = dark() ? "light" : "dark";
    letopis.remember("theme", letopis.theme);
    document.documentElement.dataset.theme = letopis.theme;
  });

  const search = () => {
    const hash = `#/search?q=${encodeURIComponent(input.value.trim())}`;
    followed = true;
    if (location.hash.startsWith("#/search")) { history.replaceState(null, "", hash); render(); } else location.hash = hash;
  };
  input.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(search, 150); });
  document.querySelector(".find").addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(typing); search(); });
  input.addEventListener("keydown", (event) => {
    const first = main.querySelector(".result a");
    if (event.key === "ArrowDown" && first) { event.preventDefault(); first.focus(); }
    if (event.key === "Escape") main.focus();
  });
  document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); main.focus(); });
  document.addEventListener("keydown", (event) => {
    const writes = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !writes && !event.ctrlKey && !event.metaKey) { event.preventDefault(); input.focus(); input.select(); }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest ? event.target.closest("a[href^='#']") : null;
    if (link) { places.set(location.hash, scrollY); followed = true; }
    else if (!event.target.closest(".text, .card")) letopis.hideCard();
  });
  addEventListener("scroll", () => { places.set(shown, scrollY); letopis.moveCard(); }, { passive: true });
  addEventListener("hashchange", render);
  history.scrollRestoration = "manual";

  letopis.load("manifest").then((manifest) => {
    letopis.manifest = manifest;
    words();
    return render();
  }).catch((error) => { main.replaceChildren(h("div.page.narrow", null, h("h1", null, letopis.t("failed")), h("p", null, error.message))); });
})();
