package dev.candor.app.web.live;

import dev.candor.analysis.LimitReason;
import dev.candor.report.console.LiveSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A run's events as they are sent; docs/dashboard.md has their members. */
final class LiveEvents {
  /** A client that asks again after it says that it has seen the end, and is not sent it again. */
  static final String LAST = "finished";

  private LiveEvents() {}

  /** All so far, in place of all that was sent before. */
  static byte[] history(LiveSnapshot snapshot, List<Stretch> stretches) {
    return event("history", null, members(snapshot, stretches));
  }

  /** What has come since. */
  static byte[] second(LiveSnapshot snapshot) {
    return event(
        "second",
        null,
        members(snapshot, snapshot.seconds().stream().map(each -> new Stretch(each, 1)).toList()));
  }

  /** The run is over, or its process is. */
  static byte[] finished(Map<String, @Nullable Object> how) {
    return event("finished", LAST, how);
  }

  private static Map<String, @Nullable Object> members(LiveSnapshot s, List<Stretch> stretches) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("elapsed_s", Stretch.rounded(s.elapsedS()));
    members.put("total_s", Stretch.rounded(s.totalS()));
    members.put("phase", s.phase());
    members.put("users", s.users());
    members.put("in_flight", s.inFlight());
    members.put("completed", s.completed());
    members.put("failed", s.failed());
    members.put("output_tps", Stretch.rounded(s.outputTps()));
    members.put("ttft_p50", Stretch.rounded(s.ttftP50()));
    members.put("ttft_p99", Stretch.rounded(s.ttftP99()));
    members.put("itl_p50", Stretch.rounded(s.itlP50()));
    members.put("itl_p99", Stretch.rounded(s.itlP99()));
    members.put("goodput", Stretch.rounded(s.goodput()));
    members.put("errors", s.errors());
    members.put("limits", s.limits().stream().sorted().map(LimitReason::words).toList());
    members.put("spent", s.spent());
    members.put("seconds", stretches.stream().map(Stretch::members).toList());
    return members;
  }

  /** JSON has no line break that is not escaped, so that one line holds it. */
  private static byte[] event(
      String name, @Nullable String id, Map<String, @Nullable Object> members) {
    String text =
        "event: "
            + name
            + "\n"
            + (id == null ? "" : "id: " + id + "\n")
            + "data: "
            + JsonMapper.shared().writeValueAsString(members)
            + "\n\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
