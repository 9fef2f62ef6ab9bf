// The levers of ``lever_sliders.py``: shows what the server holds, sends all values at each move.

// While a slider is dragged, one move at most in this time (ms): the server answers in less.
const PACE = 150;
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

function send(state, move) {
  clearTimeout(state.timer);
  state.timer = null;
  state.sent = performance.now();
  state.turn += 1;
  state.tell("moved", { ...move, turn: state.turn });
}

const sendValues = (state) => send(state, { values: Object.fromEntries(state.inputs.map((input) => [input.name, valueOf(input)])) });

function moved(state, input) {
  show(input);
  count(state.form);
  const wait = PACE - (performance.now() - state.sent);
  if (wait <= 0) sendValues(state);
  else state.timer ??= setTimeout(() => sendValues(state), wait);
}

function mount(root) {
  const form = root.querySelector("form");
  const state = { form, inputs: [...form.querySelectorAll("input, select")], turn: 0, sent: -PACE, timer: null };
  form.onsubmit = (event) => event.preventDefault();
  state.presets = [...form.querySelectorAll(".preset")];
  state.undo = form.querySelector(".undo");
  for (const button of state.presets) button.onclick = () => send(state, { preset: button.value });
  state.undo.onclick = () => send(state, {});
  for (const input of state.inputs) {
    const lever = input.parentElement, help = lever.querySelector(".help");
    input.oninput = () => moved(state, input);
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
  if (isNew) state.turn = data.turn;
  // an answer to an older move must not push a slider back under the user's hand
  if (data.turn < state.turn || state.timer) return;
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
