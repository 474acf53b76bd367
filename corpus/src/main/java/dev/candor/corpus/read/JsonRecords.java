package dev.candor.corpus.read;

/**
 * The elements of a JSON array, or JSON objects one after the other, over as many lines as they
 * like.
 */
final class JsonRecords extends Records {
  /*
   * Only brackets and strings are followed; whether a record is JSON, its parser says. A string that
   * has a line's end in it was never closed: there the next line that begins an object as far in as
   * the first one did is taken to begin the next record.
   */
  private final boolean array;
  private boolean inArray;
  private long column;
  private long firstColumn = -1;
  private int depth;
  private boolean inString;
  private boolean escaped;
  private boolean inTooLong;
  private boolean lost;

  JsonRecords(SourceBytes source, int mostBytes, boolean array) {
    super(source, mostBytes);
    this.array = array;
  }

  @Override
  boolean find() {
    if (inTooLong) {
      inTooLong = false;
      scan(false);
    }
    if (lost ? !findLine() : !findStart()) {
      return false;
    }
    begin();
    if (firstColumn < 0) {
      firstColumn = column;
    }
    depth = 0;
    inString = false;
    escaped = false;
    scan(true);
    return true;
  }

  /** Goes to the next record's first byte. */
  private boolean findStart() {
    while (source.fill()) {
      byte next = source.buffer[source.position];
      if (next > ' ' || next < 0) {
        if (array && !inArray && next == '[') {
          inArray = true;
        } else if (inArray && next == ']') {
          inArray = false;
        } else if (array && !inArray) {
          throw cutOff(Reason.INVALID_JSON, "found more after the end of the array, must be none");
        } else if (!inArray || next != ',') {
          return true;
        }
      }
      step(next);
    }
    if (inArray || source.damage() != null) {
      inArray = false;
      throw cutOff(Reason.INVALID_JSON, "found the file's end in the array, must be after its ]");
    }
    return false;
  }

  /** Goes to a line that begins a record in the first one's column. */
  private boolean findLine() {
    lost = false;
    boolean indent = false;
    while (source.fill()) {
      byte next = source.buffer[source.position];
      if (next == '\n') {
        indent = true;
      } else if (indent && next == '{' && column == firstColumn) {
        return true;
      } else if (next != ' ' && next != '\t') {
        indent = false;
      }
      step(next);
    }
    if (endsEarly()) {
      throw cutOff(Reason.TRUNCATED, "");
    }
    return false;
  }

  private void step(byte passed) {
    source.position++;
    column++;
    if (passed == '\n') {
      line++;
      column = 0;
    }
  }

  /** Goes behind the record, and holds it where it is to be {@code kept}. */
  private void scan(boolean kept) {
    while (source.fill()) {
      int at = source.position;
      boolean whole = false;
      while (at < source.limit && !whole) {
        byte next = source.buffer[at];
        if (inString) {
          if (escaped) {
            escaped = false;
          } else if (next == '\\') {
            escaped = true;
          } else if (next == '"') {
            inString = false;
          } else if (next == '\n') {
            source.position = at;
            lost = true;
            throw new BadRecord(
                Reason.INVALID_JSON, "found a line's end in a string, must be JSON");
          }
        } else if (next == '"') {
          inString = true;
        } else if (next == '{' || next == '[') {
          depth++;
        } else if (next == '}' || next == ']') {
          if (depth == 0) {
            // A scalar ends where the array does.
            break;
          }
          depth--;
          whole = depth == 0;
        } else if (next == '\n') {
          line++;
        } else if (depth == 0 && (next == ',' || (next <= ' ' && next >= 0))) {
          break;
        }
        at++;
      }
      boolean done = whole || at < source.limit;
      if (done && kept && length() == 0 && at == source.position) {
        // A stray sign: its parser will not like it, and the reader goes on.
        at++;
      }
      if (kept) {
        take(at, done);
      } else {
        source.position = at;
      }
      if (done) {
        return;
      }
    }
    throw cutOff(
        Reason.INVALID_JSON, "found the file's end in a record, must be after its last bracket");
  }

  @Override
  void passRest(boolean whole) {
    inTooLong = !whole;
  }
}
