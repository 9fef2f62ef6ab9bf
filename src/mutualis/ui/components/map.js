// Choropleth of one or two regions. Python sends codes and values; outlines are fetched once per level and kept.
// A canvas paints every level: shapes of a document cost a repaint of the page some 20 ms more. A transparent SVG over it
// takes the pointer and the keyboard where shapes are few; communes (4,631 shapes) are looked for under the pointer.

const LIGHT = ["#e3e3fd", "#c1c1fb", "#9a9af8", "#6a6af4", "#3b3bc4", "#000091"];
const DARK = ["#2a2a52", "#3f3f7f", "#5757b3", "#7777e6", "#a3a3f8", "#e3e3fd"];
const WIDTH = 520, HEIGHT = 430, PAD = 6, SHARP = 2;
const SVG = "http://www.w3.org/2000/svg";
const outlines = (window.__mutualisOutlines ??= new Map());
const mounted = new WeakMap();

function fetchOutlines(url) {
  if (!outlines.has(url)) outlines.set(url, fetch(url).then((r) => { if (!r.ok) throw new Error(r.status); return r.json(); }));
  return outlines.get(url);
}

const featuresOf = (collection, region) =>
  ((collection.byRegion ??= new Map()).get(region) ??
    collection.byRegion.set(region, collection.features.filter((f) => f.properties.region === region)).get(region));

const rings = (g) => (g.type === "Polygon" ? g.coordinates : g.type === "MultiPolygon" ? g.coordinates.flat() : []);

function projection(features) {
  let w = 180, e = -180, s = 90, n = -90;
  for (const f of features) for (const ring of rings(f.geometry)) for (const [x, y] of ring) {
    if (x < w) w = x; if (x > e) e = x; if (y < s) s = y; if (y > n) n = y;
  }
  const k = Math.cos(((s + n) / 2) * Math.PI / 180);
  const scale = Math.min((WIDTH - 2 * PAD) / ((e - w) * k), (HEIGHT - 2 * PAD) / (n - s));
  const dx = (WIDTH - (e - w) * k * scale) / 2, dy = (HEIGHT - (n - s) * scale) / 2;
  return ([x, y]) => [dx + (x - w) * k * scale, HEIGHT - dy - (y - s) * scale];
}

const pathOf = (g, project) => rings(g).map((ring) =>
  "M" + ring.map((p) => project(p).map((v) => v.toFixed(1)).join(",")).join("L") + "Z").join("");

function isDark(node) {
  const bg = getComputedStyle(node).getPropertyValue("--st-background-color").trim();
  const hex = /^#(..)(..)(..)/.exec(bg);
  return hex ? hex.slice(1).reduce((sum, h) => sum + parseInt(h, 16), 0) < 384 : false;
}

const LOSSES = ["#b34000", "#f0a878"];

// The first classes may be losses: another hue, the deeper the worse.
const ramp = (classes, dark, losses) => {
  const all = dark ? DARK : LIGHT;
  if (losses) return [...LOSSES.slice(0, losses), ...ramp(classes - losses, dark, 0)];
  return Array.from({ length: classes }, (_, i) => all[classes === 1 ? 3 : Math.round((i * (all.length - 1)) / (classes - 1))]);
};

function element(tag, attributes = {}, parent = null) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  parent?.appendChild(node);
  return node;
}

function label(state, feature) {
  const { code, nom } = feature.properties;
  return `${nom} : ${state.data.labels[code] ?? state.data.empty}`;
}

const fill = (state, code) => {
  const k = state.data.classes[code];
  return k === undefined ? state.none : state.colors[k];
};

const tip = (state, event, text) => showTip(state.host, state.tip, event, text);

// an event, not a state: what was clicked at another level or before a filter was taken out must not come back
const choose = (state, code) => state.trigger("place", code);

// The départements around a region, as far as they show in its frame: where one is in France.
function neighbours(france, region, project) {
  const shown = [];
  for (const f of france.features) {
    if (f.properties.region === region) continue;
    const points = rings(f.geometry).flat().map(project);
    if (points.some(([x, y]) => x > 0 && x < WIDTH && y > 0 && y < HEIGHT)) shown.push(pathOf(f.geometry, project));
  }
  return shown.join("");
}

