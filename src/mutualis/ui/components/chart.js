// Charts of ``figures/chart.py``: categories on one axis, a measure on the other; boxes, marks, lines, limits.

// What may be incomplete, or is not known, is hatched: the tone, and those of its ground and of its stripes.
const HATCHED = { partial: ["pale", "gain"], unknown: ["ground", "stripe unknown"] };
function hatching(svg, tone) {
  const pattern = element("pattern", { id: tone, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, element("defs", {}, svg));
  const [ground, stripe] = HATCHED[tone];
  element("rect", { class: ground, width: 6, height: 6 }, pattern);
  element("rect", { class: stripe, width: 2.5, height: 6 }, pattern);
}

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
  const left = 12 + 6.8 * Math.max(...data.ticks.map(([, text]) => text.length)), top = 20;
  const right = 8 + 7.4 * Math.max(0, ...data.right.map(([, text]) => text.length));
  const n = data.categories.length, step = (width - left - right) / n;
  const letters = Math.max(4, Math.floor(step / 6.2)), longest = Math.max(...data.categories.map((name) => name.length));
  const wraps = step > 42 && 6.6 * longest + 8 > step, names = data.categories.map((name) => (wraps ? wrapped(name, letters, 3) : [name]));
  const [low, high] = [data.ticks[0][0], data.ticks.at(-1)[0]];
  // a figure written under a bar that goes to the bottom needs its own line above the names
  const under = data.boxes.some((box) => box.text && box.end < box.start && box.end - low < 0.08 * (high - low)) ? 16 : 0;
  const bottom = 8 + 14 * Math.max(...names.map((lines) => lines.length)) + under, height = data.height;
  // where names are drawn on one line, each keeps its distance from the last
  const apart = wraps ? 1 : (6.6 * longest + 8) / step;
  const y = (v) => top + (height - top - bottom) * (1 - (v - low) / (high - low));
  const x = (i) => left + step * (i + 0.5);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`); svg.setAttribute("height", height);
  for (const [value, text] of data.ticks) {
    element("line", { class: value === 0 ? "zero" : "grid", x1: left, x2: width - right, y1: y(value), y2: y(value) }, svg);
    element("text", { class: "tick", x: left - 6, y: y(value) + 4, "text-anchor": "end" }, svg, text);
  }
  for (const [value, text] of data.right) element("text", { class: "tick", x: width - right + 6, y: y(value) + 4 }, svg, text);
  let last = -Infinity;
  names.forEach((lines, i) => {
    if (!data.categories[i] || i - last < apart) return;
    last = i;
    lines.forEach((line, k) => {
      const text = element("text", { class: "tick", x: x(i), y: height - bottom + under + 15 + 14 * k, "text-anchor": "middle" }, svg, line);
      // a long word is drawn narrower rather than over its neighbour's
      if (wraps && 6.6 * line.length > step - 4) { text.setAttribute("textLength", step - 4); text.setAttribute("lengthAdjust", "spacingAndGlyphs"); }
    });
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
    // the first columns are the highest where another measure is told on the right
    const [at, anchor] = data.right.length ? [width - right - 6, "end"] : [left + 6, "start"];
    element("text", { class: "limit-name value", x: at, y: y(limit.value) - 5, "text-anchor": anchor }, svg, limit.text);
  }
  // over all the rest
  for (const box of data.whole ? data.boxes : []) {
    const column = element("rect", { class: "touch column", x: x(box.at) - step / 2, y: top, width: step, height: height - top - bottom }, svg);
    tipped(column, box.tip);
    if (box.code) column.dataset.code = box.code;
  }
}

function rows(svg, data, width) {
  // names above their boxes: where there is no room beside them, and where they are long
  const above = width < 420 || data.heads.length > 0, left = above ? 8 : Math.min(210, width * 0.38), top = data.limits.length ? 20 : 6;
  const step = data.heads.length ? 30 : above ? 42 : 34, thick = data.heads.length ? 10 : 14;
  const height = top + step * data.categories.length + 24;
  const [low, high] = [data.ticks[0][0], data.ticks.at(-1)[0]];
  // room for the figures at the end of bars, on the side where they go
  const room = (side) => Math.max(16, ...data.boxes.filter((box) => box.text && box.end < box.start === side).map((box) => 7.4 * box.text.length + 10));
  const right = room(false), start = left + (low < 0 && room(true) > 16 ? room(true) : 0);
  const x = (v) => start + (width - start - right) * ((v - low) / (high - low));
  const y = (i) => top + step * (i + 0.5) + (above ? 8 : 0);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`); svg.setAttribute("height", height);
  data.ticks.forEach(([value, text], i) => {
    element("line", { class: value === 0 ? "zero" : "grid", x1: x(value), x2: x(value), y1: top, y2: height - 22 }, svg);
    if (i % (width - left < 75 * data.ticks.length ? 2 : 1) === 0) element("text", { class: "tick", x: x(value), y: height - 7, "text-anchor": i === data.ticks.length - 1 ? "end" : i === 0 && above ? "start" : "middle" }, svg, text);
  });
  for (const box of data.boxes) {
    const [a, b] = [x(Math.min(box.start, box.end)), x(Math.max(box.start, box.end))];
    tipped(element("rect", { class: toned(box.tone), x: a, y: y(box.at) - thick / 2, width: Math.max(1, b - a), height: thick }, svg), box.tip);
    if (box.text) {
      const before = box.end < box.start;
      element("text", { class: "value", x: before ? a - 4 : b + 4, y: y(box.at) + 4, "text-anchor": before ? "end" : "start" }, svg, box.text);
    }
  }
  for (const mark of data.marks) tipped(element("circle", { class: toned(mark.tone), cx: x(mark.value), cy: y(mark.at), r: 5 }, svg), mark.tip);
  for (const limit of data.limits) {
    element("line", { class: "limit", x1: x(limit.value), x2: x(limit.value), y1: top, y2: height - 22 }, svg);
    element("text", { class: "limit-name", x: x(limit.value) + 4, y: top - 6 }, svg, limit.text);
  }
  // last: a limit's line does not cross them
  data.categories.forEach((name, i) => {
    if (above) {
      const head = data.heads[i] ?? "", text = element("text", { class: "above", x: left, y: y(i) - thick / 2 - 5 }, svg);
      element("tspan", { class: "head" }, text, head && `${head}\u00a0`);
      element("tspan", {}, text, wrapped(name, Math.floor((width - left) / 6.8) - head.length, 1)[0]);
      return;
    }
    const lines = wrapped(name, Math.floor((left - 8) / 6.6), 2);
    lines.forEach((line, k) => element("text", { x: left - 8, y: y(i) + 4 + 14 * (k - (lines.length - 1) / 2), "text-anchor": "end" }, svg, line));
  });
}

// A few columns whose names would not fit under them: rows, where names have room.
function tooNarrow(data, width) {
  const longest = Math.max(...data.categories.map((name) => name.length)), step = (width - 70) / data.categories.length;
  return step <= 42 && data.categories.length <= 12 && !data.lines.length && 6.6 * longest + 8 > step;
}

function draw(svg, data, width) {
  for (const tone in HATCHED) if (data.boxes.some((box) => box.tone === tone)) hatching(svg, tone);
  if (data.categories.length) (data.rows || tooNarrow(data, width) ? rows : columns)(svg, data, width);
  return data.categories.length > 0;
}

export default function (component) {
  const state = mountFigure(component, draw);
  onChoice(state, ({ code }) => component.setTriggerValue("clicked", code));
  if (!state.follows) {
    // a lever on the move: the chart comes before the page's own run
    state.follows = ({ detail }) => {
      const next = detail.charts[state.data.key];
      if (!next) return;
      state.data = { ...state.data, ...next };
      state.paint();
    };
    window.addEventListener("mutualis-preview", state.follows);
  }
  state.paint();
  return () => { window.removeEventListener("mutualis-preview", state.follows); state.follows = null; };
}
