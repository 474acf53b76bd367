// What candor compare says of two runs: docs/compare.md explains its words.

import { el } from './dom.js';
import { change, number, quantity } from './words.js';

const WORDS = { better: 'better', worse: 'worse', same: 'same', undecided: 'undecided', unknown: 'n/a' };

/** Figures that are shares of 1, whose changes are points. */
const SHARES = new Set(['goodput', 'failed_ratio', 'cache_hit_rate']);

const RATES = new Set(['output_tps', 'output_tps_user', 'requests']);

export function comparison({ verdicts, warnings, level, compared }) {
  return el(
    'div',
    {},
    el('p', { class: `verdict ${verdicts.worse > 0 ? 'fail' : 'pass'}` }, summed(verdicts)),
    warnings.length > 0 && el('ul', { class: 'warning' }, ...warnings.map(warning => el('li', {}, warning))),
    el('p', { class: 'soft' }, `Intervals hold together at ${number((1 - level) * 100)} %: that is the chance that none of them is wrong.`),
    ...compared.map(side),
  );
}

/** The worse first: it is what one looks for. */
function summed(verdicts) {
  const count = verdict => verdicts[verdict] ?? 0;
  const rest = ['better', 'same', 'undecided', 'unknown'].filter(verdict => count(verdict) > 0).map(verdict => `${count(verdict)} ${WORDS[verdict]}`);
  return `${count('worse') > 0 ? `${number(count('worse'))} worse` : 'No figure is worse'}${rest.length > 0 ? `; ${rest.join(', ')}` : ''}.`;
}

function side({ differences, only_base: onlyBase, only_new: onlyNew, phases }) {
  return el(
    'div',
    {},
    ...phases.map(phaseTable),
    missing('Only the base has', onlyBase),
    missing('Only the new run has', onlyNew),
    el('h3', {}, 'What the runs differ in'),
    differences.length === 0 ? el('p', {}, 'Nothing that the scenarios say.') : differenceTable(differences),
  );
}

function missing(words, names) {
  return names.length > 0 && el('p', { class: 'soft' }, `${words} the phase ${names.join(', ')}.`);
}

function phaseTable({ name, shared_schedule: shared, metrics }) {
  return el(
    'div',
    {},
    el('h3', {}, `Phase ${name}`),
    shared && el('p', { class: 'soft' }, 'Both were asked the same at the same instants.'),
    table(
      `Changes in phase ${name}`,
      [['Figure'], ['Change', 'number'], ['Verdict'], ['A (base)', 'number'], ['B (new)', 'number'], ['Interval', 'number']],
      metrics.map(metric => {
        const points = SHARES.has(metric.metric);
        return [
          metric.metric,
          change(metric.change, points),
          el('span', {}, el('span', { class: `badge ${metric.verdict}` }, WORDS[metric.verdict] ?? metric.verdict), needed(metric.needed)),
          value(metric.base, metric.metric),
          value(metric.new, metric.metric),
          metric.interval ? `${change(metric.interval[0], points)} to ${change(metric.interval[1], points)}` : 'n/a',
        ];
      }),
    ),
  );
}

function value(figure, metric) {
  return quantity(figure, SHARES.has(metric) ? 'ratio' : RATES.has(metric.split('.')[0]) ? '/s' : metric.startsWith('cost') ? '' : 'ms');
}

function needed(more) {
  if (!more) {
    return null;
  }
  const what = more.runs ? `${number(more.runs)} runs a side` : `${number(more.times)} times the samples`;
  return el('span', { class: 'soft difference' }, `${what} would tell`);
}

function differenceTable(differences) {
  return table('What the runs differ in', [['Key'], ['A (base)'], ['B (new)']], differences.map(({ key, base, new: fresh }) => [key, base ?? 'not set', fresh ?? 'not set']));
}

function table(label, columns, rows) {
  return el(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label },
    el(
      'table',
      {},
      el('thead', {}, el('tr', {}, ...columns.map(([name, kind]) => el('th', { scope: 'col', class: kind }, name)))),
      el('tbody', {}, ...rows.map(row => el('tr', {}, ...row.map((cell, index) => (index === 0 ? el('th', { scope: 'row' }, cell) : el('td', { class: columns[index][1] }, cell)))))),
    ),
  );
}