// Where a region is in France: the mainland in a corner, thinned to what shows at that size.
const CORNER = { size: 84, x: 4, y: HEIGHT - 88, west: -5.4, north: 51.3, degree: 8.2 };
function locator(france, region) {
  // the same for both regions: computed once
  france.thin ??= france.features.filter((f) => f.properties.code.length === 2).map((f) => [f.properties.region, thinned(f.geometry)]); // no overseas
  const drawn = (isOwn) => france.thin.filter(([code]) => (code === region) === isOwn).map(([, path]) => path).join("");
  return { all: drawn(false), own: drawn(true) };
}

function thinned(geometry) {
  const k = CORNER.degree * Math.cos(46.5 * Math.PI / 180), found = [];
  for (const ring of rings(geometry)) {
    const kept = [];
    let u = -9, v = -9;
    for (const [lon, lat] of ring) {
      const x = CORNER.x + 2 + (lon - CORNER.west) * k, y = CORNER.y + 2 + (CORNER.north - lat) * CORNER.degree;
      if ((x - u) ** 2 + (y - v) ** 2 > 0.8) { kept.push(`${Math.round(10 * x) / 10},${Math.round(10 * y) / 10}`); u = x; v = y; }
    }
    if (kept.length > 3) found.push(`M${kept.join("L")}Z`);
  }
  return found.join("");
}

function buildPanel(state, region, features, france) {
  const panel = document.createElement("figure");
  panel.className = "panel";
  const caption = document.createElement("figcaption");
  caption.textContent = region.label;
  // outlines never change: what is drawn of them is computed once, on the outline itself
  const project = (features[0].project ??= projection(features));
  for (const f of features) f.path ??= new Path2D((f.drawn = pathOf(f.geometry, project)));
  features.around ??= neighbours(france, region.code, project);
  features.where ??= locator(france, region.code);
  const canvas = sheet(), svg = element("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": region.label });
  const view = { features, project, label: region.label, canvas, context: canvas.getContext("2d"), shapes: new Map() };
  if (state.data.level === "commune") findUnderPointer(state, view);
  else addShapes(state, view, element("g", {}, svg));
  view.overlay = element("g", {}, svg);
  const stack = document.createElement("div");
  stack.className = "stack";
  stack.append(canvas, svg);
  panel.append(caption, stack);
  return { panel, view };
}

function addShapes(state, view, group) {
  view.canvas.setAttribute("aria-hidden", "true");
  for (const f of view.features) {
    const code = f.properties.code;
    const path = element("path", { d: f.drawn, tabindex: 0, role: "button", "data-code": code }, group);
    path.onclick = () => choose(state, code);
    path.onkeydown = (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(state, code); } };
    speak(state, path, () => label(state, f));
    path.onfocus = () => { const b = path.getBoundingClientRect(); tip(state, { clientX: b.x + b.width / 2, clientY: b.y + b.height / 2 }, label(state, f)); };
    path.onblur = (event) => tip(state, event, "");
    view.shapes.set(path, f);
  }
}

function speak(state, node, text) {
  node.onmousemove = (event) => tip(state, event, text());
  node.onmouseleave = (event) => tip(state, event, "");
}

function findUnderPointer(state, view) {
  const { canvas, context, features } = view;
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "img");
  const at = (event) => {
    // the sheet is as large as its box allows, in the middle of it
    const box = canvas.getBoundingClientRect(), k = Math.min(box.width / canvas.width, box.height / canvas.height);
    const x = (event.clientX - box.left - box.width / 2) / k + canvas.width / 2, y = (event.clientY - box.top - box.height / 2) / k + canvas.height / 2;
    return features.find((f) => context.isPointInPath(f.path, x, y));
  };
  canvas.onmousemove = (event) => { const f = at(event); canvas.style.cursor = f ? "pointer" : ""; tip(state, event, f ? label(state, f) : ""); };
  canvas.onmouseleave = (event) => tip(state, event, "");
  canvas.onclick = (event) => { const f = at(event); if (f) choose(state, f.properties.code); };
}

// A sheet to paint on, in the map's own units.
function sheet() {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH * SHARP; canvas.height = HEIGHT * SHARP;
  canvas.getContext("2d").scale(SHARP, SHARP);
  return canvas;
}

