// A ranked list of bars: label, bar, figure. A click or Enter tells Python which one.

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const list = parentElement.querySelector(".bars");
  list.replaceChildren();
  for (const row of data.rows) {
    const line = document.createElement(data.clickable ? "button" : "div");
    line.className = "bar" + (row.selected ? " selected" : "");
    const name = document.createElement("span");
    name.className = "name";
    name.textContent = row.label;
    const tracks = document.createElement("span");
    tracks.className = "tracks";
    for (const [i, value] of row.values.entries()) {
      const track = document.createElement("span");
      track.className = "track";
      const bar = document.createElement("i");
      bar.className = `s${i}`;
      bar.style.width = `${Math.max(0.4, (100 * value) / data.max)}%`;
      const text = document.createElement("b");
      text.textContent = row.texts[i];
      track.append(bar, text);
      tracks.appendChild(track);
    }
    line.append(name, tracks);
    if (data.clickable) {
      line.type = "button";
      line.setAttribute("aria-pressed", String(row.selected));
      line.setAttribute("aria-label", `${row.label} : ${row.texts.join(", ")}. Filtrer`);
      line.onclick = () => setTriggerValue("clicked", row.code);
    }
    list.appendChild(line);
  }
  const legend = parentElement.querySelector(".keys");
  legend.replaceChildren();
  for (const [i, text] of (data.legend ?? []).entries()) {
    const item = document.createElement("span"), box = document.createElement("i");
    box.className = `s${i}`;
    item.append(box, text);
    legend.appendChild(item);
  }
}
