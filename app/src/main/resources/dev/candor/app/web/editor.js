// A text field with line numbers, which can be led to a line.

import { el, fill } from './dom.js';

/** Where a message names its place: "peak.yaml:7:12: load[0].usres: unknown key". */
const PLACE = /:(\d+):(\d+): /;

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

  /** What is wrong, a line each; those that name a line of the text have a button that leads there. */
  showProblems(place, message) {
    fill(place, el('div', { class: 'problem', role: 'alert' }, ...message.split('\n').map(each => this.#problem(each.trim()))));
    place.scrollIntoView({ block: 'nearest' });
  }

  #problem(text) {
    const [, line, column] = PLACE.exec(text)?.map(Number) ?? [];
    const known = line >= 1 && line <= this.#lines;
    return el('p', {}, text, known && ' ', known && el('button', { type: 'button', click: () => this.#goTo(line, column) }, `Go to line ${line}`));
  }

  #goTo(line, column) {
    const lines = this.text.split('\n');
    const from = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    this.#field.focus();
    this.#field.setSelectionRange(from + Math.min(column - 1, lines[line - 1].length), from + lines[line - 1].length);
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
