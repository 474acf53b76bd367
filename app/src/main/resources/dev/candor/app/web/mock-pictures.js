// The last minutes of a mock, as this page has seen them.

import { el, fill } from './dom.js';

/** Seconds that are kept: what was before is in the figures of runs. */
const MOST = 300;

const PICTURES = [
  { id: 'mock-requests', title: 'Requests', see: 'Waiting that grows: more is asked than it can serve.', y: ['requests', ''], lines: [['running', 'running'], ['waiting', 'waiting']] },
  { id: 'mock-output', title: 'Output', see: 'Tokens that all answers together get.', y: ['output tokens', '/s'], lines: [['output tokens', 'output_tps']] },
  { id: 'mock-cache', title: 'KV cache', see: 'Near 100 % requests are put back, and their users wait.', y: ['in use', '%'], lines: [['in use', 'kv_cache_usage', 100]] },
];

export class MockPictures {
  #place;
  #samples = [];
  #drawn = [];

  constructor(place) {
    this.#place = place;
  }

  /** Forgets what another mock was like. */
  clear() {
    this.#samples = [];
    this.#drawn = [];
    fill(this.#place);
  }

  add(figures, nowMs = performance.now()) {
    this.#samples.push({ ...figures, at: nowMs / 1000 });
    this.#samples = this.#samples.slice(-MOST);
    if (this.#drawn.length === 0) {
      this.#drawn = PICTURES.map(picture => {
        const figure = el('figure', { class: 'picture', id: picture.id });
        this.#place.append(figure);
        return { picture, handle: window.candor.picture(figure, this.#model(picture)) };
      });
    } else {
      this.#drawn.forEach(({ picture, handle }) => handle.update(this.#model(picture)));
    }
  }

  #model({ id, title, see, y, lines }) {
    const first = this.#samples[0].at;
    return {
      id,
      title,
      see,
      plot: {
        kind: 'lines',
        x: { name: 'time seen', unit: 's', scale: 'seconds', from: 0 },
        at: this.#samples.map(sample => Math.round((sample.at - first) * 10) / 10),
        y: { name: y[0], unit: y[1], scale: 'linear', from: 0 },
        right: null,
        series: lines.map(([name, key, times = 1]) => ({
          name,
          values: this.#samples.map(sample => (typeof sample[key] === 'number' ? sample[key] * times : null)),
          right: false,
        })),
        spans: [],
        marks: [],
      },
    };
  }
}
