// A ranked list of bars: label, bar, figure. A click or Enter tells Python which one.

export default function (component) {
  const { data: { bars: data }, parentElement, setTriggerValue } = component;
  const list = parentElement.querySelector(".bars");
  list.replaceChildren();
  for (const row of data.rows) {
    const canChoose = data.clickable && row.code !== "", line = document.createElement(canChoose ? "button" : "div");
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
    if (canChoose) {
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
  const save = parentElement.querySelector(".save");
  save.hidden = data.rows.length === 0;
  save.setAttribute("aria-label", `Enregistrer « ${data.title} » en image PNG`);
  save.onclick = () => savePicture(parentElement, data);
}

// The same list as one picture, at twice the screen's size: title, keys, bars, perimeter.
function savePicture(root, data) {
  const list = root.querySelector(".bars"), series = Math.max(1, data.legend.length);
  const width = 900, left = 330, right = 170, bar = 16, step = 12 + series * (bar + 2), head = data.legend.length ? 62 : 40;
  const height = head + step * data.rows.length + 34, { pen, write, save } = openPicture(list, width, height);
  const tones = ["s0", "s1"].map((name) => {
    const probe = Object.assign(document.createElement("i"), { className: name });
    list.appendChild(probe);
    const tone = getComputedStyle(probe).backgroundColor;
    probe.remove();
    return tone;
  });
  write(data.title, 10, 24, "600 16px", width - 20);
  data.legend.forEach((text, i) => { pen.fillStyle = tones[i]; pen.fillRect(10 + 300 * i, 38, 16, 12); write(text, 32 + 300 * i, 49, "13px", 270); });
  data.rows.forEach((row, at) => {
    const top = head + step * at;
    write(row.label, left - 12, top + 10 + (series * (bar + 2)) / 2, "14px", left - 20, "right");
    row.values.forEach((value, i) => {
      const y = top + 6 + i * (bar + 2), long = Math.max(2, ((width - left - right) * value) / data.max);
      pen.fillStyle = tones[i]; pen.fillRect(left, y, long, bar);
      write(row.texts[i], left + long + 8, y + bar - 3, "600 13px", right - 12);
    });
  });
  write(data.note, 10, height - 12, "11px", width - 20);
  save(data.title);
}
