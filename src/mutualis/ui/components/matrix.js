// The matrix of ``figures/matrix.py``. A path per shade rather than a shape per cell: a thousand shapes take ten times as long.

const ROW = 21, WIDEST = 64, ROW_ROOM = 280, COLUMN_ROOM = 190, SLANT = 60, TEXT = "11px";

function draw(svg, data, width) {
  if (!data.cells.length) return false;
  const { cells, tones } = data, radians = (SLANT * Math.PI) / 180;
  const [rows, columns] = [data.rows.map((name) => cutTo(name, ROW_ROOM, TEXT)), data.columns.map((name) => cutTo(name, COLUMN_ROOM, TEXT))];
  const longest = (names) => Math.max(...names.map((name) => wideOf(name, TEXT)));
  // room for a name that hovering makes bold
  const left = 1.08 * longest(rows) + 10, header = longest(columns);
  const top = 14 + header * Math.sin(radians), step = Math.min(WIDEST, (width - left - 8 - header * Math.cos(radians)) / columns.length);
  const height = top + ROW * rows.length + 4;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`); svg.setAttribute("height", height);
  const names = {
    row: rows.map((name, i) => element("text", { class: "named", x: left - 6, y: top + ROW * (i + 0.5) + 4, "text-anchor": "end" }, svg, name)),
    column: columns.map((name, i) => element("text", { class: "named", transform: `translate(${left + step * (i + 0.5) + 4},${top - 6}) rotate(${-SLANT})` }, svg, name)),
  };
  element("rect", { class: "field", x: left, y: top, width: step * columns.length, height: ROW * rows.length }, svg);
  const paths = tones.map(() => []), at = new Map();
  for (const [column, row, k, text] of cells) {
    paths[k].push(`M${(left + step * column + 0.5).toFixed(1)},${top + ROW * row + 0.5}h${(step - 1).toFixed(1)}v${ROW - 1}h${(1 - step).toFixed(1)}z`);
    at.set(row * columns.length + column, text);
  }
  paths.forEach((path, k) => element("path", { class: tones[k], d: path.join("") }, svg));
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
    touch.dataset.tip = text ? `${data.rows[row]}\u202f: ${data.columns[column]}, ${text}` : "";
    touch.dataset.code = text ? `${row},${column}` : "";
    touch.style.cursor = text ? "pointer" : "";
    point(row, column, Boolean(text));
  };
  touch.onpointerleave = () => point();
  return true;
}

export default function (component) {
  const state = mountFigure(component, draw);
  onChoice(state, ({ code }) => {
    const [row, column] = code.split(",");
    component.setTriggerValue("clicked", [state.data.buyers[row], state.data.segments[column]]);
  });
  state.paint();
}
