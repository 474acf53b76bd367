// The picture of a trend: a point a run, which opens the run when it is clicked.

import { toRun } from './address.js';

/** Colours that can be told apart; the scenarios with fewer runs share one line. */
const MOST_LINES = 6;

export function trendPicture(figure, name, unit, points) {
  const share = unit === 'ratio';
  const { chart } = window.candor.picture(figure, {
    id: 'trend-picture',
    title: `${name} from run to run`,
    see: 'A step that stays is a change; a point alone is a bad day. Click a point, or follow its row below, to see the run.',
    plot: {
      kind: 'points',
      x: { name: 'run, in order of start', unit: '', scale: 'linear', from: 0 },
      y: { name, unit: share ? '%' : unit, scale: 'linear', from: share ? null : 0 },
      clouds: [],
      lines: lines(points).map(({ line, has }) => {
        const its = points.map((point, index) => ({ ...point, number: index + 1 })).filter(point => has(point) && point.value !== null);
        return { name: line, x: its.map(point => point.number), y: its.map(point => point.value * (share ? 100 : 1)) };
      }),
    },
  });
  chart.on('click', ({ value }) => location.assign(toRun(points[value[0] - 1].id)));
}

/** The line of each scenario, those of most runs first. */
function lines(points) {
  const runs = new Map();
  points.forEach(point => runs.set(point.scenario, (runs.get(point.scenario) ?? 0) + 1));
  const names = [...runs.keys()].sort((one, other) => runs.get(other) - runs.get(one));
  const alone = new Set(names.length > MOST_LINES ? names.slice(0, MOST_LINES - 1) : names);
  const drawn = [...alone].map(line => ({ line, has: point => point.scenario === line }));
  return alone.size === names.length ? drawn : [...drawn, { line: 'others', has: point => !alone.has(point.scenario) }];
}
