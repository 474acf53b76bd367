// A mock on this machine: its figures every second, and what goes wrong in it on purpose.

import { asked, write } from './address.js';
import { get, put, query, remove } from './api.js';
import { byId, el, fill } from './dom.js';
import { FaultSwitches } from './fault-switches.js';
import { complain, orComplain } from './notice.js';
import { faultWords } from './fault-words.js';
import { mockFigures } from './mock-figures.js';
import { MockPictures } from './mock-pictures.js';

const LOOK_AGAIN_MS = 1000;
const USUAL = 'http://127.0.0.1:8000';

const switches = new FaultSwitches(byId('switches'), change);
const pictures = new MockPictures(byId('pictures'));
let faults = null;
let timer = 0;

/** The address that is being asked, so that a slow mock is not asked twice at once. */
let looking = null;

let changes = Promise.resolve();

byId('find').addEventListener('submit', event => {
  event.preventDefault();
  write({ url: byId('address').value.trim() }, { step: true });
  open();
});
byId('own').addEventListener('submit', event => {
  event.preventDefault();
  putOwn();
});
addEventListener('popstate', open);
open();

function open() {
  faults = null;
  pictures.clear();
  byId('mock').hidden = true;
  byId('address').value = asked('url') || USUAL;
  ['problem', 'change-problem', 'own-problem'].forEach(id => fill(byId(id)));
  clearInterval(timer);
  if (asked('url')) {
    look();
    timer = setInterval(look, LOOK_AGAIN_MS);
  }
}

async function look() {
  const url = asked('url');
  if (document.hidden || looking === url) {
    return;
  }
  looking = url;
  try {
    const answer = await get(`/api/mock${query({ url })}`);
    if (url === asked('url')) {
      show(answer);
    }
  } catch (error) {
    // Said once: an alert a second would be read aloud each time.
    if (url === asked('url') && byId('problem').textContent !== error.message) {
      complain(byId('problem'), error);
    }
  }
  looking = null;
}

function show(answer) {
  fill(byId('problem'));
  byId('mock').hidden = false;
  mockFigures(byId('figures'), answer.figures);
  pictures.add(answer.figures);
  showFaults(answer.faults);
}

/** Only what has changed is drawn anew: the keyboard would lose its place. */
function showFaults(now) {
  if (JSON.stringify(now) === JSON.stringify(faults)) {
    return;
  }
  faults = now;
  switches.show(faults);
  fill(
    byId('faults'),
    faults.length === 0
      ? el('p', {}, 'None: it answers as well as it can.')
      : el('ul', { class: 'faults' }, ...faults.map(fault => el('li', {}, el('b', {}, fault.fault), ' ', faultWords(fault), ' ', el('button', { type: 'button', 'aria-label': `End ${fault.fault} ${faultWords(fault)}`, click: () => end(fault) }, 'End')))),
    faults.length > 0 && el('div', { class: 'actions' }, el('button', { type: 'button', click: clear }, 'End all faults')),
  );
}

/** From what is in force to what shall be, one change after the other: each begins with what the one before has left. */
function change(wanted) {
  const done = changes.then(async () => {
    const answer = await orComplain(byId('change-problem'), () => put('/api/mock/faults', { url: asked('url'), faults: wanted(faults ?? []) }));
    if (answer) {
      showFaults(answer.faults);
    }
    return answer !== undefined;
  });
  changes = done;
  return done;
}

const end = fault => change(now => now.filter(each => JSON.stringify(each) !== JSON.stringify(fault)));

async function clear() {
  const answer = await orComplain(byId('change-problem'), () => remove(`/api/mock/faults${query({ url: asked('url') })}`));
  if (answer) {
    showFaults(answer.faults);
  }
}

async function putOwn() {
  const text = byId('rules').value.trim();
  const answer = await orComplain(byId('own-problem'), () => put('/api/mock/faults', { url: asked('url'), text }));
  if (answer) {
    showFaults(answer.faults);
  }
}
