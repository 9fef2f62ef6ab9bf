// Charts of ``figures/chart.py``: categories on one axis, a measure on the other; boxes, marks, lines, limits.

const SVG = "http://www.w3.org/2000/svg";
const mounted = new WeakMap();

function element(tag, attributes = {}, parent = null, text = "") {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text) node.textContent = text;
  parent?.appendChild(node);
  return node;
}

const tipped = (node, tip) => { if (tip) element("title", {}, node, tip); };
const toned = (tone) => (tone === "limit" ? "limit-tone" : tone);

// A category's name on a few lines of a given number of letters.
function wrapped(text, letters, most) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const tried = `${lines.at(-1)} ${word}`.trim();
    if (tried.length > letters && lines.at(-1) && lines.length < most) lines.push(word);
    else lines[lines.length - 1] = tried;
  }
  return lines.map((line) => (line.length > letters + 2 ? `${line.slice(0, letters + 1)}…` : line));
}

function columns(svg, data, width) {
  const left = 12 + 6.8 * Math.max(...data.ticks.map(([, text]) => text.length)), right = 8, top = 20;
  const n = data.categories.length, step = (width - left - right) / n;
  const letters = Math.max(4, Math.floor(step / 6.2)), longest = Math.max(...data.categories.map((name) => name.length));
  const wraps = step > 42 && longest > letters, bottom = wraps ? 52 : 22, height = data.height;
  const every = wraps ? 1 : Math.max(1, Math.ceil((6.6 * longest + 8) / step));
  const [low, high] = [data.ticks[0][0], data.ticks.at(-1)[0]];
  const y = (v) => top + (height - top - bottom) * (1 - (v - low) / (high - low));
  const x = (i) => left + step * (i + 0.5);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`); svg.setAttribute("height", height);
  for (const [value, text] of data.ticks) {
    element("line", { class: value === 0 ? "zero" : "grid", x1: left, x2: width - right, y1: y(value), y2: y(value) }, svg);
    element("text", { class: "tick", x: left - 6, y: y(value) + 4, "text-anchor": "end" }, svg, text);
  }
  data.categories.forEach((name, i) => {
    if (i % every) return;
    (wraps ? wrapped(name, letters, 3) : [name]).forEach((line, k) =>
      element("text", { class: "tick", x: x(i), y: height - bottom + 15 + 14 * k, "text-anchor": "middle" }, svg, line));
  });
  const thick = Math.min(64, step * 0.72);
  for (const box of data.boxes) {
    const [a, b] = [y(Math.max(box.start, box.end)), y(Math.min(box.start, box.end))];
    tipped(element("rect", { class: toned(box.tone), x: x(box.at) - thick / 2, y: a, width: thick, height: Math.max(1, b - a) }, svg), box.tip);
    if (box.text) element("text", { class: "value", x: x(box.at), y: box.end < box.start ? b + 14 : a - 5, "text-anchor": "middle" }, svg, box.text);
  }
  for (const line of data.lines) {
    const path = line.values.map((v, i) => (v === null ? "" : `${i && line.values[i - 1] !== null ? "L" : "M"}${x(i)},${y(v)}`)).join("");
    element("path", { class: `line ${toned(line.tone)}`, d: path }, svg);
  }
  for (const mark of data.marks) tipped(element("circle", { class: toned(mark.tone), cx: x(mark.at), cy: y(mark.value), r: 5 }, svg), mark.tip);
  for (const limit of data.limits) {
    element("line", { class: "limit", x1: left, x2: width - right, y1: y(limit.value), y2: y(limit.value) }, svg);
    element("text", { class: "limit-name value", x: left + 6, y: y(limit.value) - 5 }, svg, limit.text);
  }
}

function rows(svg, data, width) {
  const narrow = width < 420, left = narrow ? 8 : Math.min(210, width * 0.38), right = data.boxes.some((box) => box.text) ? 66 : 16, top = 6, step = narrow ? 42 : 34;
  const height = top + step * data.categories.length + 24;
  const [low, high] = [data.ticks[0][0], data.ticks.at(-1)[0]];
  const x = (v) => left + (width - left - right) * ((v - low) / (high - low));
  const y = (i) => top + step * (i + 0.5) + (narrow ? 8 : 0);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`); svg.setAttribute("height", height);
  data.ticks.forEach(([value, text], i) => {
    element("line", { class: value === 0 ? "zero" : "grid", x1: x(value), x2: x(value), y1: top, y2: height - 22 }, svg);
    if (i % (width - left < 60 * data.ticks.length ? 2 : 1) === 0) element("text", { class: "tick", x: x(value), y: height - 7, "text-anchor": i === data.ticks.length - 1 ? "end" : "middle" }, svg, text);
  });
  data.categories.forEach((name, i) => {
    const lines = narrow ? wrapped(name, 48, 1) : wrapped(name, Math.floor((left - 8) / 6.6), 2);
    lines.forEach((line, k) => element("text", narrow ? { x: left, y: y(i) - 13 }
      : { x: left - 8, y: y(i) + 4 + 14 * (k - (lines.length - 1) / 2), "text-anchor": "end" }, svg, line));
  });
  for (const box of data.boxes) {
    const [a, b] = [x(Math.min(box.start, box.end)), x(Math.max(box.start, box.end))];
    tipped(element("rect", { class: toned(box.tone), x: a, y: y(box.at) - 7, width: Math.max(1, b - a), height: 14 }, svg), box.tip);
    if (box.text) {
      // beyond the bar's end; where there is no room, on its other side
      const long = 7.4 * box.text.length + 6, before = box.end < box.start ? a - long > left : b + long > width;
      element("text", { class: "value", x: before ? a - 4 : b + 4, y: y(box.at) + 4, "text-anchor": before ? "end" : "start" }, svg, box.text);
    }
  }
  for (const mark of data.marks) tipped(element("circle", { class: toned(mark.tone), cx: x(mark.value), cy: y(mark.at), r: 5 }, svg), mark.tip);
  for (const limit of data.limits) {
    element("line", { class: "limit", x1: x(limit.value), x2: x(limit.value), y1: top, y2: height - 22 }, svg);
    element("text", { class: "limit-name", x: x(limit.value) + 4, y: top + 8 }, svg, limit.text);
  }
}

