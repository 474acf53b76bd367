package dev.candor.engine;

import org.jspecify.annotations.Nullable;

/** A queue linked through its members: first, last and removal anywhere in constant time. */
final class SequenceQueue {
  private @Nullable Sequence first;
  private @Nullable Sequence last;
  private int size;

  @Nullable Sequence first() {
    return first;
  }

  @Nullable Sequence last() {
    return last;
  }

  int size() {
    return size;
  }

  void addFirst(Sequence sequence) {
    insert(sequence, null, first);
  }

  void addLast(Sequence sequence) {
    insert(sequence, last, null);
  }

  private void insert(Sequence sequence, @Nullable Sequence before, @Nullable Sequence after) {
    sequence.queue = this;
    sequence.previous = before;
    sequence.next = after;
    linkNext(before, sequence);
    linkPrevious(after, sequence);
    size++;
  }

  void remove(Sequence sequence) {
    linkNext(sequence.previous, sequence.next);
    linkPrevious(sequence.next, sequence.previous);
    sequence.queue = null;
    sequence.previous = null;
    sequence.next = null;
    size--;
  }

  private void linkNext(@Nullable Sequence of, @Nullable Sequence next) {
    if (of == null) {
      first = next;
    } else {
      of.next = next;
    }
  }

  private void linkPrevious(@Nullable Sequence of, @Nullable Sequence previous) {
    if (of == null) {
      last = previous;
    } else {
      of.previous = previous;
    }
  }
}
