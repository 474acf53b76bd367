package dev.candor.report.console;

import dev.candor.analysis.LimitReason;
import dev.candor.analysis.Summary;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The client's own health in words, for console and HTML. */
public final class ClientFigures {
  private static final double WORTH_SAYING_MS = 1000;

  private ClientFigures() {}

  /**
   * How many seconds do not count, and why: {@code 3 of 60 s limited: loop delay 2, GC pause 1}.
   */
  public static String limited(Summary.Client client) {
    String why = LimitReason.counts(client.reasons());
    return "%d of %d s limited%s"
        .formatted(client.limitedWindows(), client.windows(), why.isEmpty() ? "" : ": " + why);
  }

  /** How late starts that have a schedule were made; null where there is none. */
  public static @Nullable String schedule(Summary.Phase phase) {
    Summary.Latency late = phase.latency().get("schedule_lateness");
    return late == null || late.count() == 0
        ? null
        : "starts late by p50 %s, p99 %s, max %s (%s of them)"
            .formatted(
                known(late.p50(), Figures::ms),
                known(late.p99(), Figures::ms),
                known(late.max(), Figures::ms),
                Figures.number(late.count()));
  }

  /** How late it was, and what stopped it, at worst; stalls where there were any. */
  public static String lateness(Summary.Client client) {
    return "loop p99 %s, send p99 %s; GC %s, JVM stop %s%s"
        .formatted(
            Figures.ms(client.loopDelayP99()),
            Figures.ms(client.sendLatenessP99()),
            known(client.gcMax(), Figures::ms),
            known(client.safepointMax(), Figures::ms),
            client.allocationStallMax() == null || client.allocationStallMax() == 0
                ? ""
                : ", stall " + Figures.ms(client.allocationStallMax()));
  }

  /** What it had to run on, and what was left lying, at worst; the writer where it was behind. */
  public static String load(Summary.Client client) {
    return "CPU %s, core awaited %s, stolen %s; unread %s%s%s"
        .formatted(
            Figures.percent(client.cpu()),
            known(client.runQueue(), Figures::percent),
            known(client.steal(), Figures::percent),
            client.receiveQueue() == null ? "n/a" : bytes(client.receiveQueue()),
            client.writerLag() < WORTH_SAYING_MS
                ? ""
                : "; writer %s behind".formatted(Figures.ms(client.writerLag())),
            client.writerDropped() == 0
                ? ""
                : "; %d attempts unrecorded".formatted(client.writerDropped()));
  }

  private static String bytes(long bytes) {
    return bytes < 10_000 ? bytes + " B" : Figures.number(Math.round(bytes / 1000.0)) + " kB";
  }

  private static <T> String known(@Nullable T value, Function<T, String> text) {
    return value == null ? "n/a" : text.apply(value);
  }
}
