// Colours come from the stylesheet's custom properties, so that light, dark and print are said in one place.

const SERIES = 8;
const HEAT = 7;

/** The page's colours as they are now: a canvas knows no custom properties. */
function palette() {
  const style = getComputedStyle(document.documentElement);
  return colours((name) => style.getPropertyValue(name).trim());
}

/** The page's colours by name, which follow the theme, for what is no canvas. */
const named = () => colours((name) => `var(${name})`);

function colours(read) {
  const many = (name, count) => Array.from({ length: count }, (_, i) => read(`--${name}-${i + 1}`));
  return {
    ink: read('--ink'),
    soft: read('--soft'),
    rule: read('--rule'),
    page: read('--page'),
    card: read('--card'),
    good: read('--good'),
    bad: read('--bad'),
    font: read('--font'),
    series: many('series', SERIES),
    heat: many('heat', HEAT),
    spans: Object.fromEntries(
      ['phase', 'warmup', 'limited', 'lost', 'bracket'].map((kind) => [kind, read(`--span-${kind}`)])),
    parts: Object.fromEntries(
      ['held', 'send', 'prefill', 'decode', 'stall'].map((kind) => [kind, read(`--part-${kind}`)])),
  };
}

// Series differ in dash and symbol as well as in colour: for eyes and printers that see no colours.
const DASHES = ['solid', [7, 4], [2, 3], [10, 3, 2, 3], [14, 4], [4, 2], [8, 3, 2, 3, 2, 3], [1, 4]];
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'emptyCircle', 'emptyRect', 'emptyTriangle', 'emptyDiamond'];

/** How the n-th series looks. */
const look = (n, colours) => ({
  colour: colours.series[n % SERIES],
  dash: DASHES[n % DASHES.length],
  symbol: SYMBOLS[n % SYMBOLS.length],
  on: colours.page,
});

/** A tile to fill areas with, at twice its size for sharp screens. */
function pattern(kind, colour, background, strength = 1) {
  const tile = document.createElement('canvas');
  tile.width = tile.height = 16;
  const pen = tile.getContext('2d');
  if (background) {
    pen.fillStyle = background;
    pen.fillRect(0, 0, 16, 16);
  }
  pen.globalAlpha = strength;
  pen.strokeStyle = pen.fillStyle = colour;
  pen.lineWidth = 2.5;
  pen.beginPath();
  const line = (x, y, toX, toY) => {
    pen.moveTo(x, y);
    pen.lineTo(toX, toY);
  };
  if (kind === 'slash' || kind === 'cross') [-16, 0, 16].forEach((at) => line(at - 2, 18, at + 18, -2));
  if (kind === 'back' || kind === 'cross') [-16, 0, 16].forEach((at) => line(at - 2, -2, at + 18, 18));
  if (kind === 'rows') [4, 12].forEach((at) => line(0, at, 16, at));
  if (kind === 'columns') [4, 12].forEach((at) => line(at, 0, at, 16));
  pen.stroke();
  if (kind === 'dots') {
    [[4, 4], [12, 12]].forEach(([x, y]) => {
      pen.beginPath();
      pen.arc(x, y, 2, 0, 7);
      pen.fill();
    });
  }
  return { image: tile, repeat: 'repeat', scaleX: 0.5, scaleY: 0.5 };
}

const repaint = new Set();
const repaintAll = () => repaint.forEach((paint) => paint());

/** The theme is the reader's own until they switch it; the choice is kept where the browser allows. */
function watchTheme() {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches);
  try {
    const kept = localStorage.getItem('candor-theme');
    if (kept === 'dark' || kept === 'light') root.dataset.theme = kept;
  } catch { /* a page in a sandbox keeps nothing */ }
  // A page with this one in a frame says in its address which it has itself.
  const obey = () => {
    const told = /^#theme=(dark|light)$/.exec(location.hash)?.[1];
    if (told) root.dataset.theme = told;
  };
  const say = () => document.querySelectorAll('.theme-switch').forEach((button) => {
    button.hidden = false;
    button.textContent = isDark() ? 'Light' : 'Dark';
    button.setAttribute('aria-label', `Switch to ${isDark() ? 'light' : 'dark'} colours`);
  });
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || !event.target.closest('.theme-switch')) return;
    root.dataset.theme = isDark() ? 'light' : 'dark';
    try {
      localStorage.setItem('candor-theme', root.dataset.theme);
    } catch { /* as above */ }
  });
  const changed = () => {
    say();
    repaintAll();
  };
  obey();
  addEventListener('hashchange', obey);
  dark.addEventListener('change', changed);
  new MutationObserver(changed).observe(root, { attributeFilter: ['data-theme'] });
  say();
}
