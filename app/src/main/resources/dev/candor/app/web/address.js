// The state of a view lives in its address, so that it can be kept, shared and gone back to.

import { query } from './api.js';

export const asked = name => new URLSearchParams(location.search).get(name) ?? '';

export const allAsked = name => new URLSearchParams(location.search).getAll(name);

/** Writes the state into the address: as a new step of the history, or in place of this one. */
export function write(values, { step = false } = {}) {
  const address = location.pathname + query(values);
  if (address !== location.pathname + location.search) {
    history[step ? 'pushState' : 'replaceState'](null, '', address);
  }
}

export const toRun = id => `/runs/${encodeURIComponent(id)}`;

export const toFile = (id, name) => `${toRun(id)}/files/${encodeURIComponent(name)}`;
