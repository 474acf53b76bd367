// The picture of a trend: a point a run, which opens the run when it is clicked.

import { toRun } from './address.js';

/** Colours that can be told apart; the scenarios with fewer runs share one line. */
const MOST_LINES = 6;

export function trendPicture(figure, name, unit, points) {
  const share = unit === 'ratio';
  const drawn = lines(points.filter(point => point.value !== null));
  const { chart } = window.candor.picture(figure, {
    id: 'trend-picture',
    title: `${name} from run to run`,
    see: 'A step that stays is a change; a point alone is a bad day. Click a point, or follow its row below, to see the run.',
    plot: {
      kind: 'points',
      x: { name: 'start of the run', unit: '', scale: 'date', from: null },
      y: { name, unit: share ? '%' : unit, scale: 'linear', from: share ? null : 0 },
      clouds: [],
      lines: drawn.map(line => ({
        name: line.name,
        x: line.points.map(point => Date.parse(point.start) / 1000),
        y: line.points.map(point => point.value * (share ? 100 : 1)),
      })),
    },
  });
  chart.on('click', ({ seriesName, dataIndex }) => {
    const run = drawn.find(line => line.name === seriesName)?.points[dataIndex];
    if (run) {
      location.assign(toRun(run.id));
    }
  });
}

/** A line a scenario, those of most runs first. */
function lines(points) {
  const all = [...Map.groupBy(points, point => point.scenario)]
    .map(([name, its]) => ({ name, points: its }))
    .sort((one, other) => other.points.length - one.points.length);
  if (all.length <= MOST_LINES) {
    return all;
  }
  const others = new Set(all.slice(MOST_LINES - 1).map(line => line.name));
  return [...all.slice(0, MOST_LINES - 1), { name: 'others', points: points.filter(point => others.has(point.scenario)) }];
}
