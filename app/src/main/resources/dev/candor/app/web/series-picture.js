// One figure of several runs over the time of each, in one picture.

import { el } from './dom.js';

/** Runs are A, B, C … on a page: their names are too long, and often the same. */
export const letter = index => String.fromCharCode(65 + (index % 26));

export function seriesPicture(place, runs, { name: key, unit, at, values }, index) {
  const name = key.replaceAll('_', ' ');
  const share = unit === 'ratio';
  const figure = el('figure', { class: 'picture small', id: `series-${index}` });
  place.append(figure);
  window.candor.picture(figure, {
    id: `series-${index}`,
    title: name,
    see: `${name} of each run, over the seconds since it began.`,
    plot: {
      kind: 'lines',
      x: { name: 'time', unit: 's', scale: 'seconds', from: 0 },
      at,
      y: { name, unit: share ? '%' : unit, scale: 'linear', from: 0 },
      right: null,
      series: runs.map((run, each) => ({
        name: letter(each),
        values: (values[run.id] ?? []).map(value => (share && value !== null ? value * 100 : value)),
        right: false,
      })),
      spans: [],
      marks: [],
    },
  });
}
