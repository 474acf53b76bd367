// Points, and lines through them such as the median by bin.

const points = {
  rows(plot) {
    const all = [...plot.clouds, ...plot.lines];
    const rows = all.flatMap((cloud) => cloud.x.map((x, n) => [cloud.name, x, cloud.y[n]]));
    return { head: ['series', axisTitle({ ...plot.x, scale: 'linear' }), axisTitle({ ...plot.y, scale: 'linear' })], count: rows.length, row: (n) => rows[n] };
  },

  key: (plot, colours) => [
    ...plot.clouds.map((cloud, n) => ({ name: cloud.name, toggle: true, dot: true, ...look(n, colours) })),
    ...plot.lines.map((line, n) => ({ name: line.name, toggle: true, line: true, ...look(plot.clouds.length + n, colours) })),
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
    const up = scaleOf(plot.y, seen.flatMap((cloud) => cloud.y), Math.max(3, Math.round(height / 65)));
    const left = sideRoom(up, plot.y);
    const plotWidth = width - left - 20;
    const across = scaleOf(plot.x, seen.flatMap((cloud) => cloud.x), Math.max(2, Math.floor(plotWidth / 75)));
    const pairs = (cloud) => cloud.x.map((x, n) => [x, cloud.y[n]]);
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
          itemStyle: { opacity: cloud.x.length > 300 ? 0.45 : 0.75 },
          emphasis: { disabled: true },
        })),
        ...plot.lines.map((line, n) => ({ line, ...look(plot.clouds.length + n, colours) })).filter(({ line }) => shown(line)).map(({ line, colour, dash, symbol }) => ({
          type: 'line',
          name: line.name,
          data: pairs(line),
          color: colour,
          symbol,
          symbolSize: 7,
          lineStyle: { color: colour, width: 2.5, type: dash },
          emphasis: { disabled: true },
          z: 5,
        })),
      ],
      tooltip: {
        trigger: 'item',
        formatter: (item) => tip(item.seriesName, [
          [plot.x.name, onAxis(item.value[0], plot.x)],
          [plot.y.name, onAxis(item.value[1], plot.y)],
        ]),
      },
    };
  },

  steps: () => 0,
  pointAt: () => null,
};
