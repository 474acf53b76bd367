package dev.candor.mock.audit;

import java.util.List;

/**
 * How the application under test retried.
 *
 * @param reasons of the verdict, whole sentences with their figures
 */
public record AuditReport(Verdict verdict, List<String> reasons, AuditFigures figures) {
  public AuditReport {
    reasons = List.copyOf(reasons);
  }

  /** With the verdict on {@code figures}. */
  static AuditReport of(AuditFigures figures) {
    return VerdictRules.judge(figures);
  }
}
