// One figure from run to run.

import { asked, toRun, write } from './address.js';
import { get, query } from './api.js';
import { badge } from './badge.js';
import { byId, choices, el, fill } from './dom.js';
import { complain } from './notice.js';
import { trendPicture } from './trend-picture.js';
import { instant, quantity } from './words.js';

const fields = { figure: byId('figure'), tag: byId('tag'), scenario: byId('scenario') };
const place = byId('trend');

byId('choose').addEventListener('submit', event => event.preventDefault());
byId('choose').addEventListener('change', () => {
  write({ figure: fields.figure.value, tag: fields.tag.value, scenario: fields.scenario.value }, { step: true });
  show();
});
addEventListener('popstate', show);
show();

async function show() {
  place.setAttribute('aria-busy', 'true');
  try {
    const answer = await get(`/api/trends${query({ figure: asked('figure'), tag: asked('tag') })}`);
    fill(byId('problem'));
    draw(answer);
  } catch (error) {
    fill(place);
    complain(byId('problem'), error);
  }
  place.removeAttribute('aria-busy');
}

function draw({ figure, unit, figures, tags, points }) {
  const scenario = asked('scenario');
  const scenarios = [...new Set(points.map(point => point.scenario))].sort();
  choices(fields.figure, figures.map(name => [name, name]), figure);
  choices(fields.tag, [['', 'all'], ...tags.map(tag => [tag, tag])], asked('tag'));
  choices(fields.scenario, [['', 'all'], ...scenarios.map(name => [name, name])], scenario);
  const found = points.filter(point => scenario === '' || point.scenario === scenario);
  if (found.length === 0) {
    fill(place, el('p', {}, 'No finished run is like that.'));
    return;
  }
  const picture = el('figure', { class: 'picture', id: 'trend-picture' });
  fill(place, el('section', { 'aria-labelledby': 'picture' }, el('h2', { id: 'picture', class: 'unseen' }, 'Picture'), picture), table(figure, unit, found));
  trendPicture(picture, figure, unit, found);
}

function table(figure, unit, points) {
  return el(
    'section',
    { 'aria-labelledby': 'runs' },
    el('h2', { id: 'runs' }, 'Runs'),
    el(
      'div',
      { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `${figure} of each run` },
      el(
        'table',
        {},
        el('thead', {}, el('tr', {}, column('Run'), column(figure, 'number'), column('Verdict'), column('Start (UTC)'))),
        el('tbody', {}, ...points.map(point => line(point, unit)).reverse()),
      ),
    ),
  );
}

const column = (name, kind) => el('th', { scope: 'col', class: kind }, name);

function line(point, unit) {
  return el(
    'tr',
    {},
    el('th', { scope: 'row' }, el('a', { href: toRun(point.id) }, point.scenario), el('span', { class: 'soft id' }, point.id)),
    el('td', { class: 'number' }, quantity(point.value, unit)),
    el('td', {}, badge({ ...point, state: 'finished' })),
    el('td', {}, instant(point.start)),
  );
}
