// A run while it lasts: how far it is, its figures and pictures every second, and the way to stop it.

import { get, post } from './api.js';
import { confirm } from './dialog.js';
import { el, fill } from './dom.js';
import { livePictures } from './live-pictures.js';
import { LiveSeconds } from './live-seconds.js';
import { complain, orComplain } from './notice.js';
import { fileList, largeFigures, runHead } from './run-head.js';
import { duration, milliseconds, number, percent } from './words.js';

/** Shows it until it ends, which is when `ended` is called. `say` is for what is worth an interruption. */
export function liveRun(place, run, say, ended) {
  const seconds = new LiveSeconds();
  const parts = layOut(place, run);
  let pictures = null;
  let phase = null;

  const draw = () => {
    if (!document.hidden) {
      pictures = pictures ?? livePictures(parts.pictures, seconds);
      pictures.update();
    }
  };
  const show = (data, aloud) => {
    if (aloud && phase !== null && data.phase !== phase) {
      say(`Phase ${data.phase} has begun.`);
    }
    if (data.phase !== phase && !run.target) {
      // At its very beginning a run has not said yet against what it is.
      learn(run, parts);
    }
    phase = data.phase;
    showProgress(parts, data);
    showFigures(parts, data);
    draw();
  };

  const events = new EventSource(`/api/runs/${encodeURIComponent(run.id)}/live`);
  const on = (type, handle) =>
    events.addEventListener(type, event => {
      fill(parts.problem);
      handle(JSON.parse(event.data));
    });
  on('history', data => {
    // All so far: at first, after a new connection, and where too much has come at once.
    seconds.clear();
    seconds.add(data.seconds);
    show(data, false);
  });
  on('second', data => {
    seconds.add(data.seconds);
    show(data, true);
  });
  on('finished', data => {
    events.close();
    document.removeEventListener('visibilitychange', draw);
    say(`The run has ended: ${data.verdict ?? 'no verdict'}.`);
    ended();
  });
  events.addEventListener('error', () => lost(events, parts.problem));
  // What came while the page was out of sight.
  document.addEventListener('visibilitychange', draw);
  parts.stop.addEventListener('click', () => stop(run, parts));
}

async function learn(run, parts) {
  const known = await get(`/api/runs/${encodeURIComponent(run.id)}`).catch(() => run);
  Object.assign(run, known);
  fill(parts.head, runHead(run));
}

/** The browser asks again by itself, unless the server has refused. Said once, not at each try. */
function lost(events, place) {
  const again = events.readyState !== EventSource.CLOSED;
  const text = again ? 'The live figures have stopped coming. Trying again …' : 'The live figures are refused. Load the page again to try again.';
  if (place.textContent !== text) {
    complain(place, new Error(text));
  }
}

function layOut(place, run) {
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

function showProgress(parts, data) {
  if (data.total_s > 0) {
    parts.progress.value = Math.min(1, data.elapsed_s / data.total_s);
  } else {
    // Nobody knows how long a search will take.
    parts.progress.hidden = true;
  }
  const far = data.total_s > 0 ? `${duration(data.elapsed_s)} of ${duration(data.total_s)}` : duration(data.elapsed_s);
  fill(parts.where, [far, `phase ${data.phase}`, `${number(data.users)} users`, `${number(data.in_flight)} in flight`].join(' · '));
}

function showFigures(parts, data) {
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

async function stop(run, parts) {
  const yes = await confirm(
    'Stop this run?',
    `What ${run.scenario} has measured so far is kept and reported, with the verdict interrupted. It cannot be continued from here.`,
    'Stop it',
  );
  if (!yes) {
    return;
  }
  parts.stop.disabled = true;
  parts.stop.textContent = 'Stopping …';
  const answer = await orComplain(parts.unstopped, () => post(`/api/runs/${encodeURIComponent(run.id)}/stop`, {}));
  if (!answer) {
    parts.stop.disabled = false;
    parts.stop.textContent = 'Stop the run';
  }
}
