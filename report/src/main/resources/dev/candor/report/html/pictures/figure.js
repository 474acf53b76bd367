// A figure element and the picture in it.

const KINDS = { lines, heat, waterfall, points, bars };

const common = (colours) => ({
  animation: false,
  textStyle: { fontFamily: colours.font, color: colours.ink },
  color: colours.series,
});

/** Draws a model into a figure; the answer's `update` draws another of the same kind there. */
function picture(figure, first) {
  let model = first;
  const hidden = new Set();
  const id = model.id || figure.id;
  const plot = figure.querySelector('.plot') || element('div', { class: `plot ${model.plot.kind}` });
  if (!figure.querySelector('figcaption')) {
    figure.prepend(element('figcaption', {}, element('h3', { id: `${id}-title` }, model.title), element('p', { class: 'see' }, model.see)));
  }
  if (!plot.parentElement) figure.append(plot);
  figure.classList.add('picture', 'drawn');
  const kind = () => KINDS[model.plot.kind];
  const view = () => ({ colours: palette(), hidden, width: plot.clientWidth, height: plot.clientHeight, narrow: plot.clientWidth < 560 });
  const key = element('div');
  const details = element('details', {}, element('summary', {}, 'Data'));
  const live = element('p', { class: 'unseen', 'aria-live': 'polite' });
  plot.after(key, element('div', { class: 'below' }, details, buttons(() => model, view)), live);

  const chart = echarts.init(plot, null, { renderer: 'canvas' });
  plot.setAttribute('role', 'img');
  plot.setAttribute('tabindex', '0');

  function draw() {
    const wanted = kind().height?.(model.plot, plot.clientWidth);
    if (wanted) plot.style.height = `${wanted}px`;
    chart.resize();
    const now = view();
    const { tooltip, ...option } = kind().option(model.plot, now);
    chart.setOption({
      ...common(now.colours),
      ...option,
      tooltip: {
        confine: true,
        transitionDuration: 0,
        backgroundColor: now.colours.page,
        borderColor: now.colours.soft,
        padding: 8,
        textStyle: { color: now.colours.ink, fontSize: 13 },
        ...tooltip,
      },
    }, { notMerge: true });
  }

  function describe() {
    const words = [model.title, model.see, ...kind().words(model.plot)].join(' ');
    plot.setAttribute('aria-label', words.length > 1200 ? `${words.slice(0, 1200)} …` : words);
    key.replaceChildren(keyOf(kind().key(model.plot, palette()), hidden, draw));
  }

  function fillTable() {
    details.querySelectorAll(':scope > :not(summary)').forEach((old) => old.remove());
    if (details.open) details.append(...table(model.plot, model.title));
  }

  const paint = () => {
    describe();
    draw();
  };
  details.addEventListener('toggle', fillTable);
  let width = plot.clientWidth;
  new ResizeObserver(() => {
    if (plot.clientWidth === width || !plot.clientWidth) return;
    width = plot.clientWidth;
    draw();
  }).observe(plot);
  repaint.add(paint);
  paint();
  return {
    chart,
    update(next) {
      model = next;
      draw();
    },
  };
}

/** Draws what comes near to being seen, so that a long page opens at once. */
function drawAll() {
  const waiting = new Map();
  const drawOne = (figure) => {
    const data = waiting.get(figure);
    if (!data) return;
    waiting.delete(figure);
    watcher.unobserve(figure);
    figure.candor = picture(figure, JSON.parse(data.textContent));
  };
  const watcher = new IntersectionObserver(
    (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => drawOne(entry.target)),
    { rootMargin: '800px 0px' });
  document.querySelectorAll('figure.picture').forEach((figure) => {
    const data = figure.querySelector(':scope > script[type="application/json"]');
    if (!data) return;
    waiting.set(figure, data);
    watcher.observe(figure);
  });
  return () => [...waiting.keys()].forEach(drawOne);
}

window.candor = { picture, palette, format };
watchTheme();
const drawRest = drawAll();
