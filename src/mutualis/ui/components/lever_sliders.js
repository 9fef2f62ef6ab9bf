// The levers of ``lever_sliders.py``. While one moves, the point estimate is asked for and painted at once
// (``ui/preview.py``); where it stops, all values are sent, and the page runs.

const mounted = new WeakMap();

const valueOf = (input) => (input.type === "checkbox" ? input.checked : input.type === "range" ? Number(input.value) : input.value);
// formats are kept: making one takes longer than all the rest
const formats = [0, 1, 2, 3].map((digits) => new Intl.NumberFormat("fr-FR", { minimumFractionDigits: digits, maximumFractionDigits: digits }));
const textOf = (input, value) => {
  const { unit } = input.parentElement.dataset, digits = (input.step.split(".")[1] ?? "").length;
  const said = Math.abs(value) < 2 ? unit.replace(/s$/, "") : unit;
  return `${formats[digits].format(value)}${said ? `\u00a0${said}` : ""}`;
};

function show(input) {
  const lever = input.parentElement, value = valueOf(input);
  if (input.type === "range") {
    const text = textOf(input, value);
    lever.querySelector("output").textContent = text;
    input.setAttribute("aria-valuetext", text);
    input.style.setProperty("--filled", `${(100 * (value - input.min)) / (input.max - input.min)}%`);
  }
  const changed = input.type === "range" ? value !== Number(lever.dataset.reference) : String(value) !== lever.dataset.reference;
  lever.classList.toggle("changed", changed);
  lever.querySelector(".back").hidden = !changed;
}

function count(form) {
  for (const group of form.querySelectorAll("details")) {
    const n = group.querySelectorAll(".changed").length;
    group.querySelector(".count").textContent = n ? `${n} modifié${n > 1 ? "s" : ""}` : "";
  }
}

const valuesOf = (state) => Object.fromEntries(state.inputs.map((input) => [input.name, valueOf(input)]));

function send(state, move) {
  state.isMoving = state.isSettled = false;
  state.turn += 1;
  state.tell("moved", { ...move, turn: state.turn });
}

// One question at a time; what moved meanwhile is asked next, and the page runs when nothing moves any more.
async function preview(state) {
  if (state.isAsking) { state.again = true; return; }
  state.isAsking = true;
  do {
    state.again = false;
    const question = { ...state.preview.of, values: valuesOf(state) };
    try {
      const answer = await fetch(state.preview.url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(question) });
      if (answer.ok) paint(await answer.json());
    } catch { /* the page's own run says what is wrong */ }
  } while (state.again);
  state.isAsking = false;
  if (state.isSettled) send(state, { values: valuesOf(state) });
}

function paint(found) {
  for (const cards of document.querySelectorAll(".result-cards")) cards.outerHTML = found.cards;
  window.dispatchEvent(new CustomEvent("mutualis-preview", { detail: found }));
}

function moved(state, input) {
  state.isMoving = true;
  show(input);
  count(state.form);
  preview(state);
}

function settled(state) {
  state.isSettled = true;
  if (!state.isAsking) send(state, { values: valuesOf(state) });
}

function mount(root) {
  const form = root.querySelector("form");
  const state = { form, inputs: [...form.querySelectorAll("input, select")], turn: 0, isMoving: false, isAsking: false, again: false, isSettled: false };
  form.onsubmit = (event) => event.preventDefault();
  state.presets = [...form.querySelectorAll(".preset")];
  state.undo = form.querySelector(".undo");
  for (const button of state.presets) button.onclick = () => send(state, { preset: button.value });
  state.undo.onclick = () => send(state, {});
  for (const input of state.inputs) {
    const lever = input.parentElement, help = lever.querySelector(".help");
    input.oninput = () => moved(state, input);
    input.onchange = () => settled(state);
    help.onclick = () => {
      const note = lever.querySelector(".note");
      note.hidden = !note.hidden;
      help.setAttribute("aria-expanded", String(!note.hidden));
    };
    lever.querySelector(".back").onclick = () => {
      if (input.type === "checkbox") input.checked = lever.dataset.reference === "true";
      else input.value = lever.dataset.reference;
      input.focus();
      moved(state, input);
      settled(state);
    };
  }
  return state;
}

export default function (component) {
  const { data: { panel: data }, parentElement, setTriggerValue } = component;
  let state = mounted.get(parentElement);
  const isNew = !state;
  if (isNew) {
    state = mount(parentElement);
    mounted.set(parentElement, state);
  }
  state.tell = setTriggerValue;
  state.preview = data.preview;
  if (isNew) state.turn = data.turn;
  // an answer to an older move must not push a slider back under the user's hand
  if (data.turn < state.turn || state.isMoving) return;
  state.turn = data.turn;
  for (const button of state.presets) button.setAttribute("aria-pressed", String(button.value === data.preset));
  state.undo.disabled = !data.can_undo;
  for (const input of state.inputs) {
    const value = data.values[input.name];
    if (input.type === "checkbox") input.checked = value;
    else if (valueOf(input) !== value) input.value = value;
    show(input);
  }
  count(state.form);
}
