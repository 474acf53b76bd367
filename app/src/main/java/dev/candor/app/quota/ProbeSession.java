package dev.candor.app.quota;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.record.PhaseRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All that was asked of a target, volley by volley. <b>For one thread.</b> */
final class ProbeSession {
  private static final int FIRST = 5;
  private static final double MOST_FAILED = 0.2;

  private final Bench bench;
  private final Consumer<String> told;
  private final List<Probe> all = new ArrayList<>();
  private final List<PhaseRecord> phases = new ArrayList<>();
  private int undecided;

  /** What may still be asked. */
  private long requestsLeft;

  private long tokensLeft;

  /**
   * @param terms whose bounds are kept, whatever the target does
   * @param told hears what is done, a line a volley
   */
  ProbeSession(Bench bench, QuotaTerms terms, Consumer<String> told) {
    this.bench = bench;
    this.told = told;
    this.requestsLeft = terms.mostRequests();
    this.tokensLeft = terms.mostTokens();
  }

  /**
   * Fires {@code volley}.
   *
   * @throws CandorException where the target answers in a way that no quota explains
   */
  List<Probe> fire(Volley volley) throws InterruptedException {
    long begin = bench.nanos();
    long each = (long) volley.shape().words() + volley.shape().maxTokens();
    long most = Math.min(requestsLeft, tokensLeft / each);
    if (most < 1) {
      throw new CandorException(
          ErrorCode.TARGET,
          "what may be asked is used up after %d requests, and the quota is not found; look for a lower one with --rpm-up-to and --tpm-up-to"
              .formatted(all.size()));
    }
    List<Probe> fired = bench.fire(volley.atMost(most), phases.size());
    requestsLeft -= fired.size();
    tokensLeft -= each * fired.size();
    phases.add(
        new PhaseRecord(
            phases.size(),
            volley.name(),
            "open",
            null,
            volley.ratePerSecond(),
            false,
            false,
            Math.min(volley.mostNanos(), bench.nanos() - begin),
            begin,
            Math.max(begin + 1, bench.nanos()),
            0));
    all.addAll(fired);
    check(fired);
    long passed = fired.stream().filter(Probe::passed).count();
    told.accept("%s: %d asked, %d passed".formatted(volley.name(), fired.size(), passed));
    return fired;
  }

  private void check(List<Probe> fired) {
    for (Probe probe : fired) {
      undecided += probe.passed() || probe.refused() ? 0 : 1;
    }
    boolean hopeless = undecided >= FIRST && undecided > MOST_FAILED * all.size();
    if (hopeless || (undecided == all.size() && undecided > 0)) {
      Probe failed =
          all.stream().filter(each -> !each.passed() && !each.refused()).toList().getLast();
      throw new CandorException(
          ErrorCode.TARGET,
          "%d of %d requests were neither served nor refused for a quota, the last one: %s (%s); a quota can be found only where requests pass without it"
              .formatted(
                  undecided,
                  all.size(),
                  failed.attempt().outcome().key(),
                  failed.attempt().error()));
    }
  }

  void rest(long nanos) throws InterruptedException {
    bench.rest(nanos);
  }

  long nanos() {
    return bench.nanos();
  }

  List<Probe> all() {
    return all;
  }

  List<PhaseRecord> phases() {
    return phases;
  }
}
