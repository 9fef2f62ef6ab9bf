// Choropleth of one or two regions. Python sends codes and values; outlines are fetched once per level and kept.
// SVG for regions, départements and EPCI (each shape takes the keyboard); canvas for communes (4,631 shapes).

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

function choose(state, code) {
  state.set("selected", state.data.selected === code ? null : code);
}

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
  panel.appendChild(caption);
  // outlines never change: what is drawn of them is computed once, on the outline itself
  const project = (features[0].project ??= projection(features));
  for (const f of features) f.drawn ??= pathOf(f.geometry, project);
  features.around ??= neighbours(france, region.code, project);
  features.where ??= locator(france, region.code);
  const view = { features, project, codes: new Map() };
  if (state.data.level === "commune") {
    const ratio = Math.min(window.devicePixelRatio || 1, 2), canvas = sheet(ratio);
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "img");
    panel.appendChild(canvas);
    view.label = region.label;
    view.canvas = canvas; view.ratio = ratio; view.context = canvas.getContext("2d");
    view.paths = features.map((f) => (f.path ??= new Path2D(f.drawn)));
    const at = (event) => {
      const box = canvas.getBoundingClientRect(), k = (WIDTH * ratio) / box.width;
      const x = (event.clientX - box.left) * k, y = (event.clientY - box.top) * k;
      view.context.setTransform(ratio, 0, 0, ratio, 0, 0);
      const i = view.paths.findIndex((p) => view.context.isPointInPath(p, x, y));
      return i < 0 ? null : features[i];
    };
    canvas.onmousemove = (event) => { const f = at(event); tip(state, event, f ? label(state, f) : ""); };
    canvas.onmouseleave = (event) => tip(state, event, "");
    canvas.onclick = (event) => { const f = at(event); if (f) choose(state, f.properties.code); };
  } else {
    const svg = element("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": region.label });
    // a picture: drawn once, where shapes would be drawn again with each change of a colour
    view.backdrop = sheet(SHARP);
    view.backdrop.className = "backdrop";
    view.backdrop.setAttribute("aria-hidden", "true");
    const stack = document.createElement("div");
    stack.className = "stack";
    stack.append(view.backdrop, svg);
    panel.appendChild(stack);
    const shapes = element("g", {}, svg);
    for (const f of features) {
      const code = f.properties.code;
      const path = element("path", { d: f.drawn, tabindex: 0, role: "button", "data-code": code }, shapes);
      path.onclick = () => choose(state, code);
      path.onkeydown = (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(state, code); } };
      path.onmousemove = (event) => tip(state, event, label(state, f));
      path.onmouseleave = (event) => tip(state, event, "");
      path.onfocus = () => { const b = path.getBoundingClientRect(); tip(state, { clientX: b.x + b.width / 2, clientY: b.y + b.height / 2 }, label(state, f)); };
      path.onblur = (event) => tip(state, event, "");
      view.codes.set(code, { path, feature: f });
    }
    view.overlay = element("g", { class: "overlay" }, svg);
    view.svg = svg;
  }
  return { panel, view };
}

function sheet(ratio) {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH * ratio; canvas.height = HEIGHT * ratio;
  return canvas;
}

// What never changes but with the theme: the départements around, and where the region is in France.
function drawBackdrop(state, view, c) {
  const around = new Path2D(view.features.around), france = new Path2D(view.features.where.all);
  c.lineWidth = 0.8; c.fillStyle = state.around; c.strokeStyle = state.aroundLine;
  c.fill(around); c.stroke(around);
  c.fillStyle = state.background; c.lineWidth = 0.5;
  c.fillRect(CORNER.x, CORNER.y, CORNER.size, CORNER.size);
  c.fillStyle = state.france; c.fill(france); c.strokeStyle = state.background; c.stroke(france);
  c.fillStyle = state.own; c.fill(new Path2D(view.features.where.own));
}

function paintBackdrop(state, view) {
  if (view.drawnFor === state.background) return;
  view.drawnFor = state.background;
  const c = view.backdrop.getContext("2d");
  c.setTransform(SHARP, 0, 0, SHARP, 0, 0);
  c.clearRect(0, 0, WIDTH, HEIGHT);
  drawBackdrop(state, view, c);
}

// The empty map, drawn once: most communes buy nothing, a repaint only fills those that do.
function emptyMap(state, view) {
  const key = `${state.none} ${state.line} ${view.ratio}`;
  if (view.features.empty?.key !== key) {
    const canvas = sheet(view.ratio), c = canvas.getContext("2d");
    c.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    drawBackdrop(state, view, c);
    c.lineWidth = 0.25; c.strokeStyle = state.line; c.fillStyle = state.none;
    for (const path of view.paths) { c.fill(path); c.stroke(path); }
    view.features.empty = { key, canvas };
  }
  return view.features.empty.canvas;
}

