package dev.candor.app.audit;

import java.util.Locale;

/**
 * Something that the application does and should not, or that is worth knowing.
 *
 * @param id stable, for scripts
 * @param seen what was seen, with its figures
 * @param why it matters
 * @param fix what to set, concretely
 */
public record AuditFinding(Severity severity, String id, String seen, String why, String fix) {

  /** How bad, worst first. */
  public enum Severity {
    /** Keeps a troubled service down, or costs without bound. */
    CRITICAL,
    /** Users or the bill suffer. */
    WARNING,
    /** Worth knowing. */
    NOTE;

    /** As files have it. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
