// A rule of the mock's faults as a line to read: every key that it has, in the order given.

export function faultWords(fault) {
  return Object.entries(fault)
    .filter(([key]) => key !== 'fault')
    .map(([key, value]) => `${key.replaceAll('_', ' ')} ${key === 'share' ? share(value) : typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(', ');
}

function share(value) {
  return typeof value === 'number' ? `${Math.round(value * 1000) / 10} %` : value;
}
