package dev.candor.workload;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Reads sessions of a corpus as they are asked for, nearly in order, and keeps what was asked for
 * last. <b>Safe for use by several threads.</b>
 */
final class CorpusGroups {
  /*
   * To read a group takes some tenths of a second, for which users whose next turn is due would
   * have to wait. So the group behind the one asked for is read on a thread of its own; that is
   * started by whoever asks, and inherits its low priority on Linux.
   */
  private static final int GROUPS_KEPT = 16;
  private static final long SIZE_KEPT = 64L << 20;

  /** The one asked for, and the next. */
  private static final int LEAST_KEPT = 2;

  private final CorpusIndex index;
  private final long sizeKept;
  private final Map<Integer, FutureTask<Group>> kept = new LinkedHashMap<>(16, 0.75f, true);
  private int reads;

  CorpusGroups(CorpusIndex index) {
    this(index, SIZE_KEPT);
  }

  /**
   * @param sizeKept bound of what is kept, by letters; the group asked for last and the next are in
   *     any case
   */
  CorpusGroups(CorpusIndex index, long sizeKept) {
    this.index = index;
    this.sizeKept = sizeKept;
  }

  private record Group(List<RecordedSession> sessions, long size) {}

  /** The session of that number in the corpus. */
  RecordedSession session(long number) {
    int place = index.group(number);
    FutureTask<Group> wanted = wanted(place);
    // Does nothing where another thread has begun it.
    wanted.run();
    return result(wanted).sessions().get((int) (number - index.groupStart(place)));
  }

  private synchronized FutureTask<Group> wanted(int place) {
    FutureTask<Group> wanted = kept.get(place);
    if (wanted == null) {
      wanted = add(place);
    }
    int next = (place + 1) % index.groups();
    if (kept.get(next) == null) {
      Thread.ofPlatform().daemon().name("candor-corpus").start(add(next));
    }
    letGo();
    return wanted;
  }

  private FutureTask<Group> add(int place) {
    FutureTask<Group> task =
        new FutureTask<>(
            () -> {
              List<RecordedSession> sessions = index.sessions(place);
              return new Group(sessions, sessions.stream().mapToLong(RecordedSession::size).sum());
            });
    kept.put(place, task);
    reads++;
    return task;
  }

  private void letGo() {
    long size = kept.values().stream().mapToLong(CorpusGroups::size).sum();
    Iterator<FutureTask<Group>> eldest = kept.values().iterator();
    while (kept.size() > LEAST_KEPT && (kept.size() > GROUPS_KEPT || size > sizeKept)) {
      size -= size(eldest.next());
      eldest.remove();
    }
  }

  /** 0 while it is being read. */
  private static long size(FutureTask<Group> task) {
    return task.state() == FutureTask.State.SUCCESS ? task.resultNow().size() : 0;
  }

  private static Group result(FutureTask<Group> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof CandorException known
          ? known
          : new CandorException(ErrorCode.INTERNAL, "a corpus could not be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CandorException(ErrorCode.INTERNAL, "interrupted while a corpus was read", e);
    }
  }

  /** How often the file was read. */
  synchronized int reads() {
    return reads;
  }
}
