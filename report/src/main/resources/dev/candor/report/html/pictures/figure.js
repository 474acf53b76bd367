// A figure element and the picture in it.

const KINDS = { lines, heat, waterfall, points, bars };
const NARROW = 560;

const common = (colours) => ({
  animation: false,
  textStyle: { fontFamily: colours.font, color: colours.ink },
  color: colours.series,
});

/** What the chart library is told of a model. */
function optionOf(plot, view) {
  const { colours } = view;
  if (KINDS[plot.kind].isEmpty(plot)) {
    return {
      ...common(colours),
      title: { text: 'Nothing was recorded for this picture.', left: 'center', top: 'middle', textStyle: { color: colours.soft, fontSize: 14, fontWeight: 400 } },
      series: [],
    };
  }
  const { tooltip, ...option } = KINDS[plot.kind].option(plot, view);
  return {
    ...common(colours),
    ...option,
    tooltip: {
      confine: true,
      transitionDuration: 0,
      backgroundColor: colours.page,
      borderColor: colours.soft,
      padding: 8,
      textStyle: { color: colours.ink, fontSize: 13 },
      ...tooltip,
    },
  };
}

/** Draws a model into a figure; the answer's `update` draws another of the same kind there. */
function picture(figure, first) {
  let model = first;
  const hidden = new Set();
  const id = model.id || figure.id;
  const kind = () => KINDS[model.plot.kind];
  if (!figure.querySelector('figcaption')) {
    figure.setAttribute('aria-labelledby', `${id}-title`);
    figure.prepend(element('figcaption', {},
      element('h3', { id: `${id}-title` }, model.title), element('p', { class: 'see' }, model.see)));
  }
  const plot = figure.querySelector('.plot') || element('div', { class: `plot ${model.plot.kind}` });
  if (!plot.parentElement) figure.append(plot);
  const key = element('div');
  const details = element('details', {}, element('summary', {}, 'Data'));
  const spoken = element('p', { class: 'unseen', 'aria-live': 'polite' });
  plot.after(key, element('div', { class: 'below' }, details, buttons(() => model, () => view())), spoken);
  plot.setAttribute('role', 'img');
  plot.setAttribute('tabindex', '0');
  figure.classList.add('picture', 'drawn');

  const view = () => ({
    colours: palette(), hidden, width: plot.clientWidth, height: plot.clientHeight, narrow: plot.clientWidth < NARROW,
  });
  // A figure that is not shown yet has no size; it is drawn once it has.
  const chart = echarts.init(plot, null, { renderer: 'canvas', width: plot.clientWidth || 600, height: plot.clientHeight || 300 });
  let keyed = '';
  let width = 0;
  let usual = 0;
  let wasEmpty = false;

  /** `whole`: nothing of what was drawn before stays; else tooltips do. */
  function draw(whole) {
    if (!plot.clientWidth) return;
    const isEmpty = kind().isEmpty(model.plot);
    if (whole) {
      plot.style.height = '';
      usual = plot.clientHeight;
    }
    plot.style.height = `${isEmpty ? 90 : kind().height?.(model.plot, plot.clientWidth, usual) ?? usual}px`;
    const now = view();
    if (chart.getWidth() !== now.width || chart.getHeight() !== now.height) chart.resize({ width: now.width, height: now.height });
    width = now.width;
    chart.setOption(optionOf(model.plot, now), whole || isEmpty !== wasEmpty ? { notMerge: true } : { replaceMerge: ['series'], lazyUpdate: true });
    wasEmpty = isEmpty;
    const words = [model.title, model.see, ...kind().words(model.plot)].join(' ');
    plot.setAttribute('aria-label', words.length > 1200 ? `${words.slice(0, 1200)} …` : words);
    const entries = isEmpty ? [] : kind().key(model.plot, named());
    if (JSON.stringify(entries) === keyed) return;
    keyed = JSON.stringify(entries);
    key.replaceChildren(...(isPlain(entries, model.plot) ? [] : [keyOf(entries, hidden, () => draw(true))]));
  }

  details.addEventListener('toggle', () => {
    details.querySelectorAll(':scope > :not(summary)').forEach((old) => old.remove());
    if (details.open) details.append(...table(model.plot, model.title));
  });
  walk(plot, spoken, chart, () => ({ plot: model.plot, kind: kind(), view: view() }));
  const paint = () => {
    if (plot.isConnected) draw(true);
    else forget();
  };
  const resized = new ResizeObserver(() => {
    if (plot.clientWidth && plot.clientWidth !== width) draw(true);
  });
  const onPaper = () => sheet(
    plot,
    (size) => optionOf(model.plot, { colours: palette(), hidden, ...size }),
    kind().isEmpty(model.plot) ? 90 : kind().height?.(model.plot, PAPER, 300) ?? 300);
  function forget() {
    papers.delete(onPaper);
    repaint.delete(paint);
    resized.disconnect();
    chart.dispose();
  }
  repaint.add(paint);
  papers.add(onPaper);
  resized.observe(plot);
  draw(true);
  return {
    chart,
    model: () => model,
    dispose: forget,
    update(next) {
      model = next;
      draw(false);
    },
  };
}

/** A key of one series says no more than the axis does. */
const isPlain = (entries, plot) => entries.length === 1 && entries[0].name === (plot.y || plot.x).name;

/**
 * Draws what is seen at once, and what comes near to it one at a time, so that a long page opens soon and scrolls
 * smoothly; the answer draws the rest.
 */
function drawWhenSeen() {
  const waiting = new Map();
  const drawOne = (figure) => {
    const data = waiting.get(figure);
    if (!data) return;
    waiting.delete(figure);
    watcher.unobserve(figure);
    figure.candor = picture(figure, JSON.parse(data.textContent));
  };
  const soon = window.requestIdleCallback
    ? (act) => requestIdleCallback(act, { timeout: 200 })
    : (act) => setTimeout(act, 0);
  const watcher = new IntersectionObserver(
    (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => soon(() => drawOne(entry.target))),
    { rootMargin: '1200px 0px' });
  document.querySelectorAll('figure.picture').forEach((figure) => {
    const data = figure.querySelector(':scope > script[type="application/json"]');
    if (!data) return;
    waiting.set(figure, data);
    watcher.observe(figure);
  });
  // What is seen first does not wait for idle time, of which a browser that only takes a picture of the page has none.
  [...waiting.keys()].filter((figure) => figure.getBoundingClientRect().top < innerHeight).forEach(drawOne);
  return () => [...waiting.keys()].forEach(drawOne);
}

window.candor = { picture, palette, format, clock, date, csv: (model) => csv(model.plot) };
watchTheme();
watchPrint(drawWhenSeen());
