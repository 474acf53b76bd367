package dev.candor.load.server;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What became of the readings of one page. <b>Guarded by its {@link ServerScrape}.</b>
 *
 * <p>One that failed three times in a row is asked every ten seconds, until it answers again: most
 * services have no such page, and one that is starting may take minutes.
 */
final class ScrapedPage {
  private static final int FAILURES_UNTIL_SLOW = 3;
  private static final long SLOW_NANOS = 10_000_000_000L;

  final int target;
  final URI url;
  private boolean asked;
  private int tries;
  private int answers;
  private int failuresInARow;
  private long notBefore = Long.MIN_VALUE;
  private @Nullable String lastError;

  ScrapedPage(int target, URI url) {
    this.target = target;
    this.url = url;
  }

  /** Whether it is to be asked now; it then counts as asked. */
  boolean ask(long now, boolean last) {
    boolean due = !asked && (notBefore <= now || (last && answers > 0));
    asked |= due;
    tries += due ? 1 : 0;
    return due;
  }

  void answered() {
    asked = false;
    answers++;
    failuresInARow = 0;
    notBefore = Long.MIN_VALUE;
  }

  void failed(long now, String why) {
    asked = false;
    lastError = why;
    failuresInARow++;
    notBefore = failuresInARow < FAILURES_UNTIL_SLOW ? Long.MIN_VALUE : now + SLOW_NANOS;
  }

  /** What a reader must know of it, null where it always answered. */
  @Nullable String note() {
    if (lastError == null) {
      return null;
    }
    return answers == 0
        ? "the metrics at %s: %s".formatted(url, lastError)
        : "the metrics at %s answered %d of %d times, last error: %s"
            .formatted(url, answers, tries, lastError);
  }
}
