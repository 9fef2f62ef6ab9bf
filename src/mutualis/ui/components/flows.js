// The figure of ``figures/flows.py``: names in two columns, ribbons between them as thick as the spend.

const GAP = 14, BAR = 10, NARROW = 620, TEXT = "600 12px";

function draw(svg, { left, right, flows, height }, width) {
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`); svg.setAttribute("height", height);
  // on a telephone names are written over the ribbons, without their amounts, so that both columns fit
  const isNarrow = width < NARROW, side = isNarrow ? 2 : Math.max(230, Math.min(420, width * 0.24)), room = isNarrow ? width / 2 - BAR - 12 : side - 12;
  const total = left.reduce((sum, end) => sum + end.eur, 0), scale = (height - GAP * Math.max(left.length, right.length)) / total;
  const columns = [[left, side], [right, width - side - BAR]].map(([ends, x]) => {
    // the shorter column stands in the middle
    let y = GAP / 2 + (height - GAP * ends.length - total * scale) / 2;
    return ends.map((end) => {
      const box = { end, x, y, filled: 0 };
      y += end.eur * scale + GAP;
      return box;
    });
  });
  const ribbons = element("g", {}, svg);
  // in the order of both columns, so that ribbons of one name do not cross
  for (const flow of [...flows].sort((a, b) => a.left - b.left || a.right - b.right)) {
    const a = columns[0][flow.left], b = columns[1][flow.right], thick = flow.eur * scale;
    const [x0, x1] = [a.x + BAR, b.x], middle = (x0 + x1) / 2, [y0, y1] = [a.y + a.filled + thick / 2, b.y + b.filled + thick / 2];
    a.filled += thick; b.filled += thick;
    const path = element("path", { class: "ribbon", d: `M${x0},${y0}C${middle},${y0} ${middle},${y1} ${x1},${y1}`, "stroke-width": Math.max(0.5, thick).toFixed(1) }, ribbons);
    path.dataset.tip = flow.tip; path.dataset.left = flow.left; path.dataset.right = flow.right;
  }
  columns.forEach((boxes, k) => boxes.forEach(({ end, x, y }, i) => {
    const tall = Math.max(1, end.eur * scale), group = element("g", { class: "end" }, svg);
    element("rect", { class: end.code ? (k ? "process" : "gain") : "cost", x, y, width: BAR, height: tall }, group);
    const outside = isNarrow ? 1 : -1, before = (k ? -outside : outside) < 0;
    const name = cutTo(end.name, isNarrow ? room : room - wideOf(`${end.amount} · `, TEXT), TEXT);
    // what is cut is never the amount
    const text = isNarrow ? name : k ? `${end.amount} · ${name}` : `${name} · ${end.amount}`;
    element("text", { class: "value plain", x: before ? x - 5 : x + BAR + 5, y: y + tall / 2 + 4, "text-anchor": before ? "end" : "start" }, group, text);
    for (const node of group.children) {
      node.dataset.tip = `${end.name} · ${end.amount}`;
      if (end.code) { node.dataset.code = end.code; node.dataset.column = k ? "right" : "left"; }
    }
    // a name's own ribbons stand out
    const own = `[data-${k ? "right" : "left"}="${i}"]`;
    group.onpointerenter = () => { for (const path of ribbons.children) path.classList.toggle("faint", !path.matches(own)); };
    group.onpointerleave = () => { for (const path of ribbons.children) path.classList.remove("faint"); };
  }));
  return flows.length > 0;
}

export default function (component) {
  const state = mountFigure(component, draw);
  onChoice(state, ({ column, code }) => component.setTriggerValue(column, code));
  state.paint();
}
