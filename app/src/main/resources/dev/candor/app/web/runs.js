// The view of all runs: filtered by the address, chosen for a comparison.

import { asked, write } from './address.js';
import { get, query } from './api.js';
import { byId, choices, el, fill } from './dom.js';
import { complain } from './notice.js';
import { runTable } from './run-table.js';
import { outcome } from './words.js';

const LOOK_AGAIN_MS = 5000;

/** Rows of a page: thousands at once would make it slow. */
const PAGE = 100;

const chosen = new Set();
const filter = { words: byId('words'), state: byId('state'), tag: byId('tag') };
let runs = [];
let shown = PAGE;

readAddress();
addEventListener('popstate', () => {
  readAddress();
  show();
});
byId('filter').addEventListener('submit', event => event.preventDefault());
byId('filter').addEventListener('input', () => {
  shown = PAGE;
  write({ q: filter.words.value, state: filter.state.value, tag: filter.tag.value });
  show();
});
byId('compare').addEventListener('click', () => {
  // The oldest is the base. The list is newest first.
  const order = runs.map(run => run.id).filter(id => chosen.has(id)).reverse();
  location.assign(`/compare${query({ run: order })}`);
});
look();

function readAddress() {
  filter.words.value = asked('q');
  filter.state.value = asked('state');
  offerTags(asked('tag'));
}

async function look() {
  if (!document.hidden) {
    try {
      const before = JSON.stringify(runs);
      runs = (await get('/api/runs')).runs;
      fill(byId('problem'));
      if (JSON.stringify(runs) !== before || before === '[]') {
        offerTags(filter.tag.value);
        show();
      }
    } catch (error) {
      complain(byId('problem'), error);
    }
    byId('runs').removeAttribute('aria-busy');
  }
  setTimeout(look, LOOK_AGAIN_MS);
}

function offerTags(chosenTag) {
  const tags = new Set(runs.flatMap(run => run.tags));
  if (chosenTag) {
    tags.add(chosenTag);
  }
  choices(filter.tag, [['', 'all'], ...[...tags].sort().map(tag => [tag, tag])], chosenTag);
}

function show() {
  const found = runs.filter(matches);
  const place = byId('runs');
  const focused = document.activeElement?.id;
  if (runs.length === 0) {
    fill(place, el('p', {}, 'There are no runs here yet. ', el('a', { href: '/start' }, 'Start one'), '.'));
  } else if (found.length === 0) {
    fill(place, el('p', {}, `None of ${runs.length} runs is like that.`));
  } else {
    const more = found.length - shown;
    fill(
      place,
      runTable(found.slice(0, shown), chosen, showChosen),
      more > 0 && el('p', {}, el('button', { type: 'button', click: showMore }, `Show ${Math.min(more, PAGE)} of ${more} more`)),
    );
  }
  // The table is new: the keyboard goes on where it was.
  if (focused && document.activeElement?.id !== focused) {
    byId(focused)?.focus();
  }
  showChosen();
}

function showMore() {
  shown += PAGE;
  show();
}

function matches(run) {
  const text = [run.id, run.scenario, run.target, run.model, ...run.tags].join('\n').toLowerCase();
  const state = filter.state.value;
  return (
    filter.words.value.toLowerCase().split(/\s+/).every(word => text.includes(word)) &&
    (state === '' || state === run.state || state === outcome(run)) &&
    (filter.tag.value === '' || run.tags.includes(filter.tag.value))
  );
}

function showChosen() {
  const known = new Set(runs.map(run => run.id));
  [...chosen].filter(id => !known.has(id)).forEach(id => chosen.delete(id));
  byId('compare').disabled = chosen.size < 2;
  byId('compare').textContent = chosen.size < 2 ? 'Compare' : `Compare ${chosen.size} runs`;
  byId('chosen').textContent =
    chosen.size === 0 ? 'Select two runs or more to compare them.' : chosen.size === 1 ? 'One run selected; select another.' : '';
}
