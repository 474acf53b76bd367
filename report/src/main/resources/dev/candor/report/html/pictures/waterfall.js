// Requests, one below the other: what each one's time went into, and when its tokens came.

const PARTS = {
  held: { name: 'held by the client', pattern: 'slash' },
  send: { name: 'connecting and sending' },
  prefill: { name: 'waiting for the first token' },
  decode: { name: 'tokens arrive' },
  stall: { name: 'stalled', pattern: 'back' },
};

const partFill = (kind, colours) => {
  const drawn = PARTS[kind].pattern;
  return drawn ? pattern(drawn, colours.page, colours.parts[kind]) : colours.parts[kind];
};
const partsOf = (plot) => Object.keys(PARTS).filter((kind) => plot.requests.some((request) => request.parts.some((part) => part.kind === kind)));

const waterfall = {
  isEmpty: (plot) => plot.requests.length === 0,
  height: (plot, width) => plot.requests.length * (width < NARROW ? 40 : 26) + 76,

  rows(plot) {
    const rows = plot.requests.flatMap((request) =>
      request.parts.map((part) => [request.name, request.outcome, PARTS[part.kind].name, part.from, part.to]))
      .concat(plot.requests.flatMap((request) => request.tokens.map((at) => [request.name, request.outcome, 'token', at, at])));
    const unit = plot.x.unit;
    return { head: ['request', 'outcome', 'what', `from (${unit})`, `to (${unit})`], count: rows.length, row: (n) => rows[n] };
  },

  key: (plot, colours) => [
    ...partsOf(plot).map((kind) => ({ name: PARTS[kind].name, block: true, colour: colours.parts[kind], pattern: PARTS[kind].pattern, on: colours.page })),
    ...(plot.requests.some((request) => request.tokens.length) ? [{ name: 'a token', tick: true, colour: colours.ink }] : []),
  ],

  words: (plot) => [`${plot.requests.length} requests.`, ...plot.requests.slice(0, 3).map((request) =>
    `${request.name}, ${request.outcome}: ` + request.parts.map((part) =>
      `${PARTS[part.kind].name} ${format(part.to - part.from, plot.x.unit)}`).join(', ') + '.')],

  option(plot, view) {
    const { colours, width } = view;
    const names = plot.requests.map((request) => (request.outcome === 'completed' ? request.name : `${request.name} · ${request.outcome}`));
    const widest = Math.max(40, ...names.map((name) => textWidth(name) + 14));
    // On a phone a name stands above its bar, not beside it.
    const left = view.narrow ? 10 : Math.min(widest, Math.round(width * 0.3));
    const lower = view.narrow ? 10 : 0;
    const plotWidth = width - left - 20;
    const ends = plot.requests.flatMap((request) => [...request.parts.map((part) => part.to), ...request.tokens]);
    const across = scaleOf({ ...plot.x, from: plot.x.from ?? 0 }, ends, ticksAcross(plot.x, plotWidth));
    const bars = plot.requests.flatMap((request, y) => request.parts.map((part) => [part.from, part.to, y, Object.keys(PARTS).indexOf(part.kind)]));
    const tokens = plot.requests.flatMap((request, y) => request.tokens.map((at) => [at, y]));
    const fills = Object.keys(PARTS).map((kind) => partFill(kind, colours));
    return {
      grid: { left, right: 20, top: 8, bottom: 44 },
      xAxis: { ...acrossOption(plot.x, across, colours), splitLine: { show: true, lineStyle: { color: colours.rule } } },
      yAxis: {
        type: 'category',
        inverse: true,
        data: names,
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: nameLabel(view.narrow, view.narrow ? plotWidth : left - 12, 4, colours),
        z: 5,
      },
      series: [
        {
          type: 'custom',
          name: 'parts',
          data: bars,
          encode: { x: [0, 1], y: 2 },
          clip: true,
          renderItem: (_, api) => {
            const [x, middle] = api.coord([api.value(0), api.value(2)]);
            const [toX] = api.coord([api.value(1), api.value(2)]);
            const tall = Math.min(16, api.size([0, 1])[1] * 0.7);
            return {
              type: 'rect',
              shape: { x, y: middle - tall / 2 + lower, width: Math.max(1, toX - x), height: tall },
              style: { fill: fills[api.value(3)] },
            };
          },
        },
        {
          type: 'custom',
          name: 'tokens',
          silent: true,
          data: tokens,
          encode: { x: 0, y: 1 },
          clip: true,
          renderItem: (_, api) => {
            const [x, middle] = api.coord([api.value(0), api.value(1)]);
            return {
              type: 'rect',
              shape: { x: Math.round(x), y: middle + 1 + lower, width: 1, height: 6 },
              style: { fill: colours.ink },
            };
          },
        },
      ],
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow', axis: 'y', z: 1, shadowStyle: { color: colours.rule, opacity: 0.6 } },
        formatter: (items) => {
          const part = items.find((item) => item.seriesName === 'parts');
          return tip(part ? waterfall.at(plot, part.value[2], view) : null);
        },
      },
    };
  },

  steps: (plot) => plot.requests.length,
  place: (plot, n, chart) => chart.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [plot.requests[n].parts[0]?.to ?? 0, n]),
  at(plot, n, { colours }) {
    const { name, outcome, parts, tokens } = plot.requests[n];
    return {
      title: name,
      rows: [
        ...parts.map((part) => [PARTS[part.kind].name, format(part.to - part.from, plot.x.unit), colours.parts[part.kind]]),
        ['ended at', format(Math.max(...parts.map((part) => part.to)), plot.x.unit)],
      ],
      notes: [outcome, ...(tokens.length ? [`${plain(tokens.length)} token marks`] : [])],
    };
  },
};
