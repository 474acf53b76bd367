// Switches for the faults that are tried most. Each stands for one rule, of a share of the requests.

import { el, fill } from './dom.js';

const COMMON = [
  { key: 'stall', title: 'Stall', says: 'Answers stand still amid their tokens.', rule: { fault: 'stall', after: 20 }, field: { key: 'stall_for', label: 'for', value: '3s' } },
  { key: 'limited', title: 'Rate limit', says: 'Requests are refused with status 429.', rule: { fault: 'error', status: 429 }, field: { key: 'retry_after', label: 'retry after', value: '1s' } },
  { key: 'failing', title: 'Server error', says: 'Requests fail with status 500.', rule: { fault: 'error', status: 500 } },
  { key: 'disconnect', title: 'Disconnect', says: 'The connection closes amid an answer.', rule: { fault: 'disconnect' }, field: { key: 'after', label: 'after tokens', value: '20', number: true } },
  { key: 'slow', title: 'Slow', says: 'Head and first token come later.', rule: { fault: 'slow-headers' }, field: { key: 'delay', label: 'by', value: '2s' } },
];

export class FaultSwitches {
  #rows;
  #change;

  /** `change` is given a function from the rules in force to those that shall be; its answer says whether they are. */
  constructor(place, change) {
    this.#change = change;
    this.#rows = COMMON.map(common => this.#row(common));
    fill(place, ...this.#rows.map(row => row.element));
  }

  /** Sets the switches to the rules in force. */
  show(faults) {
    for (const row of this.#rows) {
      const rule = faults.find(fault => isOf(fault, row.common));
      row.on.checked = rule !== undefined;
      if (rule) {
        row.share.value = Math.round((rule.share ?? 1) * 1000) / 10;
        if (row.field && rule[row.common.field.key] !== undefined) {
          row.field.value = rule[row.common.field.key];
        }
      }
    }
  }

  #row(common) {
    const row = {
      common,
      on: el('input', { type: 'checkbox', role: 'switch', id: `fault-${common.key}`, 'aria-describedby': `fault-${common.key}-says` }),
      share: el('input', { type: 'number', min: 0.1, max: 100, step: 'any', value: 5 }),
      field: common.field ? el('input', { type: common.field.number ? 'number' : 'text', min: 0, value: common.field.value }) : null,
    };
    row.on.addEventListener('change', () => this.#set(row));
    for (const field of [row.share, row.field].filter(each => each)) {
      // A switch that is on takes the new value at once.
      field.addEventListener('change', () => row.on.checked && this.#set(row));
    }
    row.element = el(
      'fieldset',
      { class: 'switch' },
      el('legend', { class: 'unseen' }, common.title),
      el('span', { class: 'grow' }, el('label', { for: row.on.id }, row.on, ' ', common.title), el('span', { class: 'soft', id: `fault-${common.key}-says` }, common.says)),
      row.field && el('label', {}, common.field.label, ' ', row.field),
      el('label', {}, 'share ', row.share, ' %'),
    );
    return row;
  }

  async #set(row) {
    const wanted = row.on.checked;
    const rule = rowRule(row);
    const done = await this.#change(faults => [...faults.filter(fault => !isOf(fault, row.common)), ...(wanted ? [rule] : [])]);
    if (!done) {
      row.on.checked = !wanted;
    }
  }
}

function rowRule({ common, share, field }) {
  const rule = { ...common.rule, share: Number(share.value) / 100 };
  if (field && field.value.trim() !== '') {
    rule[common.field.key] = common.field.number ? Number(field.value) : field.value.trim();
  }
  return rule;
}

/** Whether a rule in force is the switch's own, and not one of a scenario with windows or filters. */
function isOf(fault, common) {
  const known = new Set([...Object.keys(common.rule), 'share', common.field?.key]);
  return fault.fault === common.rule.fault && fault.status === common.rule.status && Object.keys(fault).every(key => known.has(key));
}
