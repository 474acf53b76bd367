// Values as people read them: three digits, a unit, and n/a for what is not known.

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const digits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const cents = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });
export const UNKNOWN = 'n/a';

export function number(value) {
  if (value === null || value === undefined) {
    return UNKNOWN;
  }
  return Math.abs(value) >= 1000 ? whole.format(value) : digits.format(value);
}

/** A value with its unit, as the API names units: ms, s, ratio, /s, a currency, or none. */
export function quantity(value, unit) {
  if (value === null || value === undefined) {
    return UNKNOWN;
  }
  switch (unit) {
    case 'ms':
      return milliseconds(value);
    case 'ratio':
      return percent(value);
    case '':
    case null:
    case undefined:
      return number(value);
    default:
      return /^[A-Z]{3}$/.test(unit) ? `${cents.format(value)} ${unit}` : `${number(value)}${unit.startsWith('/') ? '' : ' '}${unit}`;
  }
}

export function milliseconds(value) {
  if (value === null || value === undefined) {
    return UNKNOWN;
  }
  return Math.abs(value) >= 10000 ? `${number(value / 1000)} s` : `${number(value)} ms`;
}

/** 1 is 100 %. One decimal, so that 99.9 % does not read as all. */
export function percent(value) {
  if (value === null || value === undefined) {
    return UNKNOWN;
  }
  const text = (value * 100).toFixed(1);
  return `${text === '100.0' && value < 1 ? '99.9' : text.replace(/\.0$/, '')} %`;
}

/** A relative change, or one of shares in points; its sign always shown. */
export function change(value, points = false) {
  if (value === null || value === undefined) {
    return UNKNOWN;
  }
  const text = Math.abs(value * 100).toFixed(1);
  return `${text === '0.0' ? '±' : value < 0 ? '−' : '+'}${text} ${points ? 'pt' : '%'}`;
}

/** Money; its currency is null where that is not known. */
export function money(value, currency) {
  return value === null || value === undefined ? UNKNOWN : `${cents.format(value)} ${currency ?? ''}`.trim();
}

/** Seconds as 4:00:00, 12:34 or 8 s. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined) {
    return UNKNOWN;
  }
  const all = Math.round(seconds);
  if (all < 60) {
    return `${all} s`;
  }
  const two = value => String(value).padStart(2, '0');
  const hours = Math.floor(all / 3600);
  const rest = `${two(Math.floor(all / 60) % 60)}:${two(all % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest.replace(/^0/, '');
}

/** An instant in UTC, to the minute: runs are looked at from more than one time zone. */
export function instant(text) {
  const time = new Date(text ?? NaN);
  return Number.isNaN(time.getTime()) ? UNKNOWN : time.toISOString().slice(0, 16).replace('T', ' ');
}

/** What a run came to, in a word. */
export function outcome(run) {
  switch (run.state) {
    case 'running':
      return 'running';
    case 'left':
      return 'left unfinished';
    case 'failed':
      return 'did not start';
    default:
      return run.verdict ?? UNKNOWN;
  }
}
