// Points, and lines through them such as the median by bin.

const points = {
  ownTip: true,
  isEmpty: (plot) => [...plot.clouds, ...plot.lines].every((cloud) => cloud.x.length === 0),

  rows(plot) {
    const all = [...plot.clouds, ...plot.lines];
    const rows = all.flatMap((cloud) => cloud.x.map((x, n) => [cloud.name, x, cloud.y[n]]));
    return { head: ['series', axisTitle({ ...plot.x, scale: 'linear' }), axisTitle({ ...plot.y, scale: 'linear' })], count: rows.length, row: (n) => rows[n] };
  },

  key: (plot, colours) => [
    ...plot.clouds.map((cloud, n) => ({ name: cloud.name, toggle: true, dot: true, ...look(n, colours) })),
    ...plot.lines.map((line, n) => ({ name: line.name, toggle: true, line: true, ...lookThrough(plot, n, colours) })),
  ],

  words: (plot) => [...plot.clouds, ...plot.lines].map((cloud) => {
    const x = extentOf(cloud.x);
    const y = extentOf(cloud.y);
    return x && y
      ? `${cloud.name}: ${plain(cloud.x.length)} points, ${plot.x.name} ${onAxis(x[0], plot.x)} to ${onAxis(x[1], plot.x)}, `
        + `${plot.y.name} ${onAxis(y[0], plot.y)} to ${onAxis(y[1], plot.y)}.`
      : `${cloud.name}: no points.`;
  }),

  option(plot, view) {
    const { colours, width, height } = view;
    const all = [...plot.clouds, ...plot.lines];
    const shown = (cloud) => !view.hidden.has(cloud.name);
    const seen = all.filter(shown);
    const up = scaleOf(plot.y, seen.flatMap((cloud) => cloud.y), Math.max(3, Math.round(height / 65)), true);
    const left = sideRoom(up, plot.y);
    const plotWidth = width - left - 20;
    const across = scaleOf(plot.x, seen.flatMap((cloud) => cloud.x), ticksAcross(plot.x, plotWidth));
    const onX = drawableOn(plot.x);
    const onY = drawableOn(plot.y);
    const pairs = (cloud) => cloud.x.map((x, n) => [onX(x), onY(cloud.y[n])]);
    return {
      grid: { left, right: 20, top: 26, bottom: 44 },
      xAxis: { ...acrossOption(plot.x, across, colours), axisPointer: { show: false } },
      yAxis: { ...upOption(plot.y, up, colours, false, 10), axisPointer: { show: false } },
      series: [
        ...plot.clouds.map((cloud, n) => ({ cloud, ...look(n, colours) })).filter(({ cloud }) => shown(cloud)).map(({ cloud, colour, symbol }) => ({
          type: 'scatter',
          name: cloud.name,
          data: pairs(cloud),
          color: colour,
          symbol,
          symbolSize: cloud.x.length > 1000 ? 4 : 6,
          itemStyle: { opacity: cloud.x.length > 300 ? 0.4 : 0.7 },
          emphasis: { disabled: true },
        })),
        ...plot.lines.map((line, n) => ({ line, ...lookThrough(plot, n, colours) })).filter(({ line }) => shown(line)).flatMap(({ line, colour, dash, symbol }) => [
          { type: 'line', data: pairs(line), silent: true, symbol: 'none', lineStyle: { color: colours.page, width: 6 }, z: 4 },
          {
            type: 'line',
            name: line.name,
            data: pairs(line),
            symbol: solid(symbol),
            symbolSize: 9,
            itemStyle: { color: colour, borderColor: colours.page, borderWidth: 1.5 },
            lineStyle: { color: colour, width: 2.5, type: dash },
            emphasis: { disabled: true },
            z: 5,
          },
        ]),
      ],
      tooltip: {
        trigger: 'item',
        formatter: (item) => tip({
          title: item.seriesName,
          rows: [[plot.x.name, onAxis(item.value[0], plot.x)], [plot.y.name, onAxis(item.value[1], plot.y)]],
        }),
      },
    };
  },

  // Steps go along the lines; single points are in the table.
  steps: (plot) => plot.lines.reduce((most, line) => Math.max(most, line.x.length), 0),
  place: (plot, n, chart) => {
    const line = plot.lines.find(({ x }) => n < x.length);
    return chart.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [line.x[n], line.y[n]]);
  },
  at: (plot, n) => ({
    title: `${plot.x.name} ${onAxis(plot.lines.find(({ x }) => n < x.length).x[n], plot.x)}`,
    rows: plot.lines.filter(({ x }) => n < x.length).map((line) => [line.name, onAxis(line.y[n], plot.y)]),
  }),
};

/** A line for each cloud is the cloud's own and has its colour. */
const lookThrough = (plot, n, colours) =>
  ({ ...look(plot.lines.length === plot.clouds.length ? n : plot.clouds.length + n, colours) });
