// The treemap of ``figures/treemap.py``: rectangles as square as they can be (Bruls, Huizing, van Wijk, 2000), words where they fit.

const HEAD = 24, LINE = 15, APART = 3, PAD = 4, LEAST_NAME = 40, TEXT = "12px", STRONG = "700 12px";

// Rectangles for values (in falling order) that fill a box.
function squarified(values, { x, y, w, h }) {
  // a parent too small to be seen
  if (w <= 0 || h <= 0) return values.map(() => ({ x, y, w: 0, h: 0 }));
  const places = [], scale = (w * h) / values.reduce((sum, value) => sum + value, 0);
  for (let i = 0; i < values.length; ) {
    const side = Math.min(w, h), row = [];
    let sum = 0, worst = Infinity;
    for (const value of values.slice(i)) {
      const area = value * scale, next = sum + area, largest = row[0] ?? area;
      const shape = Math.max((side * side * largest) / (next * next), (next * next) / (side * side * area));
      if (shape > worst) break;
      row.push(area); sum = next; worst = shape;
    }
    const thick = sum / side;
    let along = 0;
    for (const area of row) {
      const long = area / thick;
      places.push(w >= h ? { x, y: y + along, w: thick, h: long } : { x: x + along, y, w: long, h: thick });
      along += long;
    }
    if (w >= h) { x += thick; w -= thick; } else { y += thick; h -= thick; }
    i += row.length;
  }
  return places;
}

const inset = ({ x, y, w, h }, by) => ({ x: x + by, y: y + by, w: Math.max(0, w - 2 * by), h: Math.max(0, h - 2 * by) });

function tileOf(svg, tile, box, tone) {
  const rect = element("rect", { class: `tile ${tone}`, x: box.x, y: box.y, width: box.w, height: box.h }, svg);
  rect.dataset.tip = `${tile.name} · ${tile.amount}`;
  if (tile.code) rect.dataset.code = tile.code;
}

// What is cut is never the amount: where it does not fit, nothing is written, and the tip says all.
function sayLeaf(svg, leaf, box) {
  const room = box.w - 2 * PAD, most = Math.floor((box.h - 6) / LINE) - 1;
  if (room < Math.max(LEAST_NAME, wideOf(leaf.amount, TEXT)) || most < 1) return;
  [...brokenTo(leaf.name, room, TEXT, most), leaf.amount].forEach((line, i) => element("text", { class: "on-tile", x: box.x + PAD, y: box.y + 14 + LINE * i }, svg, line));
}

// Without room for both, a family's name rather than its amount: its colour alone does not tell which it is.
function sayHead(svg, head, box) {
  const room = box.w - 2 * PAD, amount = ` · ${head.amount}`, left = room - wideOf(amount, STRONG);
  const line = left >= 2 * LEAST_NAME ? `${cutTo(head.name, left, STRONG)}${amount}` : cutTo(head.name, room, STRONG);
  if (line) element("text", { class: "on-tile head", x: box.x + PAD, y: box.y + 16 }, svg, line);
}

function draw(svg, { groups, has_heads: hasHeads, height }, width) {
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`); svg.setAttribute("height", height);
  const boxes = squarified(groups.map(({ head }) => head.eur), { x: 0, y: 0, w: width, h: height });
  groups.forEach(({ head, leaves }, rank) => {
    const tone = `fill${rank % 6}`, box = hasHeads ? inset(boxes[rank], APART / 2) : boxes[rank], top = hasHeads && box.h > 2 * HEAD ? HEAD : 0;
    if (top) {
      tileOf(svg, head, { ...box, h: HEAD }, tone);
      sayHead(svg, head, box);
    }
    const places = squarified(leaves.map((leaf) => leaf.eur), { ...box, y: box.y + top, h: box.h - top });
    leaves.forEach((leaf, i) => {
      tileOf(svg, leaf, places[i], tone);
      sayLeaf(svg, leaf, places[i]);
    });
  });
  return groups.length > 0;
}

export default function (component) {
  const state = mountFigure(component, draw);
  onChoice(state, ({ code }) => component.setTriggerValue("clicked", code));
  state.paint();
}
