package dev.candor.app.quota;

import java.nio.file.Path;
import java.util.List;

/**
 * All that {@code candor quota} has to tell.
 *
 * @param target for display
 * @param policies driven against it; empty: none was
 * @param run where the probing requests are kept
 */
public record QuotaReport(
    String target,
    String model,
    QuotaTerms terms,
    QuotaFindings findings,
    List<PolicyFigures> policies,
    Path run) {
  public QuotaReport {
    policies = List.copyOf(policies);
  }
}
