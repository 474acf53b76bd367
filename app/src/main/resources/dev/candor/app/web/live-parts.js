// What a live run's view is made of, and what a second's figures change in it.

import { el, fill } from './dom.js';
import { fileList, largeFigures, runHead } from './run-head.js';
import { duration, milliseconds, number, percent } from './words.js';

/** The view's parts, by name, in their places. */
export function layOut(place, run) {
  const parts = {
    head: el('div', {}, runHead(run)),
    problem: el('div', {}),
    unstopped: el('div', {}),
    progress: el('progress', { max: 1, 'aria-label': 'How far the run is' }),
    where: el('p', { class: 'where' }, 'Waiting for the first second …'),
    stop: el('button', { type: 'button', class: 'danger' }, 'Stop the run'),
    elsewhere: el('p', { class: 'soft' }, 'It was started elsewhere: Ctrl-C in its terminal stops it.'),
    limits: el('div', {}),
    figures: el('div', {}),
    errors: el('p', { class: 'soft' }),
    pictures: el('div', { class: 'small-pictures' }),
  };
  fill(
    place,
    parts.head,
    el('div', { class: 'going' }, el('div', {}, parts.progress, parts.where), run.can_stop === false ? parts.elsewhere : parts.stop),
    parts.unstopped,
    parts.problem,
    parts.limits,
    parts.figures,
    parts.errors,
    el('section', { 'aria-labelledby': 'live' }, el('h2', { id: 'live' }, 'Second by second'), el('p', { class: 'soft' }, 'After eight minutes a point stands for more than a second: for the highest of its latencies, and the mean of all else.'), parts.pictures),
    run.files?.length > 0 && fileList(run),
  );
  return parts;
}

export function showProgress(parts, data) {
  if (data.total_s > 0) {
    parts.progress.value = Math.min(1, data.elapsed_s / data.total_s);
  } else {
    // Nobody knows how long a search will take.
    parts.progress.hidden = true;
  }
  const far = data.total_s > 0 ? `${duration(data.elapsed_s)} of ${duration(data.total_s)}` : duration(data.elapsed_s);
  fill(parts.where, [far, `phase ${data.phase}`, `${number(data.users)} users`, `${number(data.in_flight)} in flight`].join(' · '));
}

export function showFigures(parts, data) {
  fill(
    parts.figures,
    largeFigures([
      ['TTFT p50', milliseconds(data.ttft_p50)],
      ['TTFT p99', milliseconds(data.ttft_p99)],
      ['ITL p50', milliseconds(data.itl_p50)],
      ['ITL p99', milliseconds(data.itl_p99)],
      ['output tokens/s', number(data.output_tps)],
      ['goodput', percent(data.goodput)],
      ['ended / failed', `${number(data.completed)} / ${number(data.failed)}`],
      ['spent', data.spent ?? 'n/a'],
    ]),
  );
  const errors = Object.entries(data.errors ?? {});
  fill(parts.errors, errors.length > 0 && `Failures: ${errors.map(([name, count]) => `${number(count)} ${name.replaceAll('_', ' ')}`).join(', ')}.`);
  fill(parts.limits, data.limits?.length > 0 && el('p', { class: 'warning' }, `These seconds show the client, not the server: ${data.limits.join(', ')}.`));
}
