package dev.candor.browser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether the scripts of {@code hostile.yaml} did nothing: none ran, and no part of the page was
 * made of one. A script that the page's policy stopped would be on the console.
 */
final class Harmless {
  private Harmless() {}

  static void check(Visit visit) {
    assertThat(visit.says("() => window.hurt ?? null")).as("a script ran").isNull();
    assertThat(visit.dialogs()).isEmpty();
    assertThat(visit.messages()).isEmpty();
    assertThat(visit.says(MADE_OF_TEXT)).as("text became part of the page").isEqualTo("");
  }

  /**
   * All elements with a hostile attribute, link or content, in words; an address of ours with an
   * encoded name is none.
   */
  private static final String MADE_OF_TEXT =
      """
      () => [...document.querySelectorAll('*')]
        .filter(e => [...e.attributes].some(a =>
            /^on/.test(a.name) || a.name === 'data-hurt'
            || (/^(href|src|action|srcdoc)$/.test(a.name) && /^\\s*javascript:|^(?!\\/)[^:]*hurt/.test(a.value)))
          || (e.tagName === 'SCRIPT' && e.type !== 'application/json' && /hurt/.test(e.textContent)))
        .map(e => e.outerHTML.slice(0, 100)).join('\\n')
      """;
}
