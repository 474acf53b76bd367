package dev.candor.corpus.read;

/**
 * A record that cannot be used. Its message says what was found and what it must be, and never
 * quotes a text of the source.
 */
public final class BadRecord extends RuntimeException {
  private final Reason reason;
  private final int lineInRecord;

  public BadRecord(Reason reason, String message) {
    this(reason, message, 0);
  }

  BadRecord(Reason reason, String message, int lineInRecord) {
    super(message, null, false, false);
    this.reason = reason;
    this.lineInRecord = lineInRecord;
  }

  public Reason reason() {
    return reason;
  }

  /** Lines between the record's first and the one to name. */
  public int lineInRecord() {
    return lineInRecord;
  }
}
