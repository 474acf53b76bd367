// A run while it lasts, by the events that the server sends of it, and the way to stop it.

import { get, post } from './api.js';
import { confirm } from './dialog.js';
import { fill } from './dom.js';
import { layOut, showFigures, showProgress } from './live-parts.js';
import { livePictures } from './live-pictures.js';
import { LiveSeconds } from './live-seconds.js';
import { complain, orComplain } from './notice.js';
import { runHead } from './run-head.js';

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
