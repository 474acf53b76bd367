// Bars side by side or on top of each other; they lie down where their names would not fit below them.

const TEXTURES = [null, 'slash', 'dots', 'back', 'columns', 'rows', 'cross', null];

const bars = {
  isEmpty: (plot) => plot.categories.length === 0 || plot.series.every((series) => !extentOf(series.values)),

  height: (plot, width, usual) => (barsLie(plot, width) ? Math.max(180, plot.categories.length * barRoom(plot, width) + 70) : usual),

  rows: (plot) => ({
    head: ['', ...plot.series.map((series) => axisTitle({ ...plot.y, name: series.name, scale: 'linear' }))],
    count: plot.categories.length,
    row: (n) => [plot.categories[n], ...plot.series.map((series) => series.values[n])],
  }),

  key: (plot, colours) =>
    plot.series.map((series, n) => ({ name: series.name, toggle: plot.series.length > 1, block: true, colour: look(n, colours).colour, pattern: TEXTURES[n % TEXTURES.length], on: colours.page })),

  words: (plot) => plot.categories.slice(0, 12).map((category, n) =>
    `${category}: ` + plot.series.map((series) => `${series.name} ${format(series.values[n], plot.y.unit)}`).join(', ') + '.'),

  option(plot, view) {
    const { colours, width, height } = view;
    const lie = barsLie(plot, width);
    const shown = plot.series.map((series, n) => ({ series, n })).filter(({ series }) => !view.hidden.has(series.name));
    const tops = plot.stacked
      ? plot.categories.map((_, i) => shown.reduce((sum, { series }) => sum + (series.values[i] || 0), 0))
      : shown.flatMap(({ series }) => series.values);
    const widest = Math.max(30, ...plot.categories.map((name) => textWidth(name) + 14));
    const above = lie && namesAbove(plot, width);
    const left = !lie ? 0 : above ? 10 : Math.min(widest, Math.round(width * 0.38));
    // The figure on top of the highest bar needs room too.
    const value = scaleOf(plot.y, lie ? tops : tops.map((top) => (top == null ? top : top * 1.07)), lie ? ticksAcross(plot.y, width - left - 56) : Math.max(3, Math.round(height / 65)));
    const room = lie ? left : sideRoom(value, plot.y);
    const names = {
      type: 'category',
      data: plot.categories,
      inverse: lie,
      axisTick: { show: false },
      axisLine: { show: true, lineStyle: { color: colours.soft } },
      axisLabel: { color: colours.ink, fontSize: 12, interval: 0, ...(lie ? nameLabel(above, above ? width - 70 : left - 12, barRoom(plot, width) / 2 - 16, colours) : {}) },
      z: 5,
    };
    const values = lie
      ? { ...acrossOption(plot.y, value, colours), splitLine: { show: true, lineStyle: { color: colours.rule } } }
      : upOption(plot.y, value, colours, false, 10);
    const labelled = plot.categories.length * (plot.stacked ? 1 : shown.length) <= (lie ? 40 : Math.floor(width / 46));
    return {
      grid: { left: room, right: lie ? 56 : 16, top: lie ? 8 : 26, bottom: lie ? 44 : 28 },
      xAxis: lie ? values : names,
      yAxis: lie ? names : values,
      series: shown.map(({ series, n }, place) => {
        const { colour } = look(n, colours);
        const texture = TEXTURES[n % TEXTURES.length];
        const last = place === shown.length - 1;
        return {
          type: 'bar',
          name: series.name,
          stack: plot.stacked ? 'all' : undefined,
          // An unknown value is said, so that nobody takes it for zero.
          data: plot.stacked ? series.values : series.values.map((one) => one ?? { value: 0, label: { show: true, formatter: () => 'n/a' } }),
          color: colour,
          itemStyle: { color: texture ? pattern(texture, colours.page, colour, 0.6) : colour },
          barMaxWidth: lie ? 16 : 36,
          barGap: '12%',
          emphasis: { disabled: true },
          label: {
            show: labelled && (!plot.stacked || last),
            position: lie ? 'right' : 'top',
            color: colours.ink,
            fontSize: 12,
            formatter: (item) => plain(plot.stacked ? tops[item.dataIndex] : item.value),
          },
        };
      }),
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow', z: 1, shadowStyle: { color: colours.rule, opacity: 0.6 } },
        formatter: (items) => {
          return tip(items.length ? bars.at(plot, items[0].dataIndex, view) : null);
        },
      },
    };
  },

  steps: (plot) => plot.categories.length,
  place: (plot, n, chart) => {
    const lie = barsLie(plot, chart.getWidth());
    return chart.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, lie ? [0, n] : [n, 0]);
  },
  at: (plot, n, view) => ({
    title: plot.categories[n],
    rows: plot.series.flatMap((series, s) => view.hidden.has(series.name) ? []
      : [[series.name, format(series.values[n], plot.y.unit), look(s, view.colours).colour]]),
  }),
};

/** Names beside lying bars would leave too little for the bars. */
const namesAbove = (plot, width) => width < NARROW && Math.max(...plot.categories.map(textWidth)) > width * 0.3;
const barRoom = (plot, width) =>
  (plot.stacked ? 30 : 12 + 18 * plot.series.length) + (namesAbove(plot, width) ? 30 : 0);

/** Names at the left of lying bars, or above them, where `up` is how far above the middle they stand. */
const nameLabel = (isAbove, width, up, colours) => ({
  color: colours.ink,
  fontSize: 12,
  interval: 0,
  width,
  overflow: 'truncate',
  ...(isAbove ? { inside: true, margin: 0, align: 'left', verticalAlign: 'bottom', padding: [0, 0, up, 0] } : {}),
});

const barsLie = (plot, width) =>
  plot.categories.reduce((sum, name) => sum + Math.max(textWidth(name) + 12, plot.stacked ? 0 : 18 * plot.series.length), 0) > width - 60;
