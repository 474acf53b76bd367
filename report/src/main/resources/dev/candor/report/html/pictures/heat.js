// Counts of values over x: a cell the darker (in dark colours the lighter), the more fell into it.

const heat = {
  ownTip: true,
  isEmpty: (plot) => plot.counts.every((column) => column.every((count) => !count)),

  rows(plot) {
    const cells = plot.counts.flatMap((column, x) =>
      column.flatMap((count, y) => (count > 0 ? [[plot.columns[x], plot.columns[x + 1], plot.rows[y], plot.rows[y + 1], count]] : [])));
    const x = axisTitle(plot.x, plot.x.scale === 'seconds' ? 's' : '');
    const y = axisTitle({ ...plot.y, scale: 'linear' });
    return { head: [`${x} from`, `${x} to`, `${y} from`, `${y} to`, 'count'], count: cells.length, row: (n) => cells[n] };
  },

  key(plot, colours) {
    const steps = heatSteps(plot);
    return [
      ...steps.map((step, n) => ({ name: stepName(step), block: true, colour: heatColour(n, steps.length, colours) })),
      ...spanKey(plot, colours),
    ];
  },

  words(plot) {
    const { rows } = heatColumns(plot, Infinity);
    const highest = rows.reduce((most, cell) => Math.max(most, cell[3]), 0);
    const fullest = rows.reduce((most, cell) => (cell[4] > (most?.[4] ?? 0) ? cell : most), null);
    if (!fullest) return ['No values.'];
    return [`Most values, ${plain(fullest[4])}, lie between ${format(fullest[2], plot.y.unit)} and ${format(fullest[3], plot.y.unit)} `
      + `at ${plot.x.name} ${onAxis(fullest[0], plot.x)}; the highest cell ends at ${format(highest, plot.y.unit)}.`];
  },

  option(plot, view) {
    const { colours, width, height } = view;
    const floor = plot.y.scale === 'log' ? plot.rows.filter((edge) => edge > 0) : plot.rows;
    const used = plot.rows.filter((_, y) => plot.counts.some((column) => column[y] > 0 || column[y - 1] > 0));
    const up = scaleOf(plot.y, used.length ? used : floor, Math.max(3, Math.round(height / 65)));
    const left = sideRoom(up, plot.y);
    const plotWidth = width - left - 16;
    const across = scaleOf(plot.x, plot.columns, ticksAcross(plot.x, plotWidth));
    const extra = spanSeries(plot, across, plotWidth, colours, false);
    const { rows } = heatColumns(plot, plotWidth / 3);
    const steps = heatSteps(plot);
    const fills = steps.map((_, n) => heatColour(n, steps.length, colours));
    const fillOf = (count) => fills[steps.findIndex(([, to]) => count <= to)];
    return {
      grid: { left, right: 16, top: 26 + extra.above, bottom: 44 },
      xAxis: { ...acrossOption(plot.x, across, colours), axisPointer: { show: false } },
      yAxis: { ...upOption(plot.y, up, colours, false, 10 + extra.above), axisPointer: { show: false } },
      series: [
        ...extra.series,
        {
          type: 'custom',
          name: 'count',
          data: rows,
          encode: { x: [0, 1], y: [2, 3] },
          clip: true,
          progressive: 0,
          renderItem: (_, api) => {
            const [x, bottom] = api.coord([api.value(0), Math.max(api.value(2), up.min)]);
            const [toX, top] = api.coord([api.value(1), Math.max(api.value(3), up.min)]);
            const start = Math.round(x);
            const ceiling = Math.round(top);
            return {
              type: 'rect',
              shape: { x: start, y: ceiling, width: Math.max(2, Math.round(toX) - start), height: Math.max(2, Math.round(bottom) - ceiling) },
              style: { fill: fillOf(api.value(4)) },
              emphasis: { style: { stroke: colours.ink, lineWidth: 1.5 } },
            };
          },
        },
      ],
      tooltip: {
        trigger: 'item',
        formatter: (item) => {
          const [from, to, low, high, count] = item.value;
          return tip({
            title: `${plot.x.name} ${onAxis(from, plot.x)} to ${onAxis(to, plot.x)}`,
            rows: [[`${format(low, plot.y.unit)} to ${format(high, plot.y.unit)}`, plain(count)]],
            notes: spansAt(plot, from),
          });
        },
      },
    };
  },

  steps: (plot) => plot.counts.length,
  place(plot, n, chart) {
    const column = plot.counts[n];
    const y = column.indexOf(Math.max(...column));
    return chart.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 },
      [(plot.columns[n] + plot.columns[n + 1]) / 2, Math.sqrt(Math.max(plot.rows[y], 1e-3) * plot.rows[y + 1])]);
  },
  at(plot, n) {
    const column = plot.counts[n];
    const filled = column.flatMap((count, y) => (count > 0 ? [y] : []));
    const range = (y) => `${format(plot.rows[y], plot.y.unit)} to ${format(plot.rows[y + 1], plot.y.unit)}`;
    return {
      title: `${plot.x.name} ${onAxis(plot.columns[n], plot.x)} to ${onAxis(plot.columns[n + 1], plot.x)}`,
      rows: filled.length
        ? [['values', plain(column.reduce((a, b) => a + b, 0))],
          ['most of them', range(column.indexOf(Math.max(...column)))],
          ['the highest', range(filled[filled.length - 1])]]
        : [['values', '0']],
      notes: spansAt(plot, plot.columns[n]),
    };
  },
};

/** Cells that hold something; neighbouring columns are added up until no more than so many are left. */
function heatColumns(plot, most) {
  const columns = plot.counts.length;
  const together = Math.max(1, Math.ceil(columns / most));
  const rows = [];
  for (let x = 0; x < columns; x += together) {
    const end = Math.min(x + together, columns);
    for (let y = 0; y + 1 < plot.rows.length; y++) {
      let count = 0;
      for (let i = x; i < end; i++) count += plot.counts[i][y] || 0;
      if (count > 0) rows.push([plot.columns[x], plot.columns[end], plot.rows[y], plot.rows[y + 1], count]);
    }
  }
  return { rows, together };
}

/** Steps of the scale, each about as many times the one before, so that single values and thousands both show. */
function heatSteps(plot) {
  const highest = Math.max(1, plot.counts.reduce((most, column) => column.reduce((a, b) => Math.max(a, b), most), 0));
  const steps = [];
  let from = 1;
  for (let n = 1; n <= HEAT && from <= highest; n++) {
    const end = n === HEAT ? Infinity : Math.max(from, Math.round(highest ** (n / HEAT)));
    steps.push([from, end >= highest ? Infinity : end]);
    from = end + 1;
  }
  return steps;
}

const stepName = ([from, to]) => (to === Infinity ? `${plain(from)} and more` : to === from ? plain(from) : `${plain(from)}–${plain(to)}`);
const heatColour = (n, of, colours) => colours.heat[of === 1 ? 3 : Math.round((n * (HEAT - 1)) / (of - 1))];
