// A run's report in a frame: it may run its own charts, and reach nothing of this page.

import { toFile } from './address.js';
import { el } from './dom.js';

export const REPORT = 'report.html';

export function reportFrame(run) {
  const root = document.documentElement;
  // The frame cannot read what the reader has chosen here: its address says so.
  const address = () => toFile(run.id, REPORT) + (root.dataset.theme ? `#theme=${root.dataset.theme}` : '');
  const frame = el('iframe', {
    title: `Report of ${run.scenario}`,
    src: address(),
    sandbox: 'allow-scripts allow-downloads',
    allow: 'clipboard-write',
    class: 'report',
  });
  new MutationObserver(() => frame.contentWindow?.location.replace(address())).observe(root, { attributeFilter: ['data-theme'] });
  return frame;
}
