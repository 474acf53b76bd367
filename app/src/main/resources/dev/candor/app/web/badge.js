// A run's state or verdict as a small label: its word says it, the colour only repeats it.

import { el } from './dom.js';
import { outcome } from './words.js';

export function badge(run) {
  const word = outcome(run);
  return el('span', { class: `badge ${run.state === 'finished' ? (run.verdict ?? '') : run.state}` }, word);
}
