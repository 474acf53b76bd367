package dev.candor.analysis;

import dev.candor.record.RunInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the reports are made from.
 *
 * @param windows one a second of the run, in order
 * @param distributions by latency key ({@code ttft}, {@code itl}, {@code e2e}, …), all measured
 *     phases
 */
public record Analysis(
    RunInfo run, Summary summary, List<Window> windows, Map<String, List<Bin>> distributions) {

  /**
   * One second of the run. Times in milliseconds, null where nothing was measured in it.
   *
   * @param phase name of the phase that was starting requests, empty while draining
   * @param inFlight attempts in flight, time-weighted mean
   * @param arrivals requests intended in it; {@code ended} those sent that ended in it, {@code
   *     failed} of those the failures
   * @param goodput ratio over the requests intended in it
   */
  public record Window(
      int second,
      String phase,
      boolean warmup,
      boolean clientLimited,
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
      double gcMax,
      double cpu) {}

  /** A bar of a distribution: {@code count} values from {@code low} up to {@code high} ms. */
  public record Bin(double low, double high, long count) {}
}
