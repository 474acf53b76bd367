package dev.candor.browser;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;

/** What the keyboard alone reaches. */
final class Keyboard {
  /** Controls of a report, which the way through a page with one in a frame leads through. */
  private static final int MOST_IN_A_FRAME = 600;

  private Keyboard() {}

  /**
   * Goes from the page's start by the Tab key, and tells of each control that was never reached, or
   * did not show that it was.
   */
  @SuppressWarnings("unchecked")
  static List<String> problems(Page page) {
    int controls = ((Number) page.evaluate(NUMBERED)).intValue();
    List<String> problems = new ArrayList<>();
    if (controls == 0) {
      problems.add("no control at all");
    }
    for (int presses = 0; presses < 2 * controls + MOST_IN_A_FRAME; presses++) {
      page.keyboard().press("Tab");
      if (Boolean.TRUE.equals(page.evaluate(BACK_AT_FIRST))) {
        break;
      }
    }
    problems.addAll((List<String>) page.evaluate(LEFT_OUT));
    return problems;
  }

  private static final String NUMBERED =
      """
      () => {
        document.activeElement?.blur();
        const shown = e => e.checkVisibility({visibilityProperty: true}) && !e.disabled
            && e.tabIndex >= 0 && !e.closest('[inert]');
        const all = [...document.querySelectorAll(
            'a[href], button, summary, input, select, textarea, iframe, [tabindex]')].filter(shown);
        window.controls = new Map(all.map(e => [e, null]));
        return all.length;
      }
      """;

  /** Notes what has the focus and whether that shows; true where the way has begun anew. */
  private static final String BACK_AT_FIRST =
      """
      () => {
        const e = document.activeElement;
        if (!e || e === document.body) {
          return false;
        }
        if (window.controls.get(e) != null) {
          return e === window.first;
        }
        window.first ??= e;
        const outlined = each => {
          const style = getComputedStyle(each);
          return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
              || style.boxShadow !== 'none';
        };
        const shows = e.tagName === 'IFRAME' || outlined(e)
            || (e.parentElement.matches(':focus-within') && outlined(e.parentElement));
        window.controls.set(e, shows ? 'shown' : 'hidden');
        return false;
      }
      """;

  private static final String LEFT_OUT =
      """
      () => [...window.controls].filter(([, seen]) => seen !== 'shown')
        .map(([e, seen]) => (seen === null ? 'not reached: ' : 'focus does not show: ')
            + e.outerHTML.slice(0, 120))
      """;
}
