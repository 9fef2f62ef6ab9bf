// One step of history for a screen, with its choices: Streamlit (1.67) pushes two or three addresses to go to a screen, some
// without them; Back then seems to do nothing, or loses them. The screen left keeps the address it had when the user asked to leave.

if (!window.addressLeft) {
  window.addressLeft = location.href;
  for (const gesture of ["pointerdown", "keydown"]) window.addEventListener(gesture, () => { window.addressLeft = location.href; }, true);
  const push = history.pushState.bind(history), path = (address) => new URL(address, location.href).pathname;
  history.pushState = (state, unused, address) => {
    if (path(address) === location.pathname) return history.replaceState(state, unused, address);
    if (path(window.addressLeft) === location.pathname) history.replaceState(history.state, unused, window.addressLeft);
    return push(state, unused, address);
  };
}
