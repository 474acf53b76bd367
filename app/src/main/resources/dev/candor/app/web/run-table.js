// The table of runs; on a narrow screen its rows are cards, whose cells say their column's name.

import { toRun } from './address.js';
import { badge } from './badge.js';
import { el } from './dom.js';
import { instant, milliseconds, number, percent } from './words.js';

const COLUMNS = ['Select', 'Run', 'State', 'Start (UTC)', 'TTFT p99', 'ITL p99', 'Tokens/s', 'Goodput', 'Tags'];
const NUMBERS = new Set(['TTFT p99', 'ITL p99', 'Tokens/s', 'Goodput']);

/** `chosen` holds the ids of selected runs; `changed` is called after one came or went. */
export function runTable(runs, chosen, changed) {
  return el(
    'div',
    { class: 'scroll' },
    el(
      'table',
      { class: 'cards' },
      el('caption', { class: 'unseen' }, 'Runs, newest first'),
      el('thead', {}, el('tr', {}, ...COLUMNS.map(name => el('th', { scope: 'col', class: NUMBERS.has(name) && 'number' }, name)))),
      el('tbody', {}, ...runs.map(run => line(run, chosen, changed))),
    ),
  );
}

function line(run, chosen, changed) {
  const figures = run.figures ?? {};
  return el(
    'tr',
    {},
    cell('Select', selection(run, chosen, changed)),
    el('th', { scope: 'row', 'data-name': 'Run' }, el('a', { id: `run-${run.id}`, href: toRun(run.id) }, run.scenario), el('span', { class: 'soft id' }, run.id)),
    cell('State', badge(run)),
    cell('Start (UTC)', el('time', { datetime: run.start }, instant(run.start))),
    cell('TTFT p99', milliseconds(figures.ttft_p99)),
    cell('ITL p99', milliseconds(figures.itl_p99)),
    cell('Tokens/s', number(figures.output_tps)),
    cell('Goodput', percent(figures.goodput)),
    cell('Tags', run.tags.length > 0 && el('span', { class: 'tags' }, ...run.tags.map(tag => el('span', { class: 'tag' }, tag)))),
  );
}

function cell(name, content) {
  return el('td', { 'data-name': name, class: NUMBERS.has(name) ? 'number' : null }, content);
}

function selection(run, chosen, changed) {
  const change = event => {
    chosen[event.target.checked ? 'add' : 'delete'](run.id);
    changed();
  };
  return el('input', { type: 'checkbox', id: `select-${run.id}`, 'aria-label': `Select ${run.scenario}, ${run.id}`, checked: chosen.has(run.id), change });
}
