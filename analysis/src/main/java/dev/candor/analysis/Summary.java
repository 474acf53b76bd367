package dev.candor.analysis;

import dev.candor.analysis.drift.Drift;
import dev.candor.analysis.fidelity.RunFidelity;
import dev.candor.analysis.saturation.Saturation;
import dev.candor.analysis.server.ServerSide;
import dev.candor.analysis.warning.EarlyWarning;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a run; summary.json with the keys of docs/metrics.md. Times in milliseconds, rates
 * per second, null where unknown.
 *
 * @param verdictReason the verdict in a sentence
 * @param stoppedBy the rule that ended the run before its time, in a sentence; null where none did
 * @param phases the measured phases, warm-up left out
 * @param overall the same figures over all measured phases
 * @param fidelity how like production the traffic was, null where no corpus of it is named
 * @param saturation what a sweep found, null where there was none
 * @param drift what changed while the load did not, null where the run was too short for it
 * @param earlyWarning what told of trouble ahead of it, null where there was none
 * @param server what the server told of itself, null where it told nothing
 * @param notes what a reader must know to believe the figures
 */
public record Summary(
    String candor,
    String scenario,
    long seed,
    Verdict verdict,
    String verdictReason,
    @Nullable String stoppedBy,
    List<ThresholdResult> thresholds,
    List<Phase> phases,
    Phase overall,
    @Nullable RunFidelity fidelity,
    @Nullable Saturation saturation,
    @Nullable Drift drift,
    @Nullable EarlyWarning earlyWarning,
    @Nullable ServerSide server,
    List<String> notes) {

  /**
   * @param value as measured, null where it is unknown, which is not ok
   */
  public record ThresholdResult(String expr, @Nullable Double value, boolean ok) {}

  /** The figures of one phase, or of all. */
  public record Phase(
      String name,
      String kind,
      @Nullable Integer users,
      @Nullable Double rate,
      double durationS,
      Requests requests,
      long attempts,
      double retryAmplification,
      Tokens tokens,
      Rates rates,
      Map<String, Latency> latency,
      Goodput goodput,
      @Nullable Cost cost,
      Cache cache,
      Sessions sessions,
      Http http,
      List<TargetShare> targets,
      Client client,
      Waste waste,
      Tries tries) {

    /** A phase in which nothing was tried again. */
    public Phase(
        String name,
        String kind,
        @Nullable Integer users,
        @Nullable Double rate,
        double durationS,
        Requests requests,
        long attempts,
        double retryAmplification,
        Tokens tokens,
        Rates rates,
        Map<String, Latency> latency,
        Goodput goodput,
        @Nullable Cost cost,
        Cache cache,
        Sessions sessions,
        Http http,
        List<TargetShare> targets,
        Client client) {
      this(
          name,
          kind,
          users,
          rate,
          durationS,
          requests,
          attempts,
          retryAmplification,
          tokens,
          rates,
          latency,
          goodput,
          cost,
          cache,
          sessions,
          http,
          targets,
          client,
          Waste.NONE,
          Tries.NONE);
    }
  }

  /** Tokens and money that no user had anything of, by cause; those that occurred. */
  public record Waste(List<WastedBy> causes) {
    /** Nothing was wasted. */
    public static final Waste NONE = new Waste(List.of());
  }

  /**
   * @param cause {@code timeout}, {@code abandonment}, {@code disconnect}, {@code retry}, …
   * @param cost in the currency of the prices, null without
   */
  public record WastedBy(
      String cause, long attempts, long inputTokens, long outputTokens, @Nullable Double cost) {}

  /**
   * What became of attempts, as opposed to requests.
   *
   * @param outcomes of all attempts that were sent, by key, those that occurred
   * @param again requests that were tried again
   * @param recovered of those, completed in the end
   * @param waitingShare of the time that those took, in which they waited for their next attempt;
   *     null where there are none
   * @param byAttempts requests by how many attempts they had
   * @param givenUp requests that were not tried again, by the reason's key; none where the scenario
   *     tries nothing again
   */
  public record Tries(
      SortedMap<String, Long> outcomes,
      long again,
      long recovered,
      @Nullable Double waitingShare,
      SortedMap<Integer, Long> byAttempts,
      SortedMap<String, Long> givenUp) {
    /** Nothing was tried. */
    public static final Tries NONE =
        new Tries(new TreeMap<>(), 0, 0, null, new TreeMap<>(), new TreeMap<>());
  }

  /**
   * @param abandoned given up by their users, as the scenario wants; intended is completed, failed,
   *     abandoned and unfinished together
   * @param heldBack of the intended, delayed by the cap on requests in flight
   * @param neverSent of the unfinished, never sent at all
   * @param outcomes count by outcome key, those that occurred
   */
  public record Requests(
      long intended,
      long completed,
      long failed,
      long abandoned,
      long unfinished,
      long heldBack,
      long neverSent,
      SortedMap<String, Long> outcomes) {}

  /**
   * @param inputAsked prompt tokens by our tokenizer, of the attempts that the server counted too
   * @param inputCounted those that the server counted, of the same attempts
   * @param source {@code usage}, {@code tokenizer}, {@code estimate}, {@code chunks}, or several
   *     joined by +
   */
  public record Tokens(
      long input,
      long inputCached,
      long inputAsked,
      long inputCounted,
      long output,
      long wastedInput,
      long wastedOutput,
      String source) {}

  /**
   * Per second of the phase.
   *
   * @param offered requests intended in it; {@code admitted} those sent, {@code requests} those
   *     completed inside it
   * @param concurrency attempts in flight, time-weighted mean; no rate, but read beside them
   */
  public record Rates(
      double offered,
      double admitted,
      double requests,
      double outputTps,
      double inputTps,
      double inputTpsUncached,
      double concurrency) {}

  /**
   * A latency in milliseconds (for {@code output_tps_user}: tokens per second). A percentile is
   * null where the sample is too small for it.
   *
   * @param ci95 percentile name to its interval, for those that are known
   */
  public record Latency(
      long count,
      @Nullable Double mean,
      @Nullable Double min,
      @Nullable Double max,
      @Nullable Double p50,
      @Nullable Double p90,
      @Nullable Double p95,
      @Nullable Double p99,
      @Nullable Double p999,
      SortedMap<String, Interval> ci95) {}

  /** From low to high; an array of two in JSON. */
  public record Interval(double low, double high) {}

  /**
   * @param ratio null where nothing was intended
   * @param slo share that met each single target, by its key, of the requests whose class has it
   */
  public record Goodput(
      @Nullable Double ratio,
      double requestsPerS,
      double outputTps,
      SortedMap<String, Double> slo) {}

  public record Cost(
      String currency,
      double total,
      double wasted,
      @Nullable Double perRequestP50,
      @Nullable Double perRequestP95,
      @Nullable Double perRequestMax,
      @Nullable Double perMillionOutputTokens) {}

  /**
   * @param ceiling what the best possible prefix cache would have served, by the prompts' text
   */
  public record Cache(
      @Nullable Double asked,
      @Nullable Double hitRate,
      @Nullable Double serverHitRate,
      @Nullable Double ceiling) {}

  /**
   * Conversations, from the requests that completed.
   *
   * @param begun first turns that were sent
   * @param turns by turn, from 1; empty where no session had a second
   * @param contexts by prompt length in tokens
   * @param ttftPerTurn milliseconds of TTFT a turn more
   * @param ttftPerThousandTokens the same a thousand prompt tokens more
   */
  public record Sessions(
      long begun,
      List<SessionRow> turns,
      List<SessionRow> contexts,
      @Nullable Slope ttftPerTurn,
      @Nullable Slope ttftPerThousandTokens) {
    /** Of which nothing is known. */
    public static final Sessions NONE = new Sessions(0, List.of(), List.of(), null, null);
  }

  /**
   * @param from first turn, or fewest tokens; {@code to} the last or most, null: any more
   * @param inputTokens of a prompt, mean
   * @param hitRate from usage, null where the server does not tell
   */
  public record SessionRow(
      int from,
      @Nullable Integer to,
      long requests,
      double inputTokens,
      @Nullable Double hitRate,
      Latency ttft) {}

  /** A slope of least squares with its 95 % interval. */
  public record Slope(double value, Interval ci95) {}

  /**
   * Where the time of completed requests went, by HTTP phase: {@code blocked}, {@code dns}, {@code
   * connect}, {@code tls}, {@code send}, {@code wait}, {@code receive}, and the round trip {@code
   * rtt}.
   *
   * @param requestsOnNew sent once a new connection was made, {@code requestsOnKept} on a kept one
   * @param resends requests sent once more, as the server had closed the kept connection
   * @param onNew of the requests on new connections, {@code onKept} of those on kept ones
   */
  public record Http(
      long requestsOnNew,
      long requestsOnKept,
      long resends,
      Map<String, Latency> onNew,
      Map<String, Latency> onKept) {
    /** Nothing was sent. */
    public static final Http NONE = new Http(0, 0, 0, Map.of(), Map.of());
  }

  /** What came of the requests that went to one of several addresses. */
  public record TargetShare(
      String address, long requests, long completed, long failed, Latency ttft, Latency e2e) {}

  /**
   * The worst of the phase's seconds, {@code cpu} their mean. Times in milliseconds, shares 0 to 1,
   * null where this machine does not tell.
   *
   * @param reasons how many seconds were limited for each, those that occurred; one second may have
   *     several
   * @param cpu as a share of the cores allowed
   * @param receiveQueue most bytes unread on a sampled connection
   * @param receiveWaiting share of the samples that found bytes unread
   * @param writerBacklog attempts that waited to be recorded
   * @param writerDropped attempts given up unrecorded, all of them
   */
  public record Client(
      int limitedWindows,
      int windows,
      SortedMap<LimitReason, Integer> reasons,
      double loopDelayP99,
      double sendLatenessP99,
      @Nullable Double gcMax,
      @Nullable Double safepointMax,
      @Nullable Double allocationStallMax,
      double cpu,
      @Nullable Double steal,
      @Nullable Double runQueue,
      @Nullable Long preemptions,
      @Nullable Long receiveQueue,
      @Nullable Double receiveWaiting,
      long writerBacklog,
      double writerLag,
      long writerDropped) {

    /** A client of which nothing is known, and nothing held against. */
    public static final Client UNWATCHED =
        new Client(
            0,
            0,
            new TreeMap<>(),
            0,
            0,
            null,
            null,
            null,
            0,
            null,
            null,
            null,
            null,
            null,
            0,
            0,
            0);
  }
}
