// What a component says beside the pointer. Stands before the script of each component that does.
function showTip(host, tip, event, text) {
  tip.textContent = text;
  tip.hidden = !text;
  if (!text) return;
  const box = host.getBoundingClientRect();
  tip.style.left = Math.max(0, Math.min(event.clientX - box.left + 12, box.width - tip.offsetWidth - 4)) + "px";
  tip.style.top = event.clientY - box.top + 14 + "px";
}

