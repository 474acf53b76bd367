// A picture's data as a table and as CSV.

const TABLE_ROWS = 1000;

/** A cell for a spreadsheet: quoted where it must be, and never a formula. */
function csvCell(value) {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = String(value);
  const guarded = /^[=+\-@\t\r]/.test(text) && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? `'${text}` : text;
  return /[",;\r\n\t]/.test(guarded) || guarded !== text ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

function csv(plot) {
  const { head, count, row } = KINDS[plot.kind].rows(plot);
  const lines = [head.map(csvCell).join(',')];
  for (let n = 0; n < count; n++) lines.push(row(n).map(csvCell).join(','));
  return lines.join('\r\n') + '\r\n';
}

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
}

/** The table, and what it leaves out. */
function table(plot, title) {
  const { head, count, row } = KINDS[plot.kind].rows(plot);
  const shown = Math.min(count, TABLE_ROWS);
  const body = element('tbody');
  for (let n = 0; n < shown; n++) {
    const cells = row(n).map((value, at) => {
      const cell = element(at === 0 ? 'th' : 'td', at === 0 ? { scope: 'row' } : {},
        value === null || value === undefined ? 'n/a' : String(value));
      if (typeof value === 'number' && at > 0) cell.className = 'number';
      return cell;
    });
    body.append(element('tr', {}, ...cells));
  }
  const sample = count > 0 ? row(0) : [];
  const heading = element('tr', {}, ...head.map((name, at) =>
    element('th', { scope: 'col', ...(at > 0 && typeof sample[at] !== 'string' ? { class: 'number' } : {}) }, name || 'name')));
  const scroll = element('div', { class: 'scroll data', tabindex: '0', role: 'region', 'aria-label': `Data of ${title}` },
    element('table', {}, element('thead', {}, heading), body));
  return count > shown
    ? [element('p', { class: 'see' }, `The first ${plain(shown)} of ${plain(count)} rows; the CSV has all.`), scroll]
    : [scroll];
}
