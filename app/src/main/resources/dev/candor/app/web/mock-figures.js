// What a mock says of itself, a number each.

import { el, fill } from './dom.js';
import { number, percent } from './words.js';

const NAMES = {
  running: 'running',
  waiting: 'waiting',
  kv_cache_usage: 'KV cache in use',
  prefix_hit_rate: 'prefix hits',
  preemptions: 'preemptions',
  output_tps: 'output tokens/s',
  requests: 'requests ended',
};

const SHARES = new Set(['kv_cache_usage', 'prefix_hit_rate']);

export function mockFigures(place, figures) {
  fill(
    place,
    ...Object.entries(figures).map(([key, value]) => el('div', {}, el('dt', {}, NAMES[key] ?? key.replaceAll('_', ' ')), el('dd', {}, SHARES.has(key) ? percent(value) : number(value)))),
  );
}
