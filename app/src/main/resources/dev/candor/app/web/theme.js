// Light or dark: what the system says until the reader chooses. Loaded ahead of the page's body,
// so that it never flashes in the other one.
(() => {
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const kept = read();
  if (kept) {
    root.dataset.theme = kept;
  }

  addEventListener('DOMContentLoaded', () => {
    const button = document.getElementById('theme');
    const show = () => {
      button.textContent = isDark() ? 'Light' : 'Dark';
      button.setAttribute('aria-label', isDark() ? 'Switch to light colours' : 'Switch to dark colours');
    };
    button.hidden = false;
    button.addEventListener('click', () => {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      keep(root.dataset.theme);
      show();
    });
    system.addEventListener('change', show);
    show();
  });

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === 'dark' : system.matches;
  }

  // A browser that keeps nothing refuses with an exception.
  function read() {
    try {
      const value = localStorage.getItem('candor-theme');
      return value === 'light' || value === 'dark' ? value : null;
    } catch {
      return null;
    }
  }

  function keep(value) {
    try {
      localStorage.setItem('candor-theme', value);
    } catch {
      // It then holds for this page alone.
    }
  }
})();
