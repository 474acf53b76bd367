// Axes: where they start and end, where their ticks stand, and what they say of themselves.

const SECONDS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400];

/** The least and the greatest of numbers that may have gaps; null where there is none. */
function extentOf(values) {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value === null || value === undefined || !Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : null;
}

function multiples(from, to, step) {
  const ticks = [];
  for (let n = Math.ceil(from / step - 1e-9); n * step <= to + step * 1e-9; n++) {
    ticks.push(+(n * step).toPrecision(12));
  }
  return ticks;
}

/** Steps of 1, 2 or 5, of whole numbers whole ones: the first and the last tick are the ends. */
function linearScale(low, high, count, from, whole) {
  const start = from ?? low;
  const raw = Math.max(high - start, Math.abs(high) * 1e-6, 1e-9) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const fitting = power * ([1, 2, 5, 10].find((n) => n * power >= raw * 0.999) || 10);
  const step = whole ? Math.max(1, fitting) : fitting;
  const min = from ?? Math.floor(low / step + 1e-9) * step;
  const max = Math.max(Math.ceil(high / step - 1e-9) * step, min + step);
  return { min, max, step, ticks: multiples(min, max, step) };
}

/** Time ends where its data end; ticks stand at whole minutes, seconds or hours. */
function timeScale(low, high, count, from) {
  const min = from ?? low;
  const max = high > min ? high : min + 1;
  const step = SECONDS.find((n) => (max - min) / n <= count) || 86400 * Math.ceil((max - min) / count / 86400);
  return { min, max, step, ticks: multiples(min, max, step) };
}

/** Powers of ten and, where there is room, their double and half. */
function logScale(low, high, count, from) {
  const start = from && from > 0 ? from : low;
  const stops = [];
  for (let power = Math.floor(Math.log10(start)); power <= Math.log10(high) + 1; power++) {
    [1, 2, 5].forEach((n) => stops.push(+(n * 10 ** power).toPrecision(3)));
  }
  const min = from && from > 0 ? from : stops.filter((stop) => stop <= start * 1.0001).pop();
  const max = stops.find((stop) => stop >= high * 0.9999 && stop > min) || high * 2;
  const inside = stops.filter((stop) => stop >= min * 0.9999 && stop <= max * 1.0001);
  const ones = inside.filter((stop) => Math.abs(Math.log10(stop) % 1) < 1e-9);
  const every = Math.ceil(ones.length / count);
  const ticks = inside.length <= count * 2 ? inside : ones.filter((_, n) => n % every === 0);
  return { min, max, step: 0, ticks };
}

/** The scale of an axis over its values, with about so many ticks. */
function scaleOf(axis, values, count) {
  const usable = axis.scale === 'log' ? values.filter((value) => value > 0) : values;
  const [low, high] = extentOf(usable) || (axis.scale === 'log' ? [1, 10] : [0, 1]);
  if (axis.scale === 'log') return logScale(low, high, count, axis.from);
  if (axis.scale === 'seconds') return timeScale(low, high, count, axis.from);
  return linearScale(low, high, count, axis.from, axis.unit === '' && usable.every((value) => value == null || Number.isInteger(value)));
}

/** Whether an axis of time is read in hours and minutes. */
const inHours = (scale) => scale.max >= 3600 && scale.step >= 60;

/** What stands at the ticks of an axis. */
const tickTextOf = (axis, scale) => (value) =>
  axis.scale === 'seconds' ? clock(value, inHours(scale)) : tickText(value, scale.step);

/** What both directions have in common. */
function axisOption(axis, scale, colours) {
  const text = tickTextOf(axis, scale);
  return {
    type: axis.scale === 'log' ? 'log' : 'value',
    min: scale.min,
    max: scale.max,
    nameTextStyle: { color: colours.soft, fontSize: 12 },
    axisLabel: { color: colours.soft, fontSize: 12, hideOverlap: true, customValues: scale.ticks, formatter: text },
    axisTick: { show: false, customValues: scale.ticks },
    minorTick: { show: false },
    splitLine: { show: true, lineStyle: { color: colours.rule, width: 1 } },
    axisLine: { show: false },
    axisPointer: { label: { show: false }, lineStyle: { color: colours.soft, type: 'solid' } },
  };
}

/** The axis at the bottom; its name stands under its middle. */
function acrossOption(axis, scale, colours) {
  const name = axis.scale === 'seconds'
    ? `${axis.name} (${inHours(scale) ? 'h:mm' : scale.max < 3600 ? 'm:ss' : 'h:mm:ss'})`
    : axisTitle(axis);
  const option = axisOption(axis, scale, colours);
  return {
    ...option,
    name,
    nameLocation: 'middle',
    nameGap: 26,
    splitLine: { show: false },
    axisTick: { ...option.axisTick, show: true, lineStyle: { color: colours.rule } },
    axisLine: { show: true, onZero: false, lineStyle: { color: colours.soft } },
  };
}

/** The axis at a side; its name stands above it and reads without turning the head. */
function upOption(axis, scale, colours, right = false, room = 40) {
  return {
    ...axisOption(axis, scale, colours),
    name: axisTitle(axis),
    nameLocation: 'end',
    nameGap: room,
    nameTextStyle: { color: colours.soft, fontSize: 12, align: right ? 'right' : 'left' },
    position: right ? 'right' : 'left',
  };
}
