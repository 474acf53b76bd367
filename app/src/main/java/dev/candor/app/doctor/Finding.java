package dev.candor.app.doctor;

/**
 * Something about this machine that bears on a run.
 *
 * @param text what was found, what would be right, and what changes it
 */
public record Finding(Severity severity, String text) {

  /** How much it matters. */
  public enum Severity {
    /** As it should be. */
    OK,
    /** It may spoil the run, or what it is worth. */
    WARNING,
    /** The run cannot work. */
    ERROR
  }

  static Finding ok(String text) {
    return new Finding(Severity.OK, text);
  }

  static Finding warning(String text) {
    return new Finding(Severity.WARNING, text);
  }

  static Finding error(String text) {
    return new Finding(Severity.ERROR, text);
  }
}
