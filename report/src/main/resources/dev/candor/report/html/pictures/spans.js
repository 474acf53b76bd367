// What stretches and places on x mean: shaded spans with a key, and marks whose labels do not collide.

const SPANS = {
  phase: { name: 'phase' },
  warmup: { name: 'warm-up', pattern: 'dots' },
  limited: { name: 'the client was the limit', pattern: 'slash' },
  lost: { name: 'nothing was recorded', pattern: 'cross' },
  bracket: { name: 'bracket', pattern: 'columns' },
};

const ruler = document.createElement('canvas').getContext('2d');

/** How wide a label is, in pixels. */
function textWidth(text) {
  if (!ruler.canvas.dataset.font) {
    ruler.canvas.dataset.font = getComputedStyle(document.documentElement).getPropertyValue('--font').trim() || 'sans-serif';
    ruler.font = `12px ${ruler.canvas.dataset.font}`;
  }
  return ruler.measureText(text).width;
}

/** Which kinds of span a plot has, in a fixed order. */
const spanKinds = (plot) => Object.keys(SPANS).filter((kind) => (plot.spans || []).some((span) => span.kind === kind));

/** The spans that hold x, in words. */
const spansAt = (plot, x) =>
  (plot.spans || []).filter((span) => span.from <= x && x < span.to).map((span) => span.name || SPANS[span.kind].name);

function spanFill(kind, colours) {
  const colour = colours.spans[kind];
  const drawn = SPANS[kind].pattern;
  return drawn ? pattern(drawn, colour) : colour;
}

/** Each label gets the lowest line on which it touches no other. */
function levels(marks, toPixel, width) {
  const ends = [];
  return [...marks]
    .sort((a, b) => a.at - b.at)
    .map((mark) => {
      const half = textWidth(mark.name) / 2 + 4;
      const middle = Math.min(Math.max(toPixel(mark.at), half), width - half);
      let level = ends.findIndex((end) => end <= middle - half);
      if (level < 0) level = ends.length;
      ends[level] = middle + half;
      return { ...mark, level, middle, pixel: toPixel(mark.at) };
    });
}

/** About how many lines of labels stand above a plot that is so wide. */
function labelLines(plot, width) {
  const ends = extentOf([...plot.at, ...plot.spans.filter((span) => span.kind === 'phase').map((span) => span.to)]);
  if (!ends) return 0;
  const toPixel = (at) => ((at - ends[0]) / (ends[1] - ends[0] || 1)) * (width - 70);
  return levels(plot.marks, toPixel, width - 70).reduce((most, mark) => Math.max(most, mark.level + 1), 0);
}

/** Series without data that carry spans and marks, and how many lines of labels stand above the plot. */
function spanSeries(plot, scale, plotWidth, colours, shadePhases = true) {
  const inside = (x) => Math.min(Math.max(x, scale.min), scale.max);
  const share = plot.x.scale === 'log'
    ? (x) => Math.log(x / scale.min) / Math.log(scale.max / scale.min)
    : (x) => (x - scale.min) / (scale.max - scale.min);
  const toPixel = (x) => share(inside(x)) * plotWidth;
  const phases = plot.spans.filter((span) => span.kind === 'phase');
  const named = plot.spans.filter((span) => span.kind === 'phase' || span.kind === 'bracket');
  const series = spanKinds(plot).map((kind) => ({
    type: 'line',
    name: SPANS[kind].name,
    data: [],
    silent: true,
    color: colours.spans[kind],
    markArea: {
      silent: true,
      data: plot.spans
        .filter((span) => span.kind === kind && span.to >= scale.min && span.from <= scale.max)
        .map((span) => {
          const width = toPixel(span.to) - toPixel(span.from);
          const odd = kind === 'phase' && phases.indexOf(span) % 2 === 1;
          return [
            {
              xAxis: inside(span.from),
              itemStyle: {
                color: kind === 'phase' && !(odd && shadePhases) ? 'transparent' : spanFill(kind, colours),
              },
              label: {
                show: named.includes(span) && !!span.name && width >= (kind === 'phase' ? 36 : textWidth(span.name) + 8),
                position: 'top',
                formatter: () => span.name,
                color: colours.soft,
                fontSize: 12,
                width: width - 6,
                overflow: 'truncate',
              },
            },
            { xAxis: inside(span.to) },
          ];
        }),
    },
  }));
  const placed = levels(
    (plot.marks || []).filter((mark) => mark.at >= scale.min && mark.at <= scale.max), toPixel, plotWidth);
  const band = named.length ? 16 : 0;
  if (placed.length) {
    series.push({
      type: 'line',
      data: [],
      silent: true,
      markLine: {
        silent: true,
        symbol: ['none', 'none'],
        lineStyle: { color: colours.ink, type: 'dashed', width: 1.2 },
        data: placed.map((mark) => ({
          xAxis: mark.at,
          label: {
            formatter: () => mark.name,
            position: 'end',
            distance: 5 + band + 16 * mark.level,
            offset: [mark.middle - mark.pixel, 0],
            color: colours.ink,
            fontSize: 12,
          },
        })),
      },
    });
  }
  const starts = shadePhases ? [] : phases.slice(1).map((span) => ({ xAxis: inside(span.from) }));
  if (starts.length) {
    series.push({
      type: 'line',
      data: [],
      silent: true,
      markLine: { silent: true, symbol: ['none', 'none'], label: { show: false }, lineStyle: { color: colours.soft, type: 'dotted', width: 1.5 }, data: starts },
    });
  }
  const lines = placed.reduce((most, mark) => Math.max(most, mark.level + 1), 0);
  return { series, above: band + 16 * lines };
}
