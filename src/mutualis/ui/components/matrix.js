// The matrix of ``figures/matrix.py``. A path per shade rather than a shape per cell: a thousand shapes take ten times as long.

const ROW = 21, ROWS_LETTERS = 44, COLUMNS_LETTERS = 30, LETTER = 5.9, SLANT = 60, SHADES = 6;

const cut = (name, letters) => (name.length > letters ? `${name.slice(0, letters - 1)}…` : name);
const shade = (k, n) => (n === 1 ? 3 : Math.round((k * (SHADES - 1)) / (n - 1)));

function draw(svg, data, width) {
  const { rows, columns, cells, classes } = data, radians = (SLANT * Math.PI) / 180;
  const longest = (names, letters) => LETTER * Math.max(...names.map((name) => cut(name, letters).length));
  const left = longest(rows, ROWS_LETTERS) + 10, header = longest(columns, COLUMNS_LETTERS);
  const top = 14 + header * Math.sin(radians), step = (width - left - 8 - header * Math.cos(radians)) / columns.length;
  const height = top + ROW * rows.length + 4;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`); svg.setAttribute("height", height);
  const names = {
    row: rows.map((name, i) => element("text", { class: "named", x: left - 6, y: top + ROW * (i + 0.5) + 4, "text-anchor": "end" }, svg, cut(name, ROWS_LETTERS))),
    column: columns.map((name, i) => element("text", { class: "named", transform: `translate(${left + step * (i + 0.5) + 4},${top - 6}) rotate(${-SLANT})` }, svg, cut(name, COLUMNS_LETTERS))),
  };
  element("rect", { class: "field", x: left, y: top, width: step * columns.length, height: ROW * rows.length }, svg);
  const paths = Array.from({ length: classes }, () => []), at = new Map();
  for (const [column, row, k, text] of cells) {
    paths[k].push(`M${(left + step * column + 0.5).toFixed(1)},${top + ROW * row + 0.5}h${(step - 1).toFixed(1)}v${ROW - 1}h${(1 - step).toFixed(1)}z`);
    at.set(row * columns.length + column, text);
  }
  paths.forEach((path, k) => element("path", { class: `shade${shade(k, classes)}`, d: path.join("") }, svg));
  const frame = element("rect", { class: "frame", width: Math.max(1, step), height: ROW, visibility: "hidden" }, svg);
  const touch = element("rect", { class: "touch", x: left, y: top, width: step * columns.length, height: ROW * rows.length }, svg);
  let pointed = [];
  const point = (row, column, isCell) => {
    for (const name of pointed) name.classList.remove("pointed");
    pointed = row === undefined ? [] : [names.row[row], names.column[column]];
    for (const name of pointed) name.classList.add("pointed");
    frame.setAttribute("visibility", isCell ? "visible" : "hidden");
    if (isCell) { frame.setAttribute("x", left + step * column); frame.setAttribute("y", top + ROW * row); }
  };
  const found = (event) => {
    const box = touch.getBoundingClientRect(), share = (v, from, long, n) => Math.max(0, Math.min(n - 1, Math.floor((n * (v - from)) / long)));
    const row = share(event.clientY, box.top, box.height, rows.length), column = share(event.clientX, box.left, box.width, columns.length);
    return { row, column, text: at.get(row * columns.length + column) };
  };
  touch.onpointermove = touch.onpointerdown = (event) => {
    const { row, column, text } = found(event);
    touch.dataset.tip = text ? `${rows[row]}\u202f: ${columns[column]}, ${text}` : "";
    touch.style.cursor = text ? "pointer" : "";
    point(row, column, Boolean(text));
  };
  touch.onpointerleave = () => point();
  touch.onclick = (event) => {
    const { row, column, text } = found(event);
    if (text) data.choose([data.buyers[row], data.segments[column]]);
  };
  return cells.length > 0;
}

export default function (component) {
  const state = mountFigure(component, draw);
  const { classes, keys } = state.data;
  state.data = { ...state.data, legend: keys.map((text, k) => [`shade${shade(k, classes)}`, text]), choose: (cell) => component.setTriggerValue("clicked", cell) };
  state.paint();
}
