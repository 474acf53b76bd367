// The view of one run: live while it lasts, its report afterwards. Both have one address.

import { get } from './api.js';
import { byId, el, fill } from './dom.js';
import { finishedRun } from './finished-run.js';
import { liveRun } from './live-run.js';
import { complain } from './notice.js';

const id = decodeURIComponent(location.pathname.split('/').pop());
const place = byId('run');

/** A run that says it has ended, and is not yet listed so, is not asked again without a pause. */
const PAUSE_MS = 300;

/** Seldom: a screen reader says it aloud, whatever the reader does. */
const say = text => {
  byId('said').textContent = text;
};

show();

async function show() {
  const focused = place.contains(document.activeElement);
  try {
    const run = await get(`/api/runs/${encodeURIComponent(id)}`);
    document.title = `${run.scenario} – Candor`;
    if (run.state === 'running') {
      liveRun(place, run, say, () => setTimeout(show, PAUSE_MS));
    } else {
      finishedRun(place, run);
    }
  } catch (error) {
    const problem = el('div', {});
    fill(place, el('h1', {}, 'Run'), problem, el('p', {}, el('a', { href: '/' }, 'All runs')));
    complain(problem, error);
  }
  place.removeAttribute('aria-busy');
  if (focused) {
    // What had the keyboard is gone with the live view.
    byId('main').focus();
  }
}