// The empty map, drawn once for each theme: most communes buy nothing, a repaint only fills those that do.
function emptyMap(state, { features }) {
  if (features.empty?.theme === state.background) return features.empty.canvas;
  const canvas = sheet(), c = canvas.getContext("2d");
  const around = new Path2D(features.around), france = new Path2D(features.where.all);
  c.lineWidth = 0.8; c.fillStyle = state.around; c.strokeStyle = state.aroundLine;
  c.fill(around); c.stroke(around);
  c.fillStyle = state.background; c.lineWidth = 0.5;
  c.fillRect(CORNER.x, CORNER.y, CORNER.size, CORNER.size);
  c.fillStyle = state.france; c.fill(france); c.strokeStyle = state.background; c.stroke(france);
  c.fillStyle = state.own; c.fill(new Path2D(features.where.own));
  c.lineWidth = state.border; c.strokeStyle = state.line; c.fillStyle = state.none;
  for (const { path } of features) { c.fill(path); c.stroke(path); }
  features.empty = { theme: state.background, canvas };
  return canvas;
}

const inside = ([x, y]) => x >= 0 && x <= WIDTH && y >= 0 && y <= HEIGHT;

function paintView(state, view) {
  const { context: c, features, overlay } = view;
  c.clearRect(0, 0, WIDTH, HEIGHT);
  c.drawImage(emptyMap(state, view), 0, 0, WIDTH, HEIGHT);
  c.lineWidth = state.border; c.strokeStyle = state.line;
  for (const f of features) {
    if (state.data.classes[f.properties.code] === undefined) continue;
    c.fillStyle = fill(state, f.properties.code);
    c.fill(f.path); c.stroke(f.path);
  }
  const chosen = features.find((f) => f.properties.code === state.data.selected);
  if (chosen) { c.lineWidth = 3; c.strokeStyle = state.point; c.stroke(chosen.path); }
  overlay.replaceChildren();
  for (const flow of state.data.flows) paintFlow(state, view, flow);
  for (const point of state.data.points) paintPoint(state, view, point);
  if (state.data.level === "commune")
    view.canvas.setAttribute("aria-label", `${view.label} : ${state.data.title} par commune. Le tableau sous la carte donne les mêmes valeurs.`);
  for (const [path, feature] of view.shapes) {
    path.setAttribute("aria-label", label(state, feature));
    path.setAttribute("aria-pressed", String(feature === chosen));
  }
}

function paintFlow(state, { context: c, project, overlay }, flow) {
  const a = project(flow.from), b = project(flow.to);
  if (!inside(a) || !inside(b)) return;
  const mx = (a[0] + b[0]) / 2 - (b[1] - a[1]) * 0.2, my = (a[1] + b[1]) / 2 + (b[0] - a[0]) * 0.2;
  const d = `M${a}Q${mx},${my} ${b}`;
  c.globalAlpha = 0.55; c.lineCap = "round"; c.lineWidth = flow.width; c.strokeStyle = state.point;
  c.stroke(new Path2D(d));
  c.globalAlpha = 1;
  speak(state, element("path", { class: "flow", d, "stroke-width": flow.width }, overlay), () => flow.label);
}

function paintPoint(state, { context: c, project, overlay }, point) {
  const [x, y] = project([point.lon, point.lat]);
  if (!inside([x, y])) return;
  c.beginPath(); c.arc(x, y, point.r, 0, 7);
  c.globalAlpha = 0.75; c.fillStyle = state.point; c.fill(); c.globalAlpha = 1;
  c.lineWidth = 0.8; c.strokeStyle = state.background; c.stroke();
  const dot = element("circle", { class: "point", cx: x, cy: y, r: point.r }, overlay);
  speak(state, dot, () => point.label);
  dot.onclick = () => state.trigger("buyer", point.key);
}

// What is on screen as one picture, at twice its size: title, panels side by side with their names, legend, perimeter and credit.
function savePicture(state) {
  const head = 56, width = WIDTH * state.views.length, keys = keyPlaces(state, width);
  const notes = [[state.data.note, "12px"], [state.host.querySelector(".credit").textContent, "11px"]]
    .flatMap(([text, font]) => brokenText(state.host, text, font, width - 16).map((line) => [line, font]));
  const below = keys.at(-1)[3] + 20, foot = below + 24 + 16 * notes.length;
  const { pen, write, save } = openPicture(state.host, width, head + HEIGHT + foot);
  write(state.data.title, 8, 22, "600 16px", width - 16);
  for (const [i, view] of state.views.entries()) {
    write(view.label, i * WIDTH + 8, 46, "14px", WIDTH - 16);
    pen.drawImage(view.canvas, i * WIDTH, head, WIDTH, HEIGHT);
  }
  for (const [color, text, x, y] of keys) {
    pen.fillStyle = color; pen.fillRect(x, head + HEIGHT + 9 + y, 18, 13);
    write(text, x + 24, head + HEIGHT + 20 + y, "13px");
  }
  notes.forEach(([line, font], i) => write(line, 8, head + HEIGHT + below + 20 + 16 * i, font));
  save("mutualis-carte");
}

