package dev.candor.app.quota;

import dev.candor.app.quota.FoundLimit.Kind;
import dev.candor.load.transport.ServerHints;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the target's headers tell of its limits: a cross-check, never believed. */
final class ToldLimits {
  private ToldLimits() {}

  /** The limit that the last answer to tell of it told; null where none did. */
  static @Nullable Long perMinute(Kind kind, List<Probe> probes) {
    for (Probe probe : probes.reversed()) {
      ServerHints hints = probe.hints();
      if (hints != null) {
        Long told = of(kind, hints).limit();
        if (told != null) {
          return told;
        }
      }
    }
    return null;
  }

  private static ServerHints.Limit of(Kind kind, ServerHints hints) {
    return switch (kind) {
      case REQUESTS -> hints.requests();
      case TOKENS -> hints.tokens();
      case INPUT_TOKENS -> hints.inputTokens();
      case OUTPUT_TOKENS -> hints.outputTokens();
    };
  }

  /** Whether any limit's reset is told. */
  static boolean tellsReset(@Nullable ServerHints hints) {
    return hints != null && hints.resetNanos() != null;
  }

  /** When to come again, null where it is not told. */
  static @Nullable Long retryAfterNanos(Probe probe) {
    return probe.hints() == null ? null : probe.hints().pauseNanos();
  }
}
