package dev.candor.load.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

final class ScrapedPageTest {
  private static final long SECOND = 1_000_000_000;

  private final ScrapedPage page = new ScrapedPage(0, URI.create("http://127.0.0.1:1/metrics"));

  private void fails(long seconds) {
    assertThat(page.ask(seconds * SECOND, false)).isTrue();
    page.failed(seconds * SECOND, "HTTP 503");
  }

  @Test
  void silentPage_isAskedMoreSeldom_untilItAnswersAgain() {
    fails(0);
    fails(1);
    fails(2);
    for (int second = 3; second < 12; second++) {
      assertThat(page.ask(second * SECOND, false)).isFalse();
    }
    assertThat(page.note()).isEqualTo("the metrics at http://127.0.0.1:1/metrics: HTTP 503");
    assertThat(page.ask(12 * SECOND, false)).isTrue();
    page.answered();
    fails(13);
    fails(14);
    assertThat(page.ask(15 * SECOND, false)).isTrue();
    page.answered();
    assertThat(page.note())
        .isEqualTo(
            "the metrics at http://127.0.0.1:1/metrics answered 2 of 7 times, last error: HTTP 503");
  }

  @Test
  void openRequest_isNotAskedAgain_andALastLookIsForPagesThatEverAnswered() {
    assertThat(page.ask(0, false)).isTrue();
    assertThat(page.ask(SECOND, true)).isFalse();
    page.answered();
    assertThat(page.note()).isNull();
    fails(1);
    fails(2);
    fails(3);
    assertThat(page.ask(4 * SECOND, false)).isFalse();
    assertThat(page.ask(4 * SECOND, true)).isTrue();
  }
}