function paint(state) {
  const { figure, data } = state;
  const width = Math.max(240, state.width || 480);
  figure.querySelector("figcaption").textContent = data.title;
  const legend = figure.querySelector(".legend");
  legend.replaceChildren(...data.legend.map(([tone, name]) => {
    const item = document.createElement("span"), box = document.createElement("i");
    box.className = toned(tone);
    item.append(box, name);
    return item;
  }));
  const svg = element("svg", { role: "img", "aria-label": data.alt });
  (data.rows ? rows : columns)(svg, data, width);
  figure.querySelector(".plot").replaceChildren(svg);
  // the bench watches this count
  figure.dataset.painted = Number(figure.dataset.painted ?? 0) + 1;
  figure.querySelector(".save").setAttribute("aria-label", `Enregistrer « ${data.title} » en image PNG`);
}

const STYLED = ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-family", "font-size", "font-weight", "opacity", "paint-order"];

function savePicture({ figure, data }) {
  const svg = figure.querySelector("svg"), copy = svg.cloneNode(true);
  const inside = svg.querySelectorAll("*"), copied = copy.querySelectorAll("*");
  inside.forEach((node, i) => { const style = getComputedStyle(node); for (const name of STYLED) copied[i].style[name] = style.getPropertyValue(name); });
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number), head = 34 + 18 * Math.min(1, data.legend.length), foot = 26;
  copy.setAttribute("width", width); copy.setAttribute("height", height); copy.setAttribute("xmlns", SVG);
  const image = new Image();
  image.onload = () => {
    const { pen, write, save } = openPicture(figure, width, height + head + foot);
    write(data.title, 8, 20, "600 15px");
    let x = 8;
    for (const item of figure.querySelectorAll(".legend span")) {
      pen.fillStyle = getComputedStyle(item.firstChild).backgroundColor; pen.fillRect(x, 33, 12, 10);
      write(item.textContent, x + 16, 43, "13px");
      x += 32 + pen.measureText(item.textContent).width;
    }
    pen.drawImage(image, 0, head, width, height);
    write(data.note, 8, height + head + 17, "11px", width - 16);
    save(data.title);
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
}

export default function (component) {
  const { parentElement } = component;
  let state = mounted.get(parentElement);
  if (!state) {
    state = { figure: parentElement.querySelector("figure") };
    mounted.set(parentElement, state);
    state.figure.querySelector(".save").onclick = () => savePicture(state);
    // measured when it changes, not at each painting: to ask for a width makes the browser lay out the page
    state.width = Math.round(state.figure.clientWidth);
    new ResizeObserver(([entry]) => {
      const width = Math.round(entry.contentRect.width);
      if (width === state.width) return;
      state.width = width;
      paint(state);
    }).observe(state.figure);
  }
  state.data = component.data.chart;
  if (!state.follows) {
    // a lever on the move: the chart comes before the page's own run
    state.follows = ({ detail }) => {
      const next = detail.charts[state.data.key];
      if (!next) return;
      state.data = { ...state.data, ...next };
      paint(state);
    };
    window.addEventListener("mutualis-preview", state.follows);
  }
  paint(state);
  return () => { window.removeEventListener("mutualis-preview", state.follows); state.follows = null; };
}
