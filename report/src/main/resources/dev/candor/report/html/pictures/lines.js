// Lines over a common x.

const lines = {
  rows: (plot) => ({
    head: [axisTitle(plot.x, plot.x.scale === 'seconds' ? 's' : ''),
      ...plot.series.map((series) => axisTitle({ ...sideOf(plot, series), name: series.name, scale: 'linear' })),
      ...(plot.spans.length ? ['marked as'] : [])],
    count: plot.at.length,
    row: (n) => [plot.at[n], ...plot.series.map((series) => series.values[n]),
      ...(plot.spans.length ? [spansAt(plot, plot.at[n]).join('; ')] : [])],
  }),

  key: (plot, colours) => [
    ...plot.series.map((series, n) => ({ name: series.name, toggle: true, line: true, ...look(n, colours) })),
    ...spanKey(plot, colours),
  ],

  words: (plot) => plot.series.map((series) => {
    const side = sideOf(plot, series);
    const highest = extentOf(series.values);
    if (!highest) return `${series.name}: no values.`;
    const where = plot.at[series.values.indexOf(highest[1])];
    return `${series.name}: from ${format(highest[0], side.unit)} to ${format(highest[1], side.unit)}, `
      + `the highest at ${plot.x.name} ${onAxis(where, plot.x)}.`;
  }),

  option(plot, view) {
    const { colours, width, height } = view;
    const shown = plot.series.map((series, n) => ({ series, n })).filter(({ series }) => !view.hidden.has(series.name));
    const valuesOf = (right) => shown.filter(({ series }) => Boolean(plot.right && series.right) === right).flatMap(({ series }) => series.values);
    const up = Math.max(3, Math.round(height / 65));
    const left = scaleOf(plot.y, valuesOf(false), up);
    const right = plot.right && scaleOf(plot.right, valuesOf(true), up);
    const margin = { left: sideRoom(left, plot.y), right: right ? sideRoom(right, plot.right) : 16 };
    const plotWidth = width - margin.left - margin.right;
    const ends = plot.spans.filter((span) => span.kind === 'phase').flatMap((span) => [span.from, span.to]);
    const across = scaleOf(plot.x, [...plot.at, ...ends], Math.max(2, Math.floor(plotWidth / 75)));
    const extra = spanSeries(plot, across, plotWidth, colours);
    const many = plot.at.length;
    return {
      grid: { left: margin.left, right: margin.right, top: 26 + extra.above, bottom: 44 },
      xAxis: acrossOption(plot.x, across, colours),
      yAxis: [
        upOption(plot.y, left, colours, false, 10 + extra.above),
        ...(right ? [{ ...upOption(plot.right, right, colours, true, 10 + extra.above), splitLine: { show: false } }] : []),
      ],
      series: [
        ...shown.map(({ series, n }) => {
          const { colour, dash, symbol } = look(n, colours);
          const every = Math.max(1, Math.ceil(many / 12));
          const alone = (i) => series.values[i - 1] == null && series.values[i + 1] == null;
          return {
            type: 'line',
            name: series.name,
            yAxisIndex: right && series.right ? 1 : 0,
            data: plot.at.map((x, i) => [x, series.values[i] ?? null]),
            connectNulls: false,
            color: colour,
            lineStyle: { color: colour, width: 2, type: dash },
            itemStyle: { color: symbol.startsWith('empty') ? colours.page : colour, borderColor: colour, borderWidth: symbol.startsWith('empty') ? 1.5 : 0 },
            symbol: symbol.replace(/^empty(.)/, (_, first) => first.toLowerCase()),
            symbolSize: (_, item) =>
              (item.dataIndex + Math.floor((n * every) / 4)) % every === 0 ? 7 : alone(item.dataIndex) ? 5 : 0,
            showSymbol: true,
            showAllSymbol: true,
            emphasis: { disabled: true },
          };
        }),
        ...extra.series,
      ],
      tooltip: {
        trigger: 'axis',
        formatter: (items) => {
          const x = items[0]?.axisValue;
          const n = nearest(plot.at, x);
          return n < 0 ? '' : tip(`${plot.x.name} ${onAxis(plot.at[n], plot.x)}`,
            shown.map(({ series, n: at }) => [series.name, format(series.values[n], sideOf(plot, series).unit), look(at, colours).colour]),
            spansAt(plot, plot.at[n]));
        },
      },
    };
  },

  steps: (plot) => plot.at.length,
  pointAt: (plot, n) => ({ dataIndex: n }),
};

const sideOf = (plot, series) => (plot.right && series.right ? plot.right : plot.y);

/** Room for the tick labels beside the plot. */
const sideRoom = (scale, axis) =>
  Math.max(28, ...scale.ticks.map((tick) => textWidth(axis.scale === 'seconds' ? clock(tick) : tickText(tick, scale.step)) + 14));

/** The index of the value in ascending numbers that is nearest to x; -1 where there is none. */
function nearest(ascending, x) {
  if (!ascending.length || x === undefined) return -1;
  let low = 0;
  let high = ascending.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (ascending[middle] <= x) low = middle;
    else high = middle;
  }
  return x - ascending[low] <= ascending[high] - x ? low : high;
}