// The keys of the legend and where each goes in the picture: on a new line when the row is full.
function keyPlaces(state, width) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `13px ${getComputedStyle(state.host).fontFamily}`;
  let x = 8, y = 0;
  return keysOf(state).map(([color, text]) => {
    const long = 38 + pen.measureText(text).width;
    if (x > 8 && x + long > width) { x = 8; y += 20; }
    const place = [color, text, x, y];
    x += long;
    return place;
  });
}

const keysOf = (state) => [...state.data.legend.map((text, i) => [state.colors[i], text]), [state.none, state.data.empty]];

function paint(state) {
  const dark = isDark(state.host), style = getComputedStyle(state.host);
  state.colors = ramp(state.data.legend.length, dark, state.data.losses);
  state.background = style.getPropertyValue("--st-background-color");
  state.none = dark ? "#2b2b2b" : "#eeeeee";
  state.line = dark ? "#161616" : "#ffffff";
  state.border = state.data.level === "commune" ? 0.25 : 1;
  state.around = dark ? "#1c1c1c" : "#fafafa";
  state.aroundLine = dark ? "#333333" : "#e5e5e5";
  // greys: the colours of the map are amounts
  state.france = dark ? "#3a3a3a" : "#dddddd"; state.own = dark ? "#b0b0b0" : "#666666";
  state.point = dark ? "#fc5d00" : "#b34000";
  for (const view of state.views) paintView(state, view);
  state.legend.replaceChildren();
  const title = document.createElement("strong");
  title.textContent = state.data.title;
  state.legend.appendChild(title);
  for (const [color, text] of keysOf(state)) {
    const item = document.createElement("span"), box = document.createElement("i");
    box.style.background = color;
    item.append(box, text);
    state.legend.appendChild(item);
  }
  // a count of all paints of the page: what waits for the next one (tests, the bench) sees it even on a new host
  state.host.dataset.painted = String((outlines.paints = (outlines.paints ?? 0) + 1));
}

export default function (component) {
  const { data: { map: data }, parentElement, setTriggerValue } = component;
  const host = parentElement.querySelector(".map");
  let state = mounted.get(host);
  if (!state) {
    state = { host, panels: host.querySelector(".panels"), legend: host.querySelector(".legend"), tip: host.querySelector(".tip"), views: [], built: new Map() };
    mounted.set(host, state);
  }
  host.querySelector(".save").onclick = () => savePicture(state);
  state.data = data; state.trigger = setTriggerValue;
  if (!state.follows) {
    // a lever on the move: the colours come before the page's own run
    state.follows = ({ detail }) => {
      const next = detail.maps[state.data.key];
      if (!next || !state.ready) return;
      state.data = { ...state.data, ...next };
      paint(state);
    };
    window.addEventListener("mutualis-preview", state.follows);
  }
  const leave = () => { window.removeEventListener("mutualis-preview", state.follows); state.follows = null; };
  const shape = JSON.stringify([data.url, data.regions]);
  if (state.shape === shape && state.ready) { paint(state); return leave; }
  state.shape = shape; state.ready = false;
  Promise.all([fetchOutlines(data.url), fetchOutlines(data.france)]).then(([collection, france]) => {
    if (state.shape !== shape) return;
    state.views = []; state.panels.replaceChildren();
    for (const region of data.regions) {
      // a region left and shown again comes back as it was built
      const key = `${data.url} ${region.code}`;
      if (!state.built.has(key)) state.built.set(key, buildPanel(state, region, featuresOf(collection, region.code), france));
      const { panel, view } = state.built.get(key);
      state.panels.appendChild(panel); state.views.push(view);
    }
    state.ready = true;
    paint(state);
  }).catch(() => { state.panels.textContent = "Le fond de carte n'a pas pu être lu : rechargez la page."; outlines.delete(data.url); });
  return leave;
}
