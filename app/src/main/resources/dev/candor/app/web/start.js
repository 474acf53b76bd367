// The view that starts a run: a scenario, what it will take, its budget.

import { asked, toFile, toRun, write } from './address.js';
import { get, post, text } from './api.js';
import { confirm } from './dialog.js';
import { byId, choices, el, fill } from './dom.js';
import { Editor } from './editor.js';
import { orComplain } from './notice.js';

const editor = new Editor(byId('text'), byId('lines'));
const scenario = byId('scenario');

/** The text as it was read: a scenario that was changed by hand is not thrown away unasked. */
let read = '';

byId('budget').value = asked('budget');
byId('tags').value = asked('tags');
scenario.addEventListener('change', choose);
['budget', 'tags'].forEach(id => byId(id).addEventListener('input', remember));
byId('estimate').addEventListener('click', () => busy(byId('estimate'), estimate));
byId('start').addEventListener('submit', event => {
  event.preventDefault();
  busy(byId('go'), () => start(false));
});
open();

async function open() {
  await orComplain(byId('scenario-problem'), async () => {
    const { scenarios } = await get('/api/scenarios');
    choices(scenario, [['', 'write or paste one below'], ...scenarios.map(each => [each.path, each.name])], asked('scenario'));
    if (asked('scenario') && !scenario.value) {
      throw new Error(`There is no scenario ${asked('scenario')} in the data folder.`);
    }
    if (scenario.value) {
      await readChosen();
    } else if (asked('run')) {
      await readRun(asked('run'));
    }
  });
}

async function choose() {
  const changed = editor.text !== read && editor.text.trim() !== '';
  if (changed && !(await confirm('Replace the text?', 'What you have changed in it would be lost.', 'Replace it'))) {
    scenario.value = asked('scenario');
    return;
  }
  remember();
  await orComplain(byId('scenario-problem'), readChosen);
}

async function readChosen() {
  if (scenario.value) {
    show((await get(`/api/scenarios/${scenario.value.split('/').map(encodeURIComponent).join('/')}`)).text);
  }
}

/** What an earlier run was, to have it again. */
async function readRun(id) {
  show(await text(toFile(id, 'scenario.yaml')));
}

function show(scenarioText) {
  editor.text = scenarioText;
  read = scenarioText;
  fill(byId('problem'));
  byId('estimated').hidden = true;
}

function remember() {
  write({ scenario: scenario.value, run: scenario.value ? '' : asked('run'), budget: byId('budget').value, tags: byId('tags').value });
}

function request() {
  return { scenario: editor.text, path: scenario.value || null, budget: byId('budget').value.trim() || null };
}

async function estimate() {
  const answer = await ask(() => post('/api/estimate', request()));
  if (!answer) {
    byId('estimated').hidden = true;
    return;
  }
  const problems = answer.problems ?? [];
  fill(
    byId('estimate-text'),
    problems.length > 0 && el('ul', { class: 'warning' }, ...problems.map(problem => el('li', {}, String(problem)))),
    answer.budget && el('p', {}, `It ends before it has spent more than ${answer.budget}.`),
    answer.question && el('p', { class: 'soft' }, 'You will be asked before it starts.'),
    el('pre', { tabindex: 0 }, answer.text),
  );
  byId('estimated').hidden = false;
  byId('estimated').scrollIntoView({ block: 'nearest' });
}

async function start(yes) {
  const body = {
    ...request(),
    tags: byId('tags').value.split(',').map(tag => tag.trim()).filter(tag => tag !== ''),
    yes,
  };
  const answer = await ask(() => post('/api/runs', body));
  if (answer?.question) {
    if (await confirm('Start this run?', answer.question, 'Start it')) {
      await start(true);
    }
  } else if (answer) {
    location.assign(toRun(answer.id));
  }
}

/** The answer, a question too; any other refusal is shown, at its line where it names one. */
async function ask(work) {
  if (editor.text.trim() === '') {
    editor.showProblems(byId('problem'), 'There is no scenario yet: choose one, or write one into the field.');
    return undefined;
  }
  try {
    const answer = await work();
    fill(byId('problem'));
    return answer;
  } catch (error) {
    if (error.status === 409 && error.answer.question) {
      fill(byId('problem'));
      return error.answer;
    }
    editor.showProblems(byId('problem'), error.message);
    return undefined;
  }
}

async function busy(button, work) {
  const text = button.textContent;
  button.disabled = true;
  button.textContent = `${text} …`;
  await work();
  button.disabled = false;
  button.textContent = text;
}
