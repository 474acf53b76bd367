// The head of a run's view: what was run, against what, when.

import { toFile } from './address.js';
import { query } from './api.js';
import { badge } from './badge.js';
import { el } from './dom.js';
import { duration, instant } from './words.js';

export function runHead(run) {
  const facts = [
    run.target,
    run.model,
    run.start && `${instant(run.start)} UTC`,
    run.duration_s === null || run.duration_s === undefined ? null : duration(run.duration_s),
  ].filter(fact => fact);
  return el(
    'header',
    {},
    el('h1', {}, run.scenario, ' ', badge(run)),
    el('p', { class: 'soft' }, facts.join(' · ')),
    run.tags.length > 0 && el('p', { class: 'tags' }, ...run.tags.map(tag => el('a', { class: 'tag', href: `/${query({ tag })}` }, tag))),
  );
}

/** Figures as large numbers: name and value each. */
export function largeFigures(pairs) {
  return el('dl', { class: pairs.length === 8 ? 'four eight' : 'four' }, ...pairs.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))));
}

export function fileList(run) {
  return el(
    'section',
    { 'aria-labelledby': 'files' },
    el('h2', { id: 'files' }, 'Files'),
    el('ul', { class: 'files' }, ...run.files.map(name => el('li', {}, el('a', { href: toFile(run.id, name) }, name)))),
  );
}
