package dev.candor.browser;

import com.microsoft.playwright.Page;
import java.util.List;

/** Whether a page fits its window: nobody scrolls sideways but inside a table that says so. */
final class Reflow {
  private Reflow() {}

  /** The elements that make the page wider than its window; best none. */
  @SuppressWarnings("unchecked")
  static List<String> tooWide(Page page) {
    return (List<String>) page.evaluate(WIDER_THAN_WINDOW);
  }

  private static final String WIDER_THAN_WINDOW =
      """
      () => {
        const root = document.scrollingElement;
        scrollTo(10000, 0);
        const moved = root.scrollLeft;
        scrollTo(0, 0);
        if (moved === 0 && root.scrollWidth <= innerWidth) {
          return [];
        }
        const scrolls = e => {
          for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) {
            if (/auto|scroll|hidden|clip/.test(getComputedStyle(p).overflowX)) {
              return true;
            }
          }
          return false;
        };
        const wide = [...document.body.querySelectorAll('*')]
          .filter(e => e.getBoundingClientRect().right > innerWidth + 0.5 && !scrolls(e))
          .slice(0, 8)
          .map(e => e.tagName + '.' + e.getAttribute('class') + ' to '
              + Math.round(e.getBoundingClientRect().right) + ': ' + e.textContent.trim().slice(0, 60));
        return ['scrolled by ' + moved + ', ' + root.scrollWidth + ' wide', ...wide];
      }
      """;
}
