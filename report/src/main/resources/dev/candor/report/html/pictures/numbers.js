// Numbers as people read them: with three digits that count, thousands set apart, and a unit.

const grouped = (value, digits) =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** Text of a bare number. */
function plain(value) {
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 100) return grouped(value, 0);
  if (size >= 10) return grouped(value, 1);
  if (size >= 1) return grouped(value, 2);
  return String(+value.toPrecision(3));
}

/** A value and its unit; `n/a` where there is none. Milliseconds become seconds from ten on. */
function format(value, unit) {
  if (value === null || value === undefined || !Number.isFinite(value)) return 'n/a';
  if (unit === 'ms' && Math.abs(value) >= 10000) return `${grouped(value / 1000, 2)} s`;
  return unit ? `${plain(value)} ${unit}` : plain(value);
}

/** Seconds since a run began: m:ss, from an hour on h:mm:ss; `hoursOnly`, as long axes have it, is h:mm. */
function clock(seconds, hoursOnly = false) {
  const tenth = Math.round(Math.abs(seconds) * 10) / 10;
  const two = (value) => String(value).padStart(2, '0');
  const hours = Math.floor(tenth / 3600);
  const minutes = Math.floor((tenth % 3600) / 60);
  const rest = Math.round((tenth % 60) * 10) / 10;
  const sign = seconds < 0 ? '−' : '';
  const fine = Number.isInteger(rest) ? '' : `.${Math.round((rest % 1) * 10)}`;
  if (hoursOnly) return `${sign}${hours}:${two(minutes)}`;
  const last = `${two(Math.floor(rest))}${fine}`;
  return hours === 0 ? `${sign}${minutes}:${last}` : `${sign}${hours}:${two(minutes)}:${last}`;
}

/** Seconds since 1970 as a date and a time of day, in UTC: `2026-05-01 13:45`. */
const date = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');

/** What stands at a tick: short, and with no more decimals than the step needs. */
function tickText(value, step) {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e6) return `${+(value / 1e6).toPrecision(3)} M`;
  const digits = step >= 1 || !step ? 0 : Math.min(6, Math.ceil(-Math.log10(step) - 1e-9));
  return step ? grouped(value, digits) : size < 1 ? String(+value.toPrecision(2)) : grouped(value, 0);
}

/** A value on an axis, in words. */
const onAxis = (value, axis) =>
  axis.scale === 'seconds' ? clock(value) : axis.scale === 'date' ? date(value) : format(value, axis.unit);

/** An axis in words: `TTFT (ms, logarithmic)`. */
function axisTitle(axis, extra) {
  const said = [axis.unit && !isTime(axis) ? axis.unit : '', extra || ''];
  if (axis.scale === 'log') said.push('logarithmic');
  const inside = said.filter((word) => word).join(', ');
  return inside ? `${axis.name} (${inside})` : axis.name;
}
