package dev.candor.scenario;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request must meet to count as good: every target that is not null. The ITL target holds
 * for the mean ITL of the request (its TPOT where every chunk carries one token).
 *
 * @param preset name of the preset it came from, or null
 */
public record Slo(
    @Nullable String preset,
    @Nullable Long ttftNanos,
    @Nullable Long itlNanos,
    @Nullable Long tpotNanos,
    @Nullable Long e2eNanos,
    @Nullable Long maxGapNanos,
    @Nullable Double outputTpsUser) {

  public static final Slo NONE = new Slo(null, null, null, null, null, null, null);

  private static final long MS = 1_000_000;

  /** Above this ITL the chat preset's target may hold, but a fast reader waits: worth a note. */
  public static final long CHAT_ITL_NOTE_NANOS = 50 * MS;

  private static final String CHAT = "chat";

  /** Ready-made targets by use; docs/metrics.md gives their reasons. */
  public static final Map<String, Slo> PRESETS =
      Map.of(
          CHAT,
          new Slo(CHAT, 500 * MS, 100 * MS, null, null, null, null),
          "copilot",
          new Slo("copilot", 200 * MS, null, null, null, null, null),
          "document",
          new Slo("document", null, null, null, null, null, 20.0));

  /** Whether it came from the chat preset. */
  public boolean isChat() {
    return CHAT.equals(preset);
  }

  /** The targets that an answer can be held to which comes as one object, without token times. */
  public Slo ofWholeAnswers() {
    return new Slo(preset, null, null, null, e2eNanos, null, null);
  }
}
