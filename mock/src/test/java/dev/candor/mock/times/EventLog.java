package dev.candor.mock.times;

import java.util.ArrayList;
import java.util.List;

/** A listener that writes down what it is told. */
final class EventLog implements TokenListener {
  final List<String> lines = new ArrayList<>();
  private Runnable onToken = () -> {};

  /** Does {@code action} whenever a token comes, after it was written down. */
  EventLog onToken(Runnable action) {
    onToken = action;
    return this;
  }

  @Override
  public void scheduled(long nanos, int cachedTokens, int replica) {
    lines.add("%d scheduled, %d cached, on %d".formatted(nanos, cachedTokens, replica));
  }

  @Override
  public void token(long nanos) {
    lines.add(nanos + " token");
    onToken.run();
  }

  @Override
  public void preempted(long nanos) {
    lines.add(nanos + " preempted");
  }

  @Override
  public void crashed(long nanos) {
    lines.add(nanos + " crashed");
  }
}
