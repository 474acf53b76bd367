package dev.candor.scenario;

import java.util.Locale;

/** The kinds of faults, by the names that scenarios and logs give them. */
public enum FaultKind {
  ERROR,
  SLOW_HEADERS,
  NO_ANSWER,
  RESET,
  DISCONNECT,
  STALL,
  TRUNCATE,
  ERROR_FRAME,
  MALFORMED_JSON,
  SPLIT_UTF8,
  TOKENS_PER_CHUNK,
  MISSING_USAGE,
  LYING_USAGE,
  PING_FLOOD,
  HTML,
  ENDLESS_LINE,
  INVALID_UTF8,
  EMPTY_ANSWER,
  REFUSED(true),
  BROWN_OUT(true),
  CRASH(true),
  LEAK(true),
  SPIKE(true);

  private final boolean ofService;

  FaultKind() {
    this(false);
  }

  FaultKind(boolean ofService) {
    this.ofService = ofService;
  }

  /** Whether it is a {@link MockFault.OfService}. */
  public boolean ofService() {
    return ofService;
  }

  /** {@code slow-headers}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static FaultKind of(MockFault fault) {
    return switch (fault) {
      case MockFault.ErrorStatus _ -> ERROR;
      case MockFault.SlowHeaders _ -> SLOW_HEADERS;
      case MockFault.NoAnswer _ -> NO_ANSWER;
      case MockFault.Reset _ -> RESET;
      case MockFault.Disconnect _ -> DISCONNECT;
      case MockFault.Stall _ -> STALL;
      case MockFault.Truncated _ -> TRUNCATE;
      case MockFault.ErrorFrame _ -> ERROR_FRAME;
      case MockFault.MalformedJson _ -> MALFORMED_JSON;
      case MockFault.SplitUtf8 _ -> SPLIT_UTF8;
      case MockFault.TokensPerChunk _ -> TOKENS_PER_CHUNK;
      case MockFault.MissingUsage _ -> MISSING_USAGE;
      case MockFault.LyingUsage _ -> LYING_USAGE;
      case MockFault.PingFlood _ -> PING_FLOOD;
      case MockFault.HtmlInsteadOfJson _ -> HTML;
      case MockFault.EndlessLine _ -> ENDLESS_LINE;
      case MockFault.InvalidUtf8 _ -> INVALID_UTF8;
      case MockFault.EmptyAnswer _ -> EMPTY_ANSWER;
      case MockFault.Refused _ -> REFUSED;
      case MockFault.BrownOut _ -> BROWN_OUT;
      case MockFault.Crash _ -> CRASH;
      case MockFault.Leak _ -> LEAK;
      case MockFault.Spike _ -> SPIKE;
    };
  }
}
