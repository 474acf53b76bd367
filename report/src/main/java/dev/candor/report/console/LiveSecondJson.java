package dev.candor.report.console;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A second of a run for machines: latencies in milliseconds, {@code null} where not known. */
public final class LiveSecondJson {
  private LiveSecondJson() {}

  /** Its members, in order. */
  public static Map<String, @Nullable Object> members(LiveSecond second) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("second", second.second());
    members.put("phase", second.phase());
    members.put("users", second.users());
    members.put("in_flight", second.inFlight());
    members.put("completed", second.completed());
    members.put("failed", second.failed());
    members.put("output_tps", second.outputTps());
    members.put("ttft_p50", second.ttftP50());
    members.put("ttft_p99", second.ttftP99());
    members.put("itl_p50", second.itlP50());
    members.put("itl_p99", second.itlP99());
    members.put("goodput", second.goodput());
    members.put("limited", second.limited());
    return members;
  }
}
