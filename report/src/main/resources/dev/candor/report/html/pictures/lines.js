// Lines over a common x.

const lines = {
  // Each line of labels above the plot but one adds to its height, so that the lines keep theirs.
  height: (plot, width, usual) => usual + Math.max(0, labelLines(plot, width) - 1) * 16,

  isEmpty: (plot) => plot.series.every((series) => !extentOf(series.values)),

  rows: (plot) => ({
    head: [axisTitle(plot.x, plot.x.scale === 'seconds' ? 's' : ''),
      ...plot.series.map((series) => axisTitle({ ...sideOf(plot, series), name: series.name, scale: 'linear' })),
      ...(plot.spans.length ? ['marked as'] : [])],
    count: plot.at.length,
    row: (n) => [plot.at[n], ...plot.series.map((series) => series.values[n]),
      ...(plot.spans.length ? [spansAt(plot, plot.at[n]).join('; ')] : [])],
  }),

  key: (plot, colours) => [
    ...plot.series.map((series, n) => ({
      name: series.name, text: extentOf(series.values) ? series.name : `${series.name}: n/a`, toggle: true, line: true, ...look(n, colours),
    })),
    ...spanKey(plot, colours),
  ],

  words: (plot) => plot.series.map((series) => {
    const { unit } = sideOf(plot, series);
    const ends = extentOf(series.values);
    if (!ends) return `${series.name}: no values.`;
    const where = onAxis(plot.at[series.values.indexOf(ends[1])], plot.x);
    return `${series.name}: from ${format(ends[0], unit)} to ${format(ends[1], unit)}, the highest at ${plot.x.name} ${where}.`;
  }),

  option(plot, view) {
    const { colours, width, height } = view;
    const shown = plot.series.map((series, n) => ({ series, n })).filter(({ series }) => !view.hidden.has(series.name));
    const isRight = (series) => Boolean(plot.right && series.right);
    const valuesOf = (right) => shown.filter(({ series }) => isRight(series) === right).flatMap(({ series }) => series.values);
    const up = Math.max(3, Math.round(height / 65));
    const left = scaleOf(plot.y, valuesOf(false), up, true);
    const right = plot.right && scaleOf(plot.right, valuesOf(true), up, true);
    const margin = { left: sideRoom(left, plot.y), right: right ? sideRoom(right, plot.right) : 16 };
    const plotWidth = width - margin.left - margin.right;
    const ends = plot.spans.filter((span) => span.kind === 'phase').flatMap((span) => [span.from, span.to]);
    const across = scaleOf(plot.x, [...plot.at, ...ends], ticksAcross(plot.x, plotWidth));
    const extra = spanSeries(plot, across, plotWidth, colours);
    const side = (axis, scale, isOnRight) => upOption(axis, scale, colours, isOnRight, 10 + extra.above);
    return {
      grid: { left: margin.left, right: margin.right, top: 26 + extra.above, bottom: 44 },
      xAxis: acrossOption(plot.x, across, colours),
      yAxis: [
        side(plot.y, left, false),
        ...(right ? [{ ...side(plot.right, right, true), splitLine: { show: false } }] : []),
      ],
      series: [
        ...shown.map(({ series, n }) => lineSeries(plot, series, n, isRight(series) ? 1 : 0, colours)),
        ...extra.series,
      ],
      tooltip: {
        trigger: 'axis',
        formatter: (items) => tip(lines.at(plot, nearest(plot.at, items[0]?.axisValue), view)),
      },
    };
  },

  steps: (plot) => plot.at.length,
  place: (plot, n, chart) => [chart.convertToPixel({ xAxisIndex: 0 }, plot.at[n]), chart.getHeight() / 2],
  at: (plot, n, view) => n < 0 ? null : {
    title: `${plot.x.name} ${onAxis(plot.at[n], plot.x)}`,
    rows: plot.series.flatMap((series, s) => view.hidden.has(series.name) ? []
      : [[series.name, format(series.values[n], sideOf(plot, series).unit), look(s, view.colours).colour]]),
    notes: spansAt(plot, plot.at[n]),
  },
};

/** One line; a symbol stands at some of its points, and at each that has no neighbour. */
function lineSeries(plot, series, n, axis, colours) {
  const { at } = plot;
  const drawable = drawableOn(sideOf(plot, series));
  const { colour, dash, symbol } = look(n, colours);
  const hollow = symbol.startsWith('empty');
  const every = at.length <= 24 ? 1 : Math.ceil(at.length / 12);
  const first = Math.floor((n * every) / 4) % every;
  const isAlone = (i) => series.values[i - 1] == null && series.values[i + 1] == null;
  return {
    type: 'line',
    name: series.name,
    yAxisIndex: axis,
    data: at.map((x, i) => [x, drawable(series.values[i])]),
    connectNulls: false,
    color: colour,
    lineStyle: { color: colour, width: at.length > 300 ? 1.5 : 2, type: dash },
    itemStyle: { color: hollow ? colours.page : colour, borderColor: colour, borderWidth: hollow ? 1.5 : 0 },
    symbol: (_, item) => (item.dataIndex % every === first || isAlone(item.dataIndex) ? solid(symbol) : 'none'),
    symbolSize: 7,
    showSymbol: true,
    showAllSymbol: true,
    emphasis: { disabled: true },
  };
}

const solid = (symbol) => symbol.replace(/^empty(.)/, (_, first) => first.toLowerCase());
const sideOf = (plot, series) => (plot.right && series.right ? plot.right : plot.y);

/** Room for the tick labels beside the plot. */
const sideRoom = (scale, axis) =>
  Math.max(28, ...scale.ticks.map((tick) => textWidth(tickTextOf(axis, scale)(tick)) + 14));

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
