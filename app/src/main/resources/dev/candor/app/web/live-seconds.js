// The seconds of a run as they come, in bounded memory however long it lasts.

/** Points of a picture: more than pixels are across would not be seen. */
const MOST = 480;

/** No run that people watch has more; of one that does, the latest are shaded. */
const MOST_PHASES = 60;

const LATENCIES = ['ttft_p50', 'ttft_p99', 'itl_p50', 'itl_p99'];
const MEANS = ['users', 'in_flight', 'output_tps', 'goodput'];
const COUNTS = ['completed', 'failed'];

/*
 * Rows stand for equal stretches of time, at first of one second. When there are too many, each two
 * neighbours become one and the stretch doubles, so that 24 h are 480 rows at most. Of latencies a
 * row keeps the highest, so that no stall is lost; of all else the mean, of the seconds that had one:
 * what ended is a rate then.
 */
export class LiveSeconds {
  #newest = -1;
  #most;

  /** Seconds that a row stands for. */
  stretch = 1;

  /** In order: {at: its first second, limited, and a value or null by name}. */
  rows = [];

  /** In order: {name, from, to}. */
  phases = [];

  constructor(most = MOST) {
    this.#most = most;
  }

  /** Forgets all: what comes next is the whole of it. */
  clear() {
    this.#newest = -1;
    this.stretch = 1;
    this.rows = [];
    this.phases = [];
  }

  /**
   * Seconds in order, or stretches of `span_s` seconds; what is there already, as after a new
   * connection, is left out.
   */
  add(seconds) {
    for (const second of seconds) {
      if (second.second > this.#newest) {
        this.#newest = second.second;
        this.#addPhase(second);
        this.#addRow(second);
      }
    }
  }

  #addPhase(second) {
    const last = this.phases.at(-1);
    if (last) {
      last.to = second.second;
    }
    const to = second.second + (second.span_s ?? 1);
    if (last?.name === second.phase) {
      last.to = to;
    } else {
      this.phases.push({ name: second.phase, from: second.second, to });
      this.phases = this.phases.slice(-MOST_PHASES);
    }
  }

  #addRow(second) {
    const row = newRow(this.#start(second.second));
    const span = second.span_s ?? 1;
    row.limited = second.limited;
    LATENCIES.forEach(name => (row[name] = second[name] ?? null));
    for (const name of [...MEANS, ...COUNTS].filter(each => known(second[each]))) {
      row[name] = COUNTS.includes(name) ? second[name] / span : second[name];
      row.weights[name] = span;
    }
    const last = this.rows.at(-1);
    if (last?.at === row.at) {
      join(last, row);
    } else {
      this.rows.push(row);
    }
    while (this.rows.length > this.#most) {
      this.#double();
    }
  }

  #double() {
    this.stretch *= 2;
    const joined = [];
    for (const row of this.rows) {
      row.at = this.#start(row.at);
      if (joined.at(-1)?.at === row.at) {
        join(joined.at(-1), row);
      } else {
        joined.push(row);
      }
    }
    this.rows = joined;
  }

  #start(second) {
    return second - (second % this.stretch);
  }
}

function newRow(at) {
  const row = { at, limited: false, weights: {} };
  [...LATENCIES, ...MEANS, ...COUNTS].forEach(name => (row[name] = null));
  return row;
}

function join(row, other) {
  row.limited ||= other.limited;
  for (const name of LATENCIES.filter(each => known(other[each]))) {
    row[name] = known(row[name]) ? Math.max(row[name], other[name]) : other[name];
  }
  for (const name of [...MEANS, ...COUNTS].filter(each => known(other[each]))) {
    const [mine, its] = [row.weights[name] ?? 0, other.weights[name]];
    row[name] = ((row[name] ?? 0) * mine + other[name] * its) / (mine + its);
    row.weights[name] = mine + its;
  }
}

function known(value) {
  return value !== null && value !== undefined;
}
