// Axes: where they start and end, where their ticks stand, and what they say of themselves.

const DAY = 86400;
const SECONDS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200,
  DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 90 * DAY, 365 * DAY];
const isTime = (axis) => axis.scale === 'seconds' || axis.scale === 'date';

/** How many ticks an axis has room for. */
const ticksAcross = (axis, width) => Math.max(2, Math.floor(width / (isTime(axis) ? 52 : 62)));

/** A value as its axis can draw it: a logarithm has no zero, which is a gap. */
const drawableOn = (axis) => (value) => (value == null || (axis.scale === 'log' && value <= 0) ? null : value);

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

/** Steps of 1, 2 or 5, of whole numbers whole ones: the first and the last tick are the ends, with air above where it is asked for. */
function linearScale(low, high, count, from, { whole, air }) {
  const start = from ?? low;
  const raw = (high > start ? high - start : Math.abs(high) || 1) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const fitting = power * ([1, 2, 5, 10].find((n) => n * power >= raw * 0.999) || 10);
  const step = whole ? Math.max(1, fitting) : fitting;
  const min = from ?? Math.floor(low / step + 1e-9) * step;
  const fits = Math.max(Math.ceil(high / step - 1e-9) * step, min + step);
  const max = air && high > fits - step * 0.03 ? fits + step : fits;
  return { min, max, step, ticks: multiples(min, max, step) };
}

/** Time ends where its data end; ticks stand at whole minutes, seconds or hours. */
function timeScale(low, high, count, from, whole) {
  const min = from ?? low;
  const max = high > min ? high : min + 1;
  const step = SECONDS.find((n) => (max - min) / n <= count && (!whole || n >= 1)) || 365 * DAY * Math.ceil((max - min) / count / 365 / DAY);
  return { min, max, step, ticks: multiples(min, max, step) };
}

/** Numbers with these leading digits from one power of ten before `low` to one after `high`. */
function leading(digits, low, high) {
  const found = [];
  for (let power = Math.floor(Math.log10(low)) - 1; power <= Math.log10(high) + 1; power++) {
    digits.forEach((n) => found.push(+(n * 10 ** power).toPrecision(3)));
  }
  return found;
}

/** Ends close to the data, and as many powers of ten, their doubles and halves as there is room for. */
function logScale(low, high, count, from) {
  const start = from && from > 0 ? from : low;
  const ends = leading(high / start < 30 ? [1, 1.5, 2, 3, 4, 5, 6, 8] : [1, 2, 5], start, high);
  const min = from && from > 0 ? from : ends.filter((end) => end <= start * 1.0001).pop();
  const max = ends.find((end) => end >= high * 0.9999 && end > min) || high * 2;
  const inside = (digits) => leading(digits, min, max).filter((tick) => tick >= min * 0.9999 && tick <= max * 1.0001);
  const powers = inside([1]);
  const every = Math.ceil(powers.length / count);
  const choices = [[1, 2, 3, 5, 7], [1, 2, 5]].map(inside);
  const ticks = choices.find((choice) => choice.length <= count * 1.8 && choice.length > 1)
    || (powers.length > 1 ? powers.filter((_, n) => n % every === 0) : choices[1]);
  return { min, max, step: 0, ticks };
}

/** The scale of an axis over its values, with about so many ticks; one that goes up has air above all but 100 %. */
function scaleOf(axis, values, count, goesUp = false) {
  const usable = axis.scale === 'log' ? values.filter((value) => value > 0) : values;
  const [low, high] = extentOf(usable) || (axis.scale === 'log' ? [1, 10] : [0, 1]);
  if (axis.scale === 'log') return logScale(low, high, count, axis.from);
  const whole = usable.every((value) => value == null || Number.isInteger(value));
  if (isTime(axis)) return timeScale(low, high, count, axis.from, whole);
  const air = goesUp && !(axis.unit === '%' && high <= 100);
  return linearScale(low, high, count, axis.from, { whole: whole && axis.unit === '', air });
}

/** Whether an axis of time is read in hours and minutes. */
const inHours = (scale) => scale.max >= 3600 && scale.step >= 60;

/** What stands at the ticks of an axis. */
const tickTextOf = (axis, scale) => (value) =>
  axis.scale === 'seconds' ? clock(value, inHours(scale))
    : axis.scale === 'date' ? dateTick(value, scale)
      : tickText(value, scale.step);

/** Days, and hours where ticks are closer than a day. */
function dateTick(value, scale) {
  if (scale.step < DAY && value % DAY !== 0) return date(value).slice(11, 16);
  return scale.max - scale.min > 300 * DAY ? date(value).slice(0, 10) : date(value).slice(5, 10);
}

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
    : axisTitle(axis, axis.scale === 'date' ? 'UTC' : '');
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
