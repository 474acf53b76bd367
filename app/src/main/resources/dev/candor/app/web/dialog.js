// A question before something that cannot be taken back.

import { el } from './dom.js';

/** True where the reader says yes. Escape and No are the same; the focus begins on No. */
export function confirm(title, text, yes, no = 'No, go back') {
  return new Promise(resolve => {
    const heading = el('h2', { id: 'question' }, title);
    const dialog = el(
      'dialog',
      { 'aria-labelledby': 'question', 'aria-describedby': 'question-text' },
      heading,
      el('p', { id: 'question-text' }, text),
      el(
        'div',
        { class: 'actions' },
        el('button', { type: 'button', autofocus: true, click: () => dialog.close('no') }, no),
        el('button', { type: 'button', class: 'primary', click: () => dialog.close('yes') }, yes),
      ),
    );
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
