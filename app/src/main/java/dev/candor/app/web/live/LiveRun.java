package dev.candor.app.web.live;

import dev.candor.app.run.LiveListener;
import dev.candor.report.console.LiveSnapshot;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run that lasts, and who watches it. Told of the run by one thread, asked by
 * any.
 */
final class LiveRun implements LiveListener {
  /** After so many at once, as where the reader has just begun, all so far is sent again. */
  private static final int MOST_AT_ONCE = 60;

  private final LiveHistory history = new LiveHistory();
  private final Set<Watcher> watchers = new LinkedHashSet<>();
  private @Nullable LiveSnapshot latest;
  private boolean over;

  /**
   * Somebody more watches it. Null where it is over.
   *
   * @param gone hears how many are left, whenever this one has gone
   */
  synchronized @Nullable Watcher watch(Runnable gone) {
    if (over) {
      return null;
    }
    Watcher[] self = new Watcher[1];
    Watcher watcher =
        new Watcher(
            () -> {
              remove(self[0]);
              gone.run();
            });
    self[0] = watcher;
    if (latest != null) {
      var _ = watcher.offer(LiveEvents.history(latest, history.stretches()));
    }
    watchers.add(watcher);
    return watcher;
  }

  private synchronized void remove(Watcher watcher) {
    watchers.remove(watcher);
  }

  synchronized boolean isWatched() {
    return !watchers.isEmpty();
  }

  @Override
  public synchronized void update(LiveSnapshot snapshot) {
    boolean first = latest == null;
    latest = snapshot;
    snapshot.seconds().forEach(history::add);
    if (watchers.isEmpty()) {
      return;
    }
    send(
        first || snapshot.seconds().size() > MOST_AT_ONCE
            ? LiveEvents.history(snapshot, history.stretches())
            : LiveEvents.second(snapshot));
  }

  private void send(byte[] event) {
    watchers.removeIf(watcher -> !watcher.offer(event));
  }

  /** The load has ended, and the reports are being written. */
  @Override
  public void finished() {}

  /** It is over; {@code how} goes to all who watch. */
  synchronized void end(Map<String, @Nullable Object> how) {
    over = true;
    send(LiveEvents.finished(how));
    watchers.forEach(Watcher::end);
    watchers.clear();
  }
}