function paintCanvas(state, view) {
  view.canvas.setAttribute("aria-label", `${view.label} : ${state.data.title} par commune. Le tableau sous la carte donne les mêmes valeurs.`);
  const c = view.context;
  c.setTransform(1, 0, 0, 1, 0, 0);
  c.clearRect(0, 0, view.canvas.width, view.canvas.height);
  c.drawImage(emptyMap(state, view), 0, 0);
  c.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
  c.lineWidth = 0.25; c.strokeStyle = state.line;
  view.features.forEach((f, i) => {
    if (state.data.classes[f.properties.code] === undefined) return;
    c.fillStyle = fill(state, f.properties.code);
    c.fill(view.paths[i]);
    c.stroke(view.paths[i]);
  });
  const i = view.features.findIndex((f) => f.properties.code === state.data.selected);
  if (i >= 0) { c.lineWidth = 2.5; c.strokeStyle = state.accent; c.stroke(view.paths[i]); }
  for (const p of state.data.points ?? []) {
    const [x, y] = view.project([p.lon, p.lat]);
    if (x < 0 || x > WIDTH || y < 0 || y > HEIGHT) continue;
    c.beginPath(); c.arc(x, y, p.r, 0, 7); c.fillStyle = state.point; c.globalAlpha = 0.75; c.fill(); c.globalAlpha = 1;
    c.lineWidth = 0.8; c.strokeStyle = state.background; c.stroke();
  }
}

function paintSvg(state, view) {
  paintBackdrop(state, view);
  for (const [code, { path, feature }] of view.codes) {
    path.setAttribute("fill", fill(state, code));
    path.setAttribute("aria-label", label(state, feature));
    path.setAttribute("aria-pressed", String(code === state.data.selected));
    path.classList.toggle("selected", code === state.data.selected);
    if (code === state.data.selected) path.parentNode.appendChild(path);
  }
  view.overlay.replaceChildren();
  const inside = ([x, y]) => x >= 0 && x <= WIDTH && y >= 0 && y <= HEIGHT;
  for (const flow of state.data.flows ?? []) {
    const a = view.project(flow.from), b = view.project(flow.to);
    if (!inside(a) || !inside(b)) continue;
    const mx = (a[0] + b[0]) / 2 - (b[1] - a[1]) * 0.2, my = (a[1] + b[1]) / 2 + (b[0] - a[0]) * 0.2;
    // drawn by attributes, not by the style sheet: the saved picture has none
    const line = element("path", { fill: "none", stroke: state.point, "stroke-opacity": 0.55, "stroke-linecap": "round", d: `M${a}Q${mx},${my} ${b}`, "stroke-width": flow.width }, view.overlay);
    element("title", {}, line).textContent = flow.label;
  }
  for (const p of state.data.points ?? []) {
    const [x, y] = view.project([p.lon, p.lat]);
    if (!inside([x, y])) continue;
    const dot = element("circle", { class: "point", cx: x, cy: y, r: p.r, fill: state.point, "fill-opacity": 0.75, stroke: state.background }, view.overlay);
    dot.onmousemove = (event) => tip(state, event, p.label);
    dot.onmouseleave = (event) => tip(state, event, "");
    dot.onclick = () => state.trigger("buyer", p.key);
  }
}

// What is on screen as one picture, at twice its size: title, panels side by side with their names, legend, perimeter and credit.
async function savePicture(state) {
  const head = 56, width = WIDTH * state.views.length, keys = keyPlaces(state, width);
  const notes = [[state.data.note, "12px"], [state.host.querySelector(".credit").textContent, "11px"]]
    .flatMap(([text, font]) => brokenText(state.host, text, font, width - 16).map((line) => [line, font]));
  const below = keys.at(-1)[3] + 20, foot = below + 24 + 16 * notes.length;
  const { pen, write, save } = openPicture(state.host, width, head + HEIGHT + foot);
  write(state.data.title, 8, 22, "600 16px", width - 16);
  for (const [i, view] of state.views.entries()) {
    write(state.data.regions[i].label, i * WIDTH + 8, 46, "14px", WIDTH - 16);
    if (view.canvas) { pen.drawImage(view.canvas, i * WIDTH, head, WIDTH, HEIGHT); continue; }
    const svg = view.svg.cloneNode(true);
    svg.setAttribute("xmlns", SVG); svg.setAttribute("width", WIDTH * SHARP); svg.setAttribute("height", HEIGHT * SHARP);
    for (const path of svg.querySelectorAll("path[data-code]")) path.setAttribute("stroke", state.background || "#fff");
    const picture = new Image();
    picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(svg));
    await picture.decode();
    pen.drawImage(view.backdrop, i * WIDTH, head, WIDTH, HEIGHT);
    pen.drawImage(picture, i * WIDTH, head, WIDTH, HEIGHT);
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
  state.around = dark ? "#1c1c1c" : "#fafafa";
  state.aroundLine = dark ? "#333333" : "#e5e5e5";
  // greys: the colours of the map are amounts
  state.france = dark ? "#3a3a3a" : "#dddddd"; state.own = dark ? "#b0b0b0" : "#666666";
  state.point = dark ? "#fc5d00" : "#b34000";
  state.accent = state.point;
  for (const view of state.views) view.canvas ? paintCanvas(state, view) : paintSvg(state, view);
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
  const { data: { map: data }, parentElement, setStateValue, setTriggerValue } = component;
  const host = parentElement.querySelector(".map");
  let state = mounted.get(host);
  if (!state) {
    state = { host, panels: host.querySelector(".panels"), legend: host.querySelector(".legend"), tip: host.querySelector(".tip"), views: [], built: new Map() };
    mounted.set(host, state);
  }
  host.querySelector(".save").onclick = () => savePicture(state);
  state.data = data; state.set = setStateValue; state.trigger = setTriggerValue;
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
