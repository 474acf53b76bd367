package dev.candor.mock.audit;

import dev.candor.mock.audit.AttemptResult.ClientGone;
import dev.candor.mock.audit.AttemptResult.Failed;
import dev.candor.mock.audit.AttemptResult.Succeeded;
import dev.candor.mock.audit.AuditedAttempt.Pause;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From the attempts, grouped by call and in order of arrival, to figures. For one use. */
final class AuditAnalysis {
  /** From here, the SDKs' jitter is told from none in all but one in thousands of runs. */
  private static final int FEWEST_FIRST_PAUSES = 20;

  /** Shorter pauses are as good as none, and their ratios are noise. */
  private static final long NO_PAUSE_NANOS = 1_000_000;

  private final List<List<AuditedAttempt>> calls;
  private final RetryTimes times = new RetryTimes();

  private long succeededFirst;
  private long succeededLater;
  private long underWay;
  private long gaveUp;

  private long retries;
  private long hedges;
  private long repeats;
  private long failed;
  private long clientGone;
  private final SortedMap<String, Long> afterNonRetryable = new TreeMap<>();
  private final SortedMap<Integer, Long> perCall = new TreeMap<>();

  private long asked;
  private long kept;
  private long worstNanos;

  private final List<Double> pauses = new ArrayList<>();
  private final List<Double> firstPauses = new ArrayList<>();
  private final List<Double> ratios = new ArrayList<>();

  private long failedTokens;
  private long duplicateTokens;

  AuditAnalysis(List<List<AuditedAttempt>> calls) {
    this.calls = calls;
  }

  AuditFigures figures(long droppedCalls) {
    for (List<AuditedAttempt> call : calls) {
      perCall.merge(call.size(), 1L, Long::sum);
      times.add(call);
      addEnd(call);
      addBackoff(call);
      call.forEach(this::addAttempt);
    }
    long attempts = calls.size() + retries + hedges + repeats;
    return new AuditFigures(
        new AuditFigures.Calls(succeededFirst, succeededLater, underWay, gaveUp),
        new AuditFigures.Attempts(
            attempts,
            retries,
            hedges,
            repeats,
            failed,
            clientGone,
            Collections.unmodifiableSortedMap(afterNonRetryable),
            Collections.unmodifiableSortedMap(perCall)),
        new AuditFigures.RetryAfter(asked, kept, worstNanos),
        new AuditFigures.Backoff(Estimate.of(pauses), Estimate.of(ratios), variation(firstPauses)),
        new AuditFigures.Pressure(
            calls.isEmpty() ? null : (double) attempts / calls.size(),
            times.worstAmplification(),
            times.burst()),
        new AuditFigures.Waste(failedTokens, duplicateTokens),
        droppedCalls);
  }

  private void addEnd(List<AuditedAttempt> call) {
    boolean succeeded = false;
    boolean anyUnderWay = false;
    for (AuditedAttempt attempt : call) {
      anyUnderWay |= attempt.result() == null;
      if (attempt.result() instanceof Succeeded) {
        duplicateTokens += succeeded ? attempt.tokens() : 0;
        succeeded = true;
      }
    }
    if (call.getFirst().result() instanceof Succeeded) {
      succeededFirst++;
    } else if (succeeded) {
      succeededLater++;
    } else if (anyUnderWay) {
      underWay++;
    } else {
      gaveUp++;
    }
  }

  private void addAttempt(AuditedAttempt attempt) {
    switch (attempt.origin()) {
      case FIRST -> {}
      case RETRY -> retries++;
      case HEDGE -> hedges++;
      case REPEAT -> repeats++;
    }
    switch (attempt.result()) {
      case Failed _ -> {
        failed++;
        failedTokens += attempt.tokens();
      }
      case ClientGone _ -> {
        clientGone++;
        failedTokens += attempt.tokens();
      }
      case Succeeded _ -> {}
      case null -> {}
    }
    if (attempt.pause() != null) {
      addPause(attempt.pause());
    }
  }

  private void addPause(Pause pause) {
    if (pause.after() instanceof Failed before && !before.retryable()) {
      afterNonRetryable.merge(before.reason(), 1L, Long::sum);
    }
    Long askedNanos = pause.askedNanos();
    if (askedNanos != null) {
      asked++;
      if (pause.kept(askedNanos)) {
        kept++;
      } else {
        worstNanos = Math.max(worstNanos, askedNanos - pause.nanos());
      }
    }
  }

  private void addBackoff(List<AuditedAttempt> call) {
    boolean first = true;
    double before = 0;
    for (AuditedAttempt attempt : call) {
      Pause pause = attempt.pause();
      if (pause == null) {
        continue;
      }
      double nanos = pause.chosen() ? Math.max(NO_PAUSE_NANOS, pause.nanos()) : 0;
      if (nanos > 0) {
        pauses.add(nanos);
        if (first) {
          firstPauses.add(nanos);
        }
        if (before > 0) {
          ratios.add(nanos / before);
        }
      }
      first = false;
      before = nanos;
    }
  }

  private static @Nullable Double variation(List<Double> values) {
    if (values.size() < FEWEST_FIRST_PAUSES) {
      return null;
    }
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.size() - 1)) / mean;
  }
}
