// Data come by scripts that call `letopis.put`: a page from disk may not fetch. Values are packed texts of JSON.
"use strict";
(() => {
  const KEPT = 80;                       // files unpacked in memory
  const IN_FOLDER = 500;                 // as in files.py
  const waiting = new Map();
  const kept = new Map();

  letopis.put = (key, packed) => { const wait = waiting.get(key); if (wait) wait.resolve(packed); };

  const pathOf = (key) => {
    const cut = key.lastIndexOf("/");
    const number = key.slice(cut + 1);
    return cut > 0 && /^\d+$/.test(number) ? `${key.slice(0, cut)}/${Math.floor(number / IN_FOLDER)}/${number}.js` : `${key}.js`;
  };

  function script(key) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      const end = (act, value) => { waiting.delete(key); element.remove(); act(value); };
      waiting.set(key, { resolve: (packed) => end(resolve, packed) });
      element.onerror = () => end(reject, new Error(`no file data/${pathOf(key)}`));
      element.src = `data/${pathOf(key)}`;
      document.head.append(element);
    });
  }

  async function unpack(packed) {
    const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  }

  // The value of a key such as "overview" or "articles/17"; the files used last stay in memory.
  letopis.load = (key) => {
    const found = kept.get(key) || script(key).then(unpack);
    kept.delete(key);
    kept.set(key, found);
    found.catch(() => kept.delete(key));
    if (kept.size > KEPT) kept.delete(kept.keys().next().value);
    return found;
  };

  // How many of the sorted keys are smaller (or not larger) than this one.
  letopis.bisect = (keys, key, right) => {
    let low = 0, high = keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (keys[middle] < key || (right && keys[middle] === key)) low = middle + 1; else high = middle;
    }
    return low;
  };

  // The record of an id, or null: files hold ranges of ids.
  letopis.record = async (kind, id) => {
    const number = letopis.bisect(letopis.manifest.shards[kind], id, true) - 1;
    if (number < 0) return null;
    const found = (await letopis.load(`${kind}/${number}`)).find(([key]) => key === id);
    return found ? found[1] : null;
  };

  letopis.PAGE = 250;                    // rows in a file of a list, as in files.py
  letopis.rows = async (list, from, count) => {
    const [folder, length] = letopis.manifest.lists[list] || ["", 0];
    const last = Math.min(from + count, length);
    const files = [];
    for (let n = Math.floor(from / letopis.PAGE); n * letopis.PAGE < last; n += 1) files.push(letopis.load(`${folder}/${n}`));
    const rows = (await Promise.all(files)).flat();
    const first = Math.floor(from / letopis.PAGE) * letopis.PAGE;
    return rows.slice(from - first, last - first);
  };
})();
