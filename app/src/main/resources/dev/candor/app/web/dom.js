// Elements from data. Text enters a page as text nodes and attributes alone, never as HTML.

/**
 * An element. Attributes that are null or false are left out, true ones are empty; functions are
 * listeners of the event so named. Children are nodes or text; null ones are left out.
 */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(key, value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? '' : String(value));
    }
  }
  element.append(...present(children));
  return element;
}

/** Puts children in place of all that `parent` holds. */
export function fill(parent, ...children) {
  parent.replaceChildren(...present(children));
  return parent;
}

export const byId = id => document.getElementById(id);

/** Options for a select, `[value, text]` each, the chosen one selected. */
export function choices(select, pairs, chosen) {
  fill(select, ...pairs.map(([value, text]) => el('option', { value, selected: value === chosen }, text)));
}

function present(children) {
  return children.flat().filter(each => each !== null && each !== undefined && each !== false);
}
