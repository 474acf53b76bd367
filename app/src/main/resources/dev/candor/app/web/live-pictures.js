// The six pictures of a run while it lasts, drawn anew once a second from the same seconds.

import { el } from './dom.js';

/** Of each: the axis, and the lines with the column of LiveSeconds that they show. */
const PICTURES = [
  { id: 'live-ttft', title: 'Time to first token', see: 'p99 that leaves p50 behind: some users wait.', y: ['TTFT', 'ms'], lines: [['p50', 'ttft_p50'], ['p99', 'ttft_p99']] },
  { id: 'live-itl', title: 'Between tokens', see: 'Peaks are answers that stand still.', y: ['ITL', 'ms'], lines: [['p50', 'itl_p50'], ['p99', 'itl_p99']] },
  { id: 'live-tokens', title: 'Output', see: 'Level while users grow: the server is full.', y: ['output tokens', '/s'], lines: [['output tokens', 'output_tps']] },
  { id: 'live-flight', title: 'In flight', see: 'Users that wait for answers, of those there are.', y: ['requests', ''], lines: [['in flight', 'in_flight'], ['users', 'users']] },
  { id: 'live-ended', title: 'Ended and failed', see: 'Failures, beside what ended well.', y: ['requests', '/s'], lines: [['ended', 'completed'], ['failed', 'failed']] },
  { id: 'live-goodput', title: 'Goodput', see: 'The share of requests that met every objective.', y: ['goodput', '%'], lines: [['goodput', 'goodput', 100]] },
];

/** Draws them into `place`; the answer's `update` is to be called with the seconds. */
export function livePictures(place, seconds) {
  const drawn = PICTURES.map(picture => {
    const figure = el('figure', { class: 'picture small', id: picture.id });
    place.append(figure);
    return { picture, handle: window.candor.picture(figure, model(picture, seconds)) };
  });
  return { update: () => drawn.forEach(({ picture, handle }) => handle.update(model(picture, seconds))) };
}

function model({ id, title, see, y, lines }, seconds) {
  return {
    id,
    title,
    see,
    plot: {
      kind: 'lines',
      x: { name: 'time', unit: 's', scale: 'seconds', from: 0 },
      at: seconds.rows.map(row => row.at),
      y: { name: y[0], unit: y[1], scale: 'linear', from: 0 },
      right: null,
      series: lines.map(([name, column, times = 1]) => ({
        name,
        values: seconds.rows.map(row => (row[column] === null ? null : row[column] * times)),
        right: false,
      })),
      spans: [...seconds.phases.map(phase => ({ ...phase, kind: /warm-?up/i.test(phase.name) ? 'warmup' : 'phase' })), ...limited(seconds)],
      marks: [],
    },
  };
}

/** Neighbouring rows whose figures are the client's own, as one stretch. */
function limited(seconds) {
  const spans = [];
  for (const row of seconds.rows.filter(each => each.limited)) {
    const last = spans.at(-1);
    if (last?.to === row.at) {
      last.to = row.at + seconds.stretch;
    } else {
      spans.push({ from: row.at, to: row.at + seconds.stretch, name: 'client-limited', kind: 'limited' });
    }
  }
  return spans;
}
