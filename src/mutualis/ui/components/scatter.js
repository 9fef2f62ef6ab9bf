// Scatter charts of ``figures/scatter.py``: dots between two axes, guides across, the names of some dots.

const NAME = "600 13px", LINE = 15;

const overlap = (a, b) =>
  Math.max(0, Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x)) * Math.max(0, Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y));

const SIDES = [[1, 0], [-1, 0], [0, -1], [0, 1], [0.7, -0.7], [0.7, 0.7], [-0.7, -0.7], [-0.7, 0.7]];

// Beside its dot, else farther: the first place where a name covers next to nothing.
function placeName(dot, taken, room) {
  const w = wideOf(dot.name, NAME), h = LINE;
  for (const far of [5, 20, 40, 65, 95]) {
    const boxes = SIDES.map(([i, j]) => {
      const x = dot.x + i * (dot.radius + far), y = dot.y + j * (dot.radius + far);
      return { x: x - w * (1 - i) / 2, y: y - h * (1 - j) / 2, w, h, far, from: { x: dot.x + i * dot.radius, y: dot.y + j * dot.radius }, to: { x, y } };
    }).filter((box) => box.x >= room.left && box.x + w <= room.right && box.y >= room.top && box.y + h <= room.bottom);
    const costs = boxes.map((box) => taken.reduce((sum, other) => sum + overlap(box, other), 0)), least = Math.min(...costs);
    if (least <= w) return boxes[costs.indexOf(least)];
  }
  // a name over others would make them unreadable: the tip says it
  return null;
}

function draw(svg, { across, upwards, dots, guides, height }, width) {
  if (!dots.length) return false;
  const left = 30 + 6.8 * Math.max(...upwards.ticks.map(([, text]) => text.length)), right = width - 28, top = 18, bottom = height - 44;
  const x = (place) => left + (right - left) * place, y = (place) => bottom - (bottom - top) * place;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`); svg.setAttribute("height", height);
  let written = -Infinity;
  across.ticks.forEach(([place, text], i) => {
    element("line", { class: "grid", x1: x(place), x2: x(place), y1: top, y2: bottom }, svg);
    // the last one's end would be cut
    const isEnd = i === across.ticks.length - 1 && text.length > 7, wide = wideOf(text, "12px"), end = isEnd ? width : x(place) + wide / 2;
    if (end - wide < written + 8) return;
    written = end;
    element("text", { class: "tick", x: isEnd ? width : x(place), y: bottom + 17, "text-anchor": isEnd ? "end" : "middle" }, svg, text);
  });
  for (const [place, text] of upwards.ticks) {
    element("line", { class: "grid", x1: left, x2: right, y1: y(place), y2: y(place) }, svg);
    element("text", { class: "tick", x: left - 6, y: y(place) + 4, "text-anchor": "end" }, svg, text);
  }
  element("text", { class: "axis", x: (left + right) / 2, y: height - 6, "text-anchor": "middle" }, svg, across.name);
  element("text", { class: "axis", x: 0, y: 0, "text-anchor": "middle", transform: `translate(14,${(top + bottom) / 2}) rotate(-90)` }, svg, upwards.name);
  const placed = dots.map((dot) => ({ ...dot, x: x(dot.across), y: y(dot.up) }));
  for (const dot of placed) {
    const circle = element("circle", { class: `dot ${toned(dot.tone)}`, cx: dot.x, cy: dot.y, r: dot.radius }, svg);
    circle.dataset.tip = dot.tip;
    if (dot.code) circle.dataset.code = dot.code;
  }
  for (const guide of guides) {
    const at = guide.is_up ? { x1: left, x2: right, y1: y(guide.at), y2: y(guide.at) } : { x1: x(guide.at), x2: x(guide.at), y1: top, y2: bottom };
    element("line", { class: "guide", ...at }, svg);
    if (guide.text) element("text", { class: "value", x: right, y: y(guide.at) - 5, "text-anchor": "end" }, svg, guide.text);
  }
  const taken = [
    ...placed.map(({ x, y, radius: r }) => ({ x: x - r, y: y - r, w: 2 * r, h: 2 * r })),
    // a guide is as much in the way as a bubble
    ...guides.map((guide) => (guide.is_up ? { x: left, y: y(guide.at) - 4, w: right - left, h: 8 } : { x: x(guide.at) - 4, y: top, w: 8, h: bottom - top })),
  ];
  for (const dot of placed) {
    const box = dot.name && placeName(dot, taken, { left, right: width, top, bottom });
    if (!box) continue;
    taken.push(box);
    if (box.far > 5) element("line", { class: "leader", x1: box.from.x, y1: box.from.y, x2: box.to.x, y2: box.to.y }, svg);
    element("text", { class: "value", x: box.x, y: box.y + 12 }, svg, dot.name);
  }
  return true;
}

export default function (component) {
  const state = mountFigure(component, draw);
  onChoice(state, ({ code }) => component.setTriggerValue("clicked", code));
  state.paint();
}
