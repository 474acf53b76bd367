// Paper is light and has a width of its own: all pictures are drawn again for it, and put back afterwards.

function watchPrint(drawRest) {
  const root = document.documentElement;
  let before = null;
  addEventListener('beforeprint', () => {
    if (before) return;
    const closed = [...document.querySelectorAll('details:not([open])')].filter((details) => !details.closest('figure'));
    before = { theme: root.dataset.theme, closed };
    closed.forEach((details) => { details.open = true; });
    root.dataset.theme = 'light';
    root.classList.add('printing');
    drawRest();
    repaintAll();
  });
  addEventListener('afterprint', () => {
    if (!before) return;
    if (before.theme) root.dataset.theme = before.theme;
    else delete root.dataset.theme;
    before.closed.forEach((details) => { details.open = false; });
    before = null;
    root.classList.remove('printing');
    repaintAll();
  });
}
