// The key below a picture: buttons that hide and show a series, by mouse and by keyboard; and the words of a tooltip.

const SVG = 'http://www.w3.org/2000/svg';

function svg(name, attributes) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => {
    if (key === 'fill' || key === 'stroke') made.style.setProperty(key, value);
    else made.setAttribute(key, value);
  });
  return made;
}

const spanKey = (plot, colours) =>
  spanKinds(plot).filter((kind) => kind !== 'phase').map((kind) => ({
    name: SPANS[kind].name, block: true, colour: colours.spans[kind], pattern: SPANS[kind].pattern, faint: true,
  }));

const OUTLINES = {
  circle: ['circle', { cx: 14, cy: 6, r: 3.5 }],
  rect: ['rect', { x: 10.5, y: 2.5, width: 7, height: 7 }],
  triangle: ['path', { d: 'M14 2 L18 9.5 L10 9.5 Z' }],
  diamond: ['path', { d: 'M14 1.5 L18 6 L14 10.5 L10 6 Z' }],
};

/** The little drawing beside a name. */
function swatch(entry) {
  const drawn = svg('svg', { viewBox: '0 0 28 12', width: 28, height: 12, 'aria-hidden': 'true', focusable: 'false' });
  if (entry.line) {
    drawn.append(svg('line', { x1: 0, x2: 28, y1: 6, y2: 6, stroke: entry.colour, 'stroke-width': 2,
      'stroke-dasharray': Array.isArray(entry.dash) ? entry.dash.join(' ') : 'none' }));
  }
  if (entry.line || entry.dot) {
    const hollow = entry.symbol.startsWith('empty');
    const [name, shape] = OUTLINES[solid(entry.symbol)];
    drawn.append(svg(name, { ...shape, fill: hollow ? entry.on : entry.colour, stroke: entry.colour }));
  }
  if (entry.tick) [6, 12, 20].forEach((x) => drawn.append(svg('rect', { x, y: 1, width: 1.2, height: 10, fill: entry.colour })));
  if (entry.block) {
    drawn.append(svg('rect', { x: 2, y: 0, width: 24, height: 12, fill: entry.faint ? 'none' : entry.colour,
      stroke: entry.colour, 'stroke-width': 1 }));
    const ink = entry.faint ? entry.colour : entry.on;
    const stroke = (d) => drawn.append(svg('path', { d, stroke: ink, 'stroke-width': 1.2, fill: 'none' }));
    if (entry.pattern === 'slash' || entry.pattern === 'cross') stroke('M2 12 L14 0 M10 12 L22 0 M18 12 L26 4');
    if (entry.pattern === 'back' || entry.pattern === 'cross') stroke('M2 0 L14 12 M10 0 L22 12 M18 0 L26 8');
    if (entry.pattern === 'columns') stroke('M6 0 V12 M10 0 V12 M14 0 V12 M18 0 V12 M22 0 V12');
    if (entry.pattern === 'rows') stroke('M2 4 H26 M2 8 H26');
    if (entry.pattern === 'dots') {
      [6, 12, 18, 24].forEach((x, n) => drawn.append(svg('circle', { cx: x - 1, cy: n % 2 ? 8 : 4, r: 1.2, fill: ink })));
    }
  }
  return drawn;
}

/** The key; `hidden` is changed by its buttons, which then call `changed`. */
function keyOf(entries, hidden, changed) {
  const list = element('ul', { class: 'key' });
  entries.forEach((entry) => {
    if (!entry.toggle) {
      list.append(element('li', {}, element('span', {}, swatch(entry), entry.name)));
      return;
    }
    const button = element('button', { type: 'button', 'aria-pressed': String(!hidden.has(entry.name)) }, swatch(entry), entry.text || entry.name);
    button.addEventListener('click', () => {
      if (!hidden.delete(entry.name)) hidden.add(entry.name);
      button.setAttribute('aria-pressed', String(!hidden.has(entry.name)));
      changed();
    });
    list.append(element('li', {}, button));
  });
  return list;
}

/** What a tooltip says, as text and never as HTML: rows are [name, value, colour]. */
function tip(said) {
  if (!said) return '';
  const { title, rows, notes = [] } = said;
  const box = element('div', { class: 'tip' }, element('b', {}, title));
  rows.forEach(([name, value, colour]) => {
    const dot = element('i');
    dot.style.background = colour || 'transparent';
    box.append(element('div', {}, dot, element('span', {}, name), element('span', { class: 'value' }, value)));
  });
  notes.forEach((note) => box.append(element('em', {}, note)));
  return box;
}
