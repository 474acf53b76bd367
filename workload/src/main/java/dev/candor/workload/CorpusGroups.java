package dev.candor.workload;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads sessions of a corpus as they are asked for, nearly in order, and keeps what was asked for
 * last. <b>Safe for use by several threads.</b>
 */
final class CorpusGroups {
  private static final int GROUPS_KEPT = 16;
  private static final long SIZE_KEPT = 64L << 20;

  private final CorpusIndex index;
  private final long sizeKept;
  private final Map<Integer, Group> kept = new LinkedHashMap<>(GROUPS_KEPT, 0.75f, true);
  private long size;
  private int reads;

  CorpusGroups(CorpusIndex index) {
    this(index, SIZE_KEPT);
  }

  /**
   * @param sizeKept bound of what is kept, by letters; the group asked for last is in any case
   */
  CorpusGroups(CorpusIndex index, long sizeKept) {
    this.index = index;
    this.sizeKept = sizeKept;
  }

  private record Group(List<RecordedSession> sessions, long size) {}

  /** The session of that number in the corpus. */
  synchronized RecordedSession session(long number) {
    int place = index.group(number);
    Group group = kept.get(place);
    if (group == null) {
      List<RecordedSession> sessions = index.sessions(place);
      reads++;
      group = new Group(sessions, sessions.stream().mapToLong(RecordedSession::size).sum());
      kept.put(place, group);
      size += group.size();
      letGo();
    }
    return group.sessions().get((int) (number - index.groupStart(place)));
  }

  private void letGo() {
    Iterator<Group> eldest = kept.values().iterator();
    while (kept.size() > 1 && (kept.size() > GROUPS_KEPT || size > sizeKept)) {
      size -= eldest.next().size();
      eldest.remove();
    }
  }

  /** How often the file was read. */
  synchronized int reads() {
    return reads;
  }
}
