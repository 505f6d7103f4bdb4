// Places of events over an outline of land, in the Equal Earth projection: no tiles, no borders.
"use strict";
(() => {
  const { h } = letopis;
  const CENTRE = 40;                    // meridian in the middle: Russia whole, the cut through the Pacific
  const [A1, A2, A3, A4] = [1.340264, -0.081106, 0.000893, 0.003796];
  const M = Math.sqrt(3) / 2, SCALE = 180;
  const WIDE = new Set(["COUNTRY", "STATE_OR_PROVINCE", "LOCATION"]);
  const LABELS = 12, RATIO = 0.46;

  // Equal Earth (Šavrič, Patterson, Jenny 2018)
  function project(longitude, latitude) {
    const turned = ((longitude - CENTRE + 540) % 360 + 360) % 360 - 180;
    return flat(turned, latitude);
  }
  function flat(turned, latitude) {
    const l = turned * Math.PI / 180, t = Math.asin(M * Math.sin(latitude * Math.PI / 180)), s = t * t, s3 = s * s * s;
    const x = l * Math.cos(t) / (M * (A1 + 3 * A2 * s + s3 * (7 * A3 + 9 * A4 * s)));
    const y = t * (A1 + A2 * s + s3 * (A3 + A4 * s));
    return [x * SCALE, -y * SCALE];
  }

  // A ring that the edge of the map cuts is drawn on both sides; the frame hides what sticks out.
  function land() {
    const round = (n) => n.toFixed(1);
    return letopis.outline.flatMap((steps) => {
      const points = [];
      for (let i = 0, x = 0, y = 0; i < steps.length; i += 2) {
        x += steps[i];
        y += steps[i + 1];
        points.push([x / 10 - CENTRE, y / 10]);
      }
      const low = Math.min(...points.map((p) => p[0]));
      const shifts = low < -180 ? [0, 360] : [0];
      return shifts.map((shift) => `M${points.map(([x, y]) => flat(Math.max(-180, Math.min(180, x + shift)), y).map(round).join(" ")).join("L")}Z`);
    }).join("");
  }

  function graticule() {
    const lines = [];
    for (let lon = -180; lon <= 180; lon += 30) lines.push(Array.from({ length: 37 }, (_, i) => flat(lon, -90 + i * 5)));
    for (let lat = -60; lat <= 80; lat += 20) lines.push(Array.from({ length: 37 }, (_, i) => flat(-180 + i * 10, lat)));
    return lines.map((line) => `M${line.map((p) => p.map((n) => n.toFixed(1)).join(" ")).join("L")}`).join("");
  }

  // The frame that holds nine tenths of the events, with air around it.
  function frameOf(points) {
    const cut = (values) => {
      const sorted = values.sort((a, b) => a[0] - b[0]), total = sorted.reduce((n, v) => n + v[1], 0);
      const at = (share) => { let n = 0; return sorted.find((v) => (n += v[1]) >= share * total)[0]; };
      return [at(0.04), at(0.96)];
    };
    const [left, right] = cut(points.map((p) => [p.x, p.events])), [top, low] = cut(points.map((p) => [p.y, p.events]));
    const wide = Math.max(120, (right - left) * 1.3, (low - top) * 1.4 / RATIO);
    return [(left + right) / 2 - wide / 2, (top + low) / 2 - wide * RATIO / 2, wide, wide * RATIO];
  }

  letopis.map = (rows) => {
    if (!rows.length) return null;
    const points = rows.map(([id, name, type, latitude, longitude, events]) => {
      const [x, y] = project(longitude, latitude);
      return { id, name, events, x, y, ring: WIDE.has(type) };
    });
    const near = frameOf(points), world = [-490, -235, 980, 980 * RATIO];
    const layer = h("g");
    const svg = h("svg.worldmap", { role: "group", "aria-label": letopis.t("map") },
      h("path.graticule", { d: graticule() }), h("path.land", { d: land() }), layer);
    const show = (frame) => {
      svg.setAttribute("viewBox", frame.map((n) => n.toFixed(1)).join(" "));
      layer.replaceChildren(...marks(points, frame));
    };
    const button = h("button.zoom", { type: "button", click: () => flip(svg.classList.toggle("world")) });
    const flip = (far) => { show(far ? world : near); button.textContent = letopis.t(far ? "fit" : "world"); };
    flip(false);
    return h("figure.map", null, svg, button, h("figcaption.note", null, letopis.t("mapNote")));
  };

  function marks(points, frame) {
    const unit = frame[2] / 1000, most = Math.max(...points.map((p) => p.events));
    const inside = points.filter((p) => p.x > frame[0] && p.x < frame[0] + frame[2] && p.y > frame[1] && p.y < frame[1] + frame[3]);
    const boxes = [];
    const shown = inside.map((p, i) => circle(p, (4 + 20 * Math.sqrt(p.events / most)) * unit, i < LABELS));
    const texts = inside.map((p) => label(p, (4 + 20 * Math.sqrt(p.events / most)) * unit, unit, boxes)).filter(Boolean).slice(0, LABELS);
    return [...shown, ...texts];
  }

  function circle(p, r, reached) {
    const told = `${p.name}: ${letopis.count(p.events, "event")}`;
    const link = document.createElementNS("http://www.w3.org/2000/svg", "a");
    link.setAttribute("href", letopis.link("entity", p.id));
    link.setAttribute("aria-label", told);
    if (!reached) link.setAttribute("tabindex", "-1");
    link.append(h("title", null, told), h(`circle.point${p.ring ? ".ring" : ""}`, { cx: p.x, cy: p.y, r }));
    return link;
  }

  // A label stands right of its circle where no other label is.
  function label(p, r, unit, boxes) {
    const size = 17 * unit, box = { x: p.x + r + 5 * unit, y: p.y - size / 2, w: p.name.length * size * 0.56, h: size * 1.15 };
    if (boxes.some((b) => box.x < b.x + b.w && b.x < box.x + box.w && box.y < b.y + b.h && b.y < box.y + box.h)) return null;
    boxes.push(box);
    return h("text.placename", { x: box.x, y: p.y + size * 0.34, "font-size": size, "stroke-width": 4 * unit }, p.name);
  }
})();
