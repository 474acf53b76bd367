// What went wrong, said at the place where it did.

import { fill, el } from './dom.js';

/** Shows the error in `place`, in words; screen readers say it at once. */
export function complain(place, error) {
  fill(place, el('p', { class: 'problem', role: 'alert' }, error.message));
}

/** Runs `work`; where it fails, says why in `place`, and its answer is undefined. */
export async function orComplain(place, work) {
  try {
    const answer = await work();
    fill(place);
    return answer;
  } catch (error) {
    complain(place, error);
    return undefined;
  }
}
