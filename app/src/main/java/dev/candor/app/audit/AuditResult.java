package dev.candor.app.audit;

import dev.candor.mock.FaultPlay.Played;
import dev.candor.mock.audit.AuditReport;
import dev.candor.mock.audit.Verdict;
import dev.candor.scenario.AuditScript.Act;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an audit found.
 *
 * @param script its name
 * @param whole of all requests
 * @param acts those that began
 * @param notReached those that did not
 * @param application how the application's process ended, null: the audit started none
 */
public record AuditResult(
    String script,
    AuditReport whole,
    List<Played> acts,
    List<Act> notReached,
    @Nullable Ending application) {
  /** As the verdict's rules have it: a storm however it is spread. */
  private static final double RUNAWAY_AMPLIFICATION = 10;

  public AuditResult {
    acts = List.copyOf(acts);
    notReached = List.copyOf(notReached);
  }

  /**
   * How a process ended.
   *
   * @param exitCode its own, null: the audit ended it
   */
  public record Ending(@Nullable Integer exitCode) {
    @Override
    public String toString() {
      return exitCode == null
          ? "it was ended with the audit"
          : "it ended by itself with exit code " + exitCode;
    }
  }

  /** Whether any request came. */
  public boolean asked() {
    return whole.figures().calls().total() > 0 || whole.figures().droppedCalls() > 0;
  }

  /**
   * The verdict on the whole; a storm, too, where one of the acts alone is a runaway one: its
   * attempts stand beside fewer calls that went well.
   */
  public Verdict verdict() {
    return acts.stream().anyMatch(AuditResult::runaway) ? Verdict.STORM : whole.verdict();
  }

  /** Of the verdict, with those of runaway acts first. */
  public List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    for (Played played : acts) {
      if (runaway(played)) {
        reasons.add(
            "Act %s: %s".formatted(played.act().name(), played.audit().reasons().getFirst()));
      }
    }
    reasons.addAll(whole.reasons());
    return reasons;
  }

  private static boolean runaway(Played played) {
    Double amplification = played.audit().figures().pressure().worstAmplification();
    return amplification != null && amplification >= RUNAWAY_AMPLIFICATION;
  }

  /** Whether a program that starts the audit may call it good. */
  public boolean passed() {
    return switch (verdict()) {
      case NONE, GRACEFUL -> true;
      case NAIVE, STORM -> false;
    };
  }

  public List<AuditFinding> findings() {
    return Findings.of(this);
  }
}
