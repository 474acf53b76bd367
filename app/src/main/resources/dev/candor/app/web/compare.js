// Two runs or more side by side. The first is the base that the others are held against.

import { allAsked, toRun, write } from './address.js';
import { get, query } from './api.js';
import { badge } from './badge.js';
import { comparison } from './comparison.js';
import { byId, choices, el, fill } from './dom.js';
import { complain, orComplain } from './notice.js';
import { letter, seriesPicture } from './series-picture.js';
import { change, instant, quantity } from './words.js';

const place = byId('compared');

/** What is looked at first; the others are a click away. */
const MAIN = ['ttft.p50', 'ttft.p99', 'itl.p50', 'itl.p99', 'e2e.p50', 'e2e.p99', 'goodput', 'failed_ratio', 'output_tps', 'requests', 'cost.per_request.mean', 'cache_hit_rate'];

let ids = [];

byId('choose').addEventListener('submit', event => event.preventDefault());
byId('add').addEventListener('change', event => choose([...ids, event.target.value]));
addEventListener('popstate', show);
show();

function choose(chosen) {
  write({ run: chosen }, { step: true });
  show();
}

async function show() {
  ids = allAsked('run');
  place.setAttribute('aria-busy', 'true');
  offer();
  if (ids.length < 2) {
    fill(place, chosenRuns(ids.map(id => ({ id, scenario: id }))), el('p', {}, ids.length === 0 ? 'Choose the run that others are to be held against.' : 'Choose another run to hold against it.'));
    fill(byId('problem'));
  } else {
    try {
      const answer = await get(`/api/compare${query({ run: ids })}`);
      fill(byId('problem'));
      draw(answer);
    } catch (error) {
      fill(place, chosenRuns(ids.map(id => ({ id, scenario: id }))));
      complain(byId('problem'), error);
    }
  }
  place.removeAttribute('aria-busy');
}

async function offer() {
  const list = await orComplain(byId('problem'), () => get('/api/runs'));
  const others = (list?.runs ?? []).filter(run => run.state === 'finished' && !ids.includes(run.id));
  choices(byId('add'), [['', 'choose …'], ...others.map(run => [run.id, `${run.scenario}, ${instant(run.start)}`])], '');
}

function draw({ runs, figures, comparison: judged, why_not: whyNot, series }) {
  const pictures = el('div', { class: 'small-pictures' });
  fill(
    place,
    chosenRuns(runs),
    section('figures', 'Figures', el('p', { class: 'soft' }, 'Under each run, how far it is from the base. What is chance in it, the comparison says.'), ...figureTables(runs, figures)),
    section('judged', 'What changed', judged ? comparison(judged) : el('p', {}, whyNot ?? 'These runs cannot be held against each other.')),
    series.length > 0 && section('over-time', 'Over time', pictures),
  );
  series.forEach((each, index) => seriesPicture(pictures, runs, each, index));
}

function section(id, title, ...content) {
  return el('section', { 'aria-labelledby': id }, el('h2', { id }, title), ...content);
}

function chosenRuns(runs) {
  if (runs.length === 0) {
    return null;
  }
  return el(
    'ol',
    { class: 'chosen' },
    ...runs.map((run, index) =>
      el(
        'li',
        {},
        el('b', {}, letter(index)),
        el('span', { class: 'grow' }, el('a', { href: toRun(run.id) }, run.scenario), el('span', { class: 'soft id' }, run.id)),
        run.state && badge(run),
        index > 0 && el('button', { type: 'button', 'aria-label': `Make ${letter(index)} the base`, click: () => choose([ids[index], ...ids.filter(id => id !== ids[index])]) }, 'Make it the base'),
        index === 0 && el('span', { class: 'soft' }, 'base'),
        el('button', { type: 'button', 'aria-label': `Take ${letter(index)} away`, click: () => choose(ids.filter((_, each) => each !== index)) }, 'Take away'),
      ),
    ),
  );
}

function figureTables(runs, figures) {
  const main = MAIN.map(key => figures.find(figure => figure.key === key)).filter(figure => figure);
  const others = figures.filter(figure => !main.includes(figure));
  return [
    figureTable('Main figures of the runs', runs, main),
    others.length > 0 && el('details', {}, el('summary', {}, `${others.length} other figures`), figureTable('Other figures of the runs', runs, others)),
  ];
}

function figureTable(label, runs, figures) {
  return el(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label },
    el(
      'table',
      {},
      el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'Figure'), ...runs.map((_, index) => el('th', { scope: 'col', class: 'number' }, index === 0 ? `${letter(index)} (base)` : letter(index))))),
      el('tbody', {}, ...figures.map(figure => el('tr', {}, el('th', { scope: 'row' }, figure.key), ...figure.values.map((value, index) => figureCell(figure, value, index))))),
    ),
  );
}

function figureCell({ unit, values }, value, index) {
  const share = unit === 'ratio';
  const base = values[0];
  const known = value !== null && base !== null && (share || base !== 0);
  return el(
    'td',
    { class: 'number' },
    quantity(value, unit),
    index > 0 && known && el('span', { class: 'soft difference' }, change(share ? value - base : value / base - 1, share)),
  );
}


