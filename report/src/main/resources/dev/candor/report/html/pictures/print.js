// Paper is light and has a width of its own: while a page is printed, each picture is drawn once more for it.

const PAPER = 680;
const papers = new Set();

/** A second drawing below a plot, twice as dense as a screen's; the answer takes it away again. */
function sheet(plot, optionFor, height) {
  const place = element('div', { class: 'sheet' });
  plot.after(place);
  const chart = echarts.init(place, null, { renderer: 'canvas', width: PAPER, height, devicePixelRatio: 2 });
  chart.setOption(optionFor({ width: PAPER, height, narrow: false }));
  return () => {
    chart.dispose();
    place.remove();
  };
}

function watchPrint(drawRest) {
  const root = document.documentElement;
  let before = null;
  addEventListener('beforeprint', () => {
    if (before) return;
    drawRest();
    const closed = [...document.querySelectorAll('details:not([open])')].filter((details) => !details.closest('figure'));
    closed.forEach((details) => { details.open = true; });
    const { theme } = root.dataset;
    root.dataset.theme = 'light';
    before = { theme, closed, sheets: [...papers].map((draw) => draw()) };
    root.classList.add('printing');
  });
  addEventListener('afterprint', () => {
    if (!before) return;
    before.sheets.forEach((remove) => remove());
    before.closed.forEach((details) => { details.open = false; });
    if (before.theme) root.dataset.theme = before.theme;
    else delete root.dataset.theme;
    root.classList.remove('printing');
    before = null;
  });
}
