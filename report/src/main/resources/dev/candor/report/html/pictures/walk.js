// A picture by keyboard: arrows go along it, and what a tooltip says is said to screen readers too.

function walk(plot, spoken, chart, now) {
  let n = -1;
  const moves = {
    ArrowRight: (last) => Math.min(last, n + 1),
    ArrowLeft: () => Math.max(0, n - 1),
    PageDown: (last) => Math.min(last, n + 10),
    PageUp: () => Math.max(0, n - 10),
    Home: () => 0,
    End: (last) => last,
  };
  plot.addEventListener('keydown', (event) => {
    const { plot: data, kind, view } = now();
    const steps = kind.isEmpty(data) ? 0 : kind.steps(data);
    if (event.key === 'Escape') chart.dispatchAction({ type: 'hideTip' });
    if (!moves[event.key] || steps === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    n = Math.min(moves[event.key](steps - 1), steps - 1);
    const [x, y] = kind.place(data, n, chart);
    const said = kind.at(data, n, view);
    chart.dispatchAction({ type: 'showTip', x, y, ...(kind.ownTip ? { tooltip: { formatter: () => tip(said) } } : {}) });
    const { title, rows, notes = [] } = said;
    spoken.textContent = [title, ...rows.map(([name, value]) => `${name} ${value}`), ...notes].join(', ');
  });
  plot.addEventListener('blur', () => {
    chart.dispatchAction({ type: 'hideTip' });
    spoken.textContent = '';
  });
}
