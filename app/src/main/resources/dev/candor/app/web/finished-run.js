// A run that is over: verdict, figures, report, files.

import { toFile } from './address.js';
import { query } from './api.js';
import { el, fill } from './dom.js';
import { REPORT, reportFrame } from './report-frame.js';
import { fileList, largeFigures, runHead } from './run-head.js';
import { milliseconds, money, number, outcome, percent } from './words.js';

export function finishedRun(place, run) {
  const figures = run.figures ?? {};
  fill(
    place,
    runHead(run),
    verdict(run),
    largeFigures([
      ['TTFT p99', milliseconds(figures.ttft_p99)],
      ['ITL p99', milliseconds(figures.itl_p99)],
      ['output tokens/s', number(figures.output_tps)],
      ['goodput', percent(figures.goodput)],
      ['requests', number(figures.requests)],
      ['cost', money(figures.cost, figures.currency)],
    ]),
    el(
      'p',
      { class: 'actions' },
      el('a', { class: 'button', href: `/start${query({ run: run.id })}` }, 'Run it again'),
      el('a', { class: 'button', href: `/compare${query({ run: run.id })}` }, 'Compare it'),
      run.state === 'finished' && el('a', { class: 'button', href: `/trends${query({ scenario: run.scenario })}` }, 'See its trend'),
      run.files.includes(REPORT) && el('a', { class: 'button', href: toFile(run.id, REPORT) }, 'Open the report by itself'),
    ),
    run.files.includes(REPORT) && report(run),
    run.files.length > 0 && fileList(run),
  );
}

/** The reason of a verdict is a sentence that begins with it; those of other states are not. */
function verdict(run) {
  const word = outcome(run).toUpperCase();
  const reason = run.verdict_reason ?? '';
  return el('p', { class: `verdict ${run.verdict ?? ''}` }, reason.startsWith(word) ? reason : [word, reason].filter(each => each).join(': '));
}

function report(run) {
  return el('section', { 'aria-labelledby': 'report' }, el('h2', { id: 'report' }, 'Report'), reportFrame(run));
}
