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

  private final List<AuditedCall> calls;
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

  private final SortedMap<String, Long> failures = new TreeMap<>();
  private final SortedMap<String, Long> retried = new TreeMap<>();
  private @Nullable Long leftSoonestNanos;
  private @Nullable Long leftLatestNanos;
  private @Nullable Long longestNanos;

  private long failedTokens;
  private long duplicateTokens;

  AuditAnalysis(List<AuditedCall> calls) {
    this.calls = calls;
  }

  AuditFigures figures(long droppedCalls) {
    for (AuditedCall call : calls) {
      perCall.merge(call.attempts().size(), 1L, Long::sum);
      times.add(call.attempts());
      addEnd(call);
      addBackoff(call);
      call.attempts().forEach(this::addAttempt);
      if (call.next() != null && call.next().pause() != null) {
        addPause(call.next().pause());
      }
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
        new AuditFigures.Failures(
            Collections.unmodifiableSortedMap(failures),
            Collections.unmodifiableSortedMap(retried)),
        new AuditFigures.Holding(leftSoonestNanos, leftLatestNanos, longestNanos),
        droppedCalls);
  }

  private void addEnd(AuditedCall call) {
    boolean succeeded = false;
    boolean anyUnderWay = call.next() != null;
    for (AuditedAttempt attempt : call.attempts()) {
      anyUnderWay |= attempt.result() == null;
      if (attempt.result() instanceof Succeeded) {
        duplicateTokens += succeeded ? attempt.tokens() : 0;
        succeeded = true;
      }
    }
    if (call.attempts().getFirst().result() instanceof Succeeded) {
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
      case Failed broken -> {
        failed++;
        failures.merge(broken.reason(), 1L, Long::sum);
        failedTokens += attempt.tokens();
      }
      case ClientGone _ -> {
        clientGone++;
        failures.merge(AuditFigures.Failures.CLIENT_GONE, 1L, Long::sum);
        addLeaving(attempt);
        failedTokens += attempt.tokens();
      }
      case Succeeded _ -> {}
      case null -> {}
    }
    if (attempt.endNanos() != null) {
      long heldNanos = attempt.endNanos() - attempt.startNanos();
      longestNanos = longestNanos == null ? heldNanos : Math.max(longestNanos, heldNanos);
    }
    if (attempt.pause() != null) {
      addPause(attempt.pause());
    }
  }

  private void addLeaving(AuditedAttempt attempt) {
    if (attempt.endNanos() != null) {
      long heldNanos = attempt.endNanos() - attempt.startNanos();
      leftSoonestNanos =
          leftSoonestNanos == null ? heldNanos : Math.min(leftSoonestNanos, heldNanos);
      leftLatestNanos = leftLatestNanos == null ? heldNanos : Math.max(leftLatestNanos, heldNanos);
    }
  }

  private void addPause(Pause pause) {
    switch (pause.after()) {
      case Failed before -> retried.merge(before.reason(), 1L, Long::sum);
      case ClientGone _ -> retried.merge(AuditFigures.Failures.CLIENT_GONE, 1L, Long::sum);
      case Succeeded _ -> {}
    }
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

  private void addBackoff(AuditedCall call) {
    List<AuditedAttempt> attempts = new ArrayList<>(call.attempts());
    if (call.next() != null) {
      attempts.add(call.next());
    }
    boolean first = true;
    double before = 0;
    for (AuditedAttempt attempt : attempts) {
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
