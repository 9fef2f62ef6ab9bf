// What a component says beside the pointer. Stands before the script of each component that does.
function showTip(host, tip, event, text) {
  tip.textContent = text;
  tip.hidden = !text;
  if (!text) return;
  const box = host.getBoundingClientRect(), { offsetWidth: wide, offsetHeight: tall } = tip;
  // within what is seen of the host, and above the pointer where there is no room below
  const x = Math.max(Math.min(event.clientX + 12, Math.min(box.right, innerWidth) - wide - 4), Math.max(box.left, 0));
  const y = event.clientY + 14 + tall > innerHeight ? event.clientY - tall - 10 : event.clientY + 14;
  tip.style.left = x - box.left + "px";
  tip.style.top = y - box.top + "px";
}
