// A picture as PNG and its data as CSV: into the clipboard where the browser lets us, or into a file.

/** Draws once more, with title and key inside, on white or on the page's colour, and gives the PNG. */
function png(model, view) {
  const width = 1000;
  const kind = KINDS[model.plot.kind];
  const colours = view.colours;
  const key = kind.key(model.plot, colours).filter((entry) => !view.hidden.has(entry.name));
  const inner = kind.height?.(model.plot, width, 360) ?? 360;
  const head = 62;
  const height = inner + head + 12;
  const place = document.createElement('div');
  const chart = echarts.init(place, null, { renderer: 'canvas', width, height, devicePixelRatio: 2 });
  const option = optionOf(model.plot, { ...view, width, height: inner, narrow: false });
  const grid = option.grid || { top: 0, bottom: 0 };
  chart.setOption({
    ...option,
    backgroundColor: colours.page,
    tooltip: { show: false },
    grid: { ...grid, top: grid.top + head, bottom: grid.bottom + 12 },
    title: { text: model.title, left: 12, top: 8, textStyle: { color: colours.ink, fontSize: 17, fontWeight: 600, width: width - 24, overflow: 'truncate' } },
    graphic: keyGraphic(key, width, colours),
  });
  const url = chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: colours.page });
  chart.dispose();
  return fetchless(url);
}

/** The key as text on the canvas. */
function keyGraphic(entries, width, colours) {
  const drawn = [];
  let x = 12;
  entries.forEach((entry) => {
    const room = 26 + textWidth(entry.name) + 14;
    if (x + room > width) return;
    const fill = entry.pattern ? pattern(entry.pattern, entry.faint ? entry.colour : entry.on, entry.faint ? undefined : entry.colour) : entry.colour;
    if (entry.line) {
      drawn.push({ type: 'line', shape: { x1: x, y1: 44, x2: x + 22, y2: 44 }, style: { stroke: entry.colour, lineWidth: 2, lineDash: entry.dash === 'solid' ? undefined : entry.dash } });
    }
    if (entry.line || entry.dot) drawn.push(symbolGraphic(entry, x + 11, 44));
    else drawn.push({ type: 'rect', shape: { x, y: 39, width: entry.tick ? 1.5 : 22, height: 10 }, style: { fill, stroke: entry.colour, lineWidth: 1 } });
    drawn.push({ type: 'text', x: x + 27, y: 44, style: { text: entry.name, fill: colours.ink, font: `12px ${colours.font}`, verticalAlign: 'middle' } });
    x += room;
  });
  return drawn;
}

function symbolGraphic({ symbol, colour, on }, x, y) {
  const style = symbol.startsWith('empty') ? { fill: on, stroke: colour, lineWidth: 1.5 } : { fill: colour };
  const corners = { triangle: [[0, -4], [4, 4], [-4, 4]], diamond: [[0, -5], [5, 0], [0, 5], [-5, 0]], rect: [[-3.5, -3.5], [3.5, -3.5], [3.5, 3.5], [-3.5, 3.5]] }[solid(symbol)];
  return corners
    ? { type: 'polygon', shape: { points: corners.map(([dx, dy]) => [x + dx, y + dy]) }, style }
    : { type: 'circle', shape: { cx: x, cy: y, r: 3.8 }, style };
}

/** The bytes behind a data URL, without a request, which the page's policy forbids. */
function fetchless(url) {
  const bytes = atob(url.slice(url.indexOf(',') + 1));
  return new Blob([Uint8Array.from(bytes, (char) => char.charCodeAt(0))], { type: 'image/png' });
}

function save(blob, name) {
  const link = element('a', { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** The four buttons; what came of a click is said to screen readers too. */
function buttons(model, view) {
  const said = element('span', { class: 'said', role: 'status' });
  const file = (ending) => `${model().id || 'picture'}.${ending}`;
  const csvBlob = () => new Blob([csv(model().plot)], { type: 'text/csv;charset=utf-8' });
  const pngBlob = () => png(model(), view());
  const made = (text, act, done) => {
    const button = element('button', { type: 'button', 'aria-label': `${text} of ${model().title}` }, text);
    button.addEventListener('click', async () => {
      try {
        await act();
        said.textContent = done;
      } catch {
        said.textContent = 'The browser does not allow copying here; save it instead.';
      }
      setTimeout(() => { said.textContent = ''; }, 6000);
    });
    return button;
  };
  return element('div', { class: 'tools' },
    made('Copy PNG', () => navigator.clipboard.write([new ClipboardItem({ 'image/png': pngBlob() })]), 'Copied.'),
    made('Save PNG', async () => save(pngBlob(), file('png')), 'Saved.'),
    made('Copy CSV', () => navigator.clipboard.writeText(csv(model().plot)), 'Copied.'),
    made('Save CSV', async () => save(csvBlob(), file('csv')), 'Saved.'),
    said);
}
