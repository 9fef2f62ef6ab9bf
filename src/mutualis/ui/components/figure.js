// A figure of SVG: its frame (title, legend, tip, picture to save), mounted once and painted at each change of data or width.
// Stands before the script of each component that draws one.

const SVG = "http://www.w3.org/2000/svg";
const mounted = new WeakMap();

function element(tag, attributes = {}, parent = null, text = "") {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text) node.textContent = text;
  parent?.appendChild(node);
  return node;
}

const tipped = (node, tip) => { if (tip) node.dataset.tip = tip; };
const toned = (tone) => (tone === "limit" ? "limit-tone" : tone);

// Texts are measured with the page's own font: letters are not all alike.
const ruler = document.createElement("canvas").getContext("2d");
let family = "sans-serif";
function wideOf(text, font) {
  ruler.font = `${font} ${family}`;
  return ruler.measureText(text).width;
}

function cutTo(text, room, font) {
  if (wideOf(text, font) <= room) return text;
  let kept = Math.floor((text.length * room) / wideOf(text, font));
  while (kept > 0 && wideOf(`${text.slice(0, kept)}…`, font) > room) kept -= 1;
  return kept > 1 ? `${text.slice(0, kept).trimEnd()}…` : "";
}

// A name on a few lines of a given width; the first word too wide for a line is its last.
function brokenTo(text, room, font, most) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const tried = `${lines.at(-1)} ${word}`.trim();
    if (wideOf(tried, font) <= room) { lines[lines.length - 1] = tried; continue; }
    if (!lines.at(-1) || lines.length === most) { lines[lines.length - 1] = cutTo(`${tried}…`, room, font) || cutTo(tried, room, font); break; }
    lines.push(word);
    if (wideOf(word, font) > room) { lines[lines.length - 1] = cutTo(word, room, font); break; }
  }
  return lines.filter(Boolean);
}

function paintFigure(state, draw) {
  const { figure, data } = state;
  figure.querySelector("figcaption").textContent = data.title;
  const legend = figure.querySelector(".legend");
  legend.replaceChildren(...data.legend.map(([tone, name]) => {
    const item = document.createElement("span"), box = document.createElement("i");
    box.className = toned(tone);
    item.append(box, name);
    return item;
  }));
  const svg = element("svg", { role: "img", "aria-label": data.alt });
  const isDrawn = draw(svg, data, Math.max(240, state.width || 480));
  figure.querySelector(".plot").replaceChildren(isDrawn ? svg : "Rien à dessiner avec ces réglages.");
  figure.querySelector(".save").hidden = !isDrawn;
  // what it said was of the former figure
  figure.querySelector(".tip").hidden = true;
  state.read = null;
  // the bench watches this count
  figure.dataset.painted = Number(figure.dataset.painted ?? 0) + 1;
  figure.querySelector(".save").setAttribute("aria-label", `Enregistrer « ${data.title} » en image PNG`);
}

const STYLED = ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-family", "font-size", "font-weight", "opacity", "fill-opacity", "stroke-opacity", "paint-order"];

// Where each key of the legend goes in the picture: on a new line when the row is full.
function legendPlaces(figure, width) {
  const places = [];
  let x = 8, y = 0;
  for (const item of figure.querySelectorAll(".legend span")) {
    const long = 32 + wideOf(item.textContent, "13px");
    if (x > 8 && x + long > width) { x = 8; y += 18; }
    places.push([item, x, y]);
    x += long;
  }
  return places;
}

// A picture knows no font of the page: it carries its own, or does without.
let face;
const fontFace = () => (face ??= fetch("/fonts/public-sans-latin-wght-normal.woff2").then((found) => found.blob()).then((blob) => new Promise((done) => {
  const reader = new FileReader();
  reader.onload = () => done(`@font-face { font-family: "Public Sans"; font-weight: 100 900; src: url(${reader.result}); }`);
  reader.readAsDataURL(blob);
})).catch(() => ""));

async function savePicture({ figure, data }) {
  const svg = figure.querySelector("svg"), copy = svg.cloneNode(true);
  const inside = svg.querySelectorAll("*"), copied = copy.querySelectorAll("*");
  inside.forEach((node, i) => { const style = getComputedStyle(node); for (const name of STYLED) copied[i].style[name] = style.getPropertyValue(name); });
  element("style", {}, copy, await fontFace());
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const titles = brokenText(figure, data.title, "600 15px", width - 16), notes = brokenText(figure, data.note, "11px", width - 16);
  const keys = legendPlaces(figure, width), under = keys.length ? keys.at(-1)[2] + 18 : 0;
  const head = 14 + 20 * titles.length + under, foot = 12 + 14 * notes.length;
  copy.setAttribute("width", width); copy.setAttribute("height", height); copy.setAttribute("xmlns", SVG);
  const image = new Image();
  image.onload = () => {
    const { pen, write, save } = openPicture(figure, width, height + head + foot);
    titles.forEach((line, i) => write(line, 8, 20 + 20 * i, "600 15px"));
    for (const [item, x, y] of keys) {
      pen.fillStyle = getComputedStyle(item.firstChild).backgroundColor; pen.fillRect(x, head - under - 1 + y, 12, 10);
      write(item.textContent, x + 16, head - under + 9 + y, "13px");
    }
    pen.drawImage(image, 0, head, width, height);
    notes.forEach((line, i) => write(line, 8, height + head + 17 + 14 * i, "11px"));
    save(data.title);
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
}

// Gives the figure's state: its element, data and width, and what paints it.
function mountFigure({ parentElement, data }, draw) {
  let state = mounted.get(parentElement);
  if (!state) {
    state = { figure: parentElement.querySelector("figure"), paint: () => paintFigure(state, draw) };
    mounted.set(parentElement, state);
    family = getComputedStyle(state.figure).fontFamily;
    state.figure.querySelector(".save").onclick = () => savePicture(state);
    const tip = state.figure.querySelector(".tip");
    state.figure.onpointermove = state.figure.onpointerdown = (event) => {
      const { tip: said = "", code } = event.target.dataset;
      showTip(state.figure, tip, event, said && code && event.pointerType === "touch" ? `${said}\nToucher encore pour choisir` : said);
    };
    // a finger that is lifted leaves too: what it touched stays said
    state.figure.onpointerleave = (event) => { if (event.pointerType !== "touch") showTip(state.figure, tip, event, ""); };
    // measured when it changes, not at each painting: to ask for a width makes the browser lay out the page
    state.width = Math.round(state.figure.clientWidth);
    new ResizeObserver(([entry]) => {
      const width = Math.round(entry.contentRect.width);
      if (width === state.width) return;
      state.width = width;
      state.paint();
    }).observe(state.figure);
  }
  state.data = data.chart;
  return state;
}

// A click on what has a code chooses it; a finger, which cannot hover, first reads what it touches.
// An event, not a state: the same thing can be chosen again once its filter is taken out.
function onChoice(state, choose) {
  state.figure.onclick = ({ target, pointerType }) => {
    const { code } = target.dataset;
    if (!code) return;
    const isRead = pointerType !== "touch" || state.read === code;
    state.read = code;
    if (isRead) choose(target.dataset);
  };
}
