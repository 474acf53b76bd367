package dev.candor.mock;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** Real time, for what a client has to wait out. */
final class Pause {
  private Pause() {}

  static void ofMillis(long millis) {
    await().pollDelay(Duration.ofMillis(millis)).until(() -> true);
  }
}
