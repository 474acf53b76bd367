package dev.candor.analysis;

import dev.candor.analysis.detail.Detail;
import dev.candor.analysis.server.ServerSeconds;
import dev.candor.record.RunInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that the reports are made from.
 *
 * @param windows one a second of the run, in order
 * @param distributions by latency key ({@code ttft}, {@code itl}, {@code e2e}, …), all measured
 *     phases
 * @param server what the server told of itself in the same seconds
 * @param detail heat maps and single requests, for pictures
 */
public record Analysis(
    RunInfo run,
    Summary summary,
    List<Window> windows,
    Map<String, List<Bin>> distributions,
    ServerSeconds server,
    Detail detail) {

  /** Of a run of which only figures are known. */
  public Analysis(
      RunInfo run,
      Summary summary,
      List<Window> windows,
      Map<String, List<Bin>> distributions,
      ServerSeconds server) {
    this(run, summary, windows, distributions, server, Detail.NONE);
  }

  /** Of a run whose server told nothing. */
  public Analysis(
      RunInfo run, Summary summary, List<Window> windows, Map<String, List<Bin>> distributions) {
    this(run, summary, windows, distributions, ServerSeconds.NONE);
  }

  /**
   * One second of the run. Times in milliseconds, null where nothing was measured in it.
   *
   * @param phase name of the phase that was starting requests, empty while draining
   * @param limits why the second shows the client rather than the server; empty where it does not
   * @param inFlight attempts in flight, time-weighted mean
   * @param arrivals requests intended in it; {@code ended} those sent that ended in it, {@code
   *     failed} of those the failures
   * @param goodput ratio over the requests intended in it
   * @param attempts intended in it and sent; null in a run in which nothing was tried again
   * @param stopMax the longest stop of all threads: garbage collection or another
   * @param deadShare how much of the second was lost, as the run's process was dead, 0 to 1
   * @param runQueue share of the second in which a loop waited for a core, 0 to 1
   */
  public record Window(
      int second,
      String phase,
      boolean warmup,
      Set<LimitReason> limits,
      double inFlight,
      int arrivals,
      int ended,
      int failed,
      double outputTps,
      double inputTps,
      @Nullable Double ttftP50,
      @Nullable Double ttftP90,
      @Nullable Double ttftMax,
      @Nullable Double ttftIntendedP50,
      @Nullable Double itlP50,
      @Nullable Double itlP90,
      @Nullable Double itlP99,
      @Nullable Double goodput,
      double loopDelayP99,
      double sendLatenessP99,
      @Nullable Double gcMax,
      @Nullable Double stopMax,
      @Nullable Double allocationStallMax,
      double cpu,
      @Nullable Double steal,
      @Nullable Double runQueue,
      @Nullable Double receiveQueueBytes,
      @Nullable Double receiveWaiting,
      double writerBacklog,
      double writerLag,
      double deadShare,
      @Nullable Integer attempts) {

    /** One of a run in which nothing was tried again. */
    public Window(
        int second,
        String phase,
        boolean warmup,
        Set<LimitReason> limits,
        double inFlight,
        int arrivals,
        int ended,
        int failed,
        double outputTps,
        double inputTps,
        @Nullable Double ttftP50,
        @Nullable Double ttftP90,
        @Nullable Double ttftMax,
        @Nullable Double ttftIntendedP50,
        @Nullable Double itlP50,
        @Nullable Double itlP90,
        @Nullable Double itlP99,
        @Nullable Double goodput,
        double loopDelayP99,
        double sendLatenessP99,
        @Nullable Double gcMax,
        @Nullable Double stopMax,
        @Nullable Double allocationStallMax,
        double cpu,
        @Nullable Double steal,
        @Nullable Double runQueue,
        @Nullable Double receiveQueueBytes,
        @Nullable Double receiveWaiting,
        double writerBacklog,
        double writerLag,
        double deadShare) {
      this(
          second,
          phase,
          warmup,
          limits,
          inFlight,
          arrivals,
          ended,
          failed,
          outputTps,
          inputTps,
          ttftP50,
          ttftP90,
          ttftMax,
          ttftIntendedP50,
          itlP50,
          itlP90,
          itlP99,
          goodput,
          loopDelayP99,
          sendLatenessP99,
          gcMax,
          stopMax,
          allocationStallMax,
          cpu,
          steal,
          runQueue,
          receiveQueueBytes,
          receiveWaiting,
          writerBacklog,
          writerLag,
          deadShare,
          null);
    }

    /** Whether most of it was lost: what there is of it is no figure of a second. */
    public boolean dead() {
      return deadShare > 0.5;
    }

    /** Whether its figures are the client's rather than the server's. */
    public boolean clientLimited() {
      return !limits.isEmpty();
    }
  }

  /** A bar of a distribution: {@code count} values from {@code low} up to {@code high} ms. */
  public record Bin(double low, double high, long count) {}
}
