package dev.candor.corpus.read;

/** A record a line; blank lines are none. */
final class LineRecords extends Records {
  private boolean inTooLong;

  LineRecords(SourceBytes source, int mostBytes) {
    super(source, mostBytes);
  }

  @Override
  boolean find() {
    if (inTooLong) {
      inTooLong = false;
      skipLine();
    }
    begin();
    while (source.fill()) {
      int end = source.position;
      while (end < source.limit && source.buffer[end] != '\n') {
        end++;
      }
      boolean whole = end < source.limit;
      take(end, whole);
      if (whole) {
        source.position++;
        line++;
        if (!blank()) {
          return true;
        }
        begin();
      }
    }
    if (endsEarly()) {
      throw cutOff(Reason.TRUNCATED, "");
    }
    return !blank();
  }

  @Override
  void passRest(boolean whole) {
    // Its line's end is still to come, or is the next byte.
    inTooLong = true;
  }

  private void skipLine() {
    while (source.fill()) {
      while (source.position < source.limit) {
        if (source.buffer[source.position++] == '\n') {
          line++;
          return;
        }
      }
    }
  }

  private boolean blank() {
    for (int i = 0; i < length(); i++) {
      if (bytes()[i] > ' ' || bytes()[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
