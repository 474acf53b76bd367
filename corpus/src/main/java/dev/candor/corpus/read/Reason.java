package dev.candor.corpus.read;

/** Why a record cannot be used; what was skipped is counted by it. */
public enum Reason {
  INVALID_JSON("invalid JSON"),
  NOT_UTF8("not UTF-8"),
  TOO_LONG("too long for one record"),
  TRUNCATED("truncated gzip"),
  BAD_FIELDS("fields missing or of another kind"),
  BAD_LENGTH("impossible lengths"),
  BAD_TIME("unreadable timestamps"),
  TIME_GOES_BACK("timestamps going back");

  private final String words;

  Reason(String words) {
    this.words = words;
  }

  /** As a summary says it. */
  public String words() {
    return words;
  }
}
