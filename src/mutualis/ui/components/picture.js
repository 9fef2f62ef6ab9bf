// A component as one picture, at twice the screen's size. Stands before the script of each component that can be saved.
function openPicture(root, width, height) {
  const k = 2, canvas = document.createElement("canvas"), pen = canvas.getContext("2d"), style = getComputedStyle(root);
  canvas.width = width * k; canvas.height = height * k;
  pen.scale(k, k);
  pen.fillStyle = style.getPropertyValue("--st-background-color") || "#fff"; pen.fillRect(0, 0, width, height);
  const write = (text, x, y, font, room, align = "left") => {
    pen.fillStyle = style.color; pen.font = `${font} ${style.fontFamily}`; pen.textAlign = align; pen.fillText(text, x, y, room);
  };
  const save = (name) => {
    const link = document.createElement("a");
    link.download = `${name.replace(/\s*:\s*/g, ", ")}.png`; link.href = canvas.toDataURL("image/png"); link.click();
  };
  return { pen, write, save };
}

// A text on as many lines as its room asks.
function brokenText(root, text, font, room) {
  const pen = document.createElement("canvas").getContext("2d"), lines = [""];
  pen.font = `${font} ${getComputedStyle(root).fontFamily}`;
  for (const word of text.split(" ")) {
    const tried = `${lines.at(-1)} ${word}`.trim();
    if (lines.at(-1) && pen.measureText(tried).width > room) lines.push(word);
    else lines[lines.length - 1] = tried;
  }
  return lines;
}

