// The dashboard's HTTP API: answers as data, refusals as errors whose message is for the reader.

/** What the server did not do. `answer` is the body that it sent, {} where that was none. */
export class Refusal extends Error {
  constructor(status, answer, message) {
    super(message);
    this.status = status;
    this.answer = answer;
  }
}

export const get = path => ask('GET', path);

/** A file as it is. */
export const text = async path => (await send('GET', path)).text();

export const post = (path, body) => ask('POST', path, body);

export const put = (path, body) => ask('PUT', path, body);

export const remove = path => ask('DELETE', path);

/** `?run=a&run=b` of {run: ['a', 'b']}. What is null or empty is left out. */
export function query(values) {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const each of [value].flat()) {
      if (each !== null && each !== undefined && each !== '') {
        parts.append(name, each);
      }
    }
  }
  const text = parts.toString();
  return text === '' ? '' : `?${text}`;
}

async function ask(method, path, body) {
  return json(await send(method, path, body));
}

async function send(method, path, body) {
  const options = { method, cache: 'no-store' };
  if (method !== 'GET') {
    // No form and no link of another site can send this header.
    options.headers = { 'X-Candor': '1', 'Content-Type': 'application/json' };
    options.body = body === undefined ? undefined : JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refusal(0, {}, 'The dashboard does not answer. Does candor serve still run?');
  }
  if (!response.ok) {
    const answer = await json(response);
    throw new Refusal(response.status, answer, sentence(response.status, answer));
  }
  return response;
}

const json = response => response.json().catch(() => ({}));

function sentence(status, answer) {
  if (answer.error) {
    return String(answer.error);
  }
  return status === 401
    ? 'This dashboard asks for a token: open the address that candor serve has printed, with ?token= in it.'
    : `The dashboard refused this (status ${status}).`;
}
