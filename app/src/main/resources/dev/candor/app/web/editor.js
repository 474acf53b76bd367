// A text field with line numbers, which can be led to a line.

import { el, fill } from './dom.js';

/** Where a refusal names its place: "line 7, workload.mix[1]: …". */
const PLACE = /\bline (\d+)/;

export class Editor {
  #field;
  #numbers;
  #lines = 0;

  constructor(field, numbers) {
    this.#field = field;
    this.#numbers = numbers;
    field.addEventListener('input', () => this.#count());
    field.addEventListener('scroll', () => (numbers.scrollTop = field.scrollTop));
    this.#count();
  }

  get text() {
    return this.#field.value;
  }

  set text(text) {
    this.#field.value = text;
    this.#field.scrollTop = 0;
    this.#count();
  }

  /** The sentence in `place`; where it names a line, with a button that leads there. */
  showProblem(place, message) {
    const line = Number(PLACE.exec(message)?.[1] ?? 0);
    fill(
      place,
      el('p', { class: 'problem', role: 'alert' }, message),
      line > 0 && line <= this.#lines && el('p', {}, el('button', { type: 'button', click: () => this.#goTo(line) }, `Go to line ${line}`)),
    );
  }

  #goTo(line) {
    const lines = this.text.split('\n');
    const from = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    this.#field.focus();
    this.#field.setSelectionRange(from, from + lines[line - 1].length);
    const height = this.#field.scrollHeight / this.#lines;
    this.#field.scrollTop = Math.max(0, (line - 4) * height);
  }

  #count() {
    const lines = this.text.split('\n').length;
    if (lines !== this.#lines) {
      this.#lines = lines;
      this.#numbers.textContent = Array.from({ length: lines }, (_, index) => index + 1).join('\n');
    }
  }
}
