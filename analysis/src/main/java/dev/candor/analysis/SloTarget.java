package dev.candor.analysis;

import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.scenario.Slo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an SLO can ask of an attempt. */
enum SloTarget {
  TTFT("ttft"),
  ITL("itl"),
  TPOT("tpot"),
  E2E("e2e"),
  MAX_GAP("max_gap"),
  OUTPUT_TPS_USER("output_tps_user");

  /** All of them; {@code values()} makes an array a call. */
  static final List<SloTarget> ALL = List.of(values());

  private final String key;

  SloTarget(String key) {
    this.key = key;
  }

  String key() {
    return key;
  }

  boolean isIn(Slo slo) {
    return switch (this) {
      case TTFT -> slo.ttftNanos() != null;
      case ITL -> slo.itlNanos() != null;
      case TPOT -> slo.tpotNanos() != null;
      case E2E -> slo.e2eNanos() != null;
      case MAX_GAP -> slo.maxGapNanos() != null;
      case OUTPUT_TPS_USER -> slo.outputTpsUser() != null;
    };
  }

  /** Whether {@code a} met it; a figure that the attempt lacks is no miss, nor is no target. */
  boolean met(AttemptRecord a, Slo slo) {
    if (!isIn(slo)) {
      return true;
    }
    if (a.outcome() != Outcome.COMPLETED) {
      return false;
    }
    return switch (this) {
      case TTFT ->
          a.first() == AttemptRecord.NONE
              || within(a.first() - AttemptFigures.waitedFrom(a), slo.ttftNanos());
      case ITL -> atMost(AttemptFigures.meanItl(a), slo.itlNanos());
      case TPOT -> atMost(AttemptFigures.tpot(a), slo.tpotNanos());
      case E2E -> within(a.end() - AttemptFigures.waitedFrom(a), slo.e2eNanos());
      case MAX_GAP -> within(AttemptFigures.maxGap(a), slo.maxGapNanos());
      case OUTPUT_TPS_USER -> {
        Double rate = AttemptFigures.outputTpsUser(a);
        Double least = slo.outputTpsUser();
        yield rate == null || least == null || rate >= least;
      }
    };
  }

  private static boolean within(long nanos, @Nullable Long bound) {
    return bound == null || nanos <= bound;
  }

  private static boolean atMost(@Nullable Double value, @Nullable Long bound) {
    return value == null || bound == null || value <= bound;
  }
}
