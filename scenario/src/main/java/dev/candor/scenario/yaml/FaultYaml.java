package dev.candor.scenario.yaml;

import dev.candor.scenario.FaultKind;
import dev.candor.scenario.FaultRule;
import dev.candor.scenario.FaultRule.Match;
import dev.candor.scenario.FaultRule.Window;
import dev.candor.scenario.MockFault;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Fault rules as entries that {@link FaultRuleReader} reads back to the same rules. */
final class FaultYaml {
  private FaultYaml() {}

  static Map<String, Object> entry(FaultRule rule) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("fault", FaultKind.of(rule.fault()).key());
    putFault(entry, rule.fault());
    putMatch(entry, rule.match());
    putWindow(entry, rule.window());
    return entry;
  }

  private static void putFault(Map<String, Object> entry, MockFault fault) {
    switch (fault) {
      case MockFault.ErrorStatus(int status, Long retryAfterNanos, String body) -> {
        entry.put("status", status);
        if (retryAfterNanos != null) {
          entry.put("retry_after", QuantityText.nanos(retryAfterNanos));
        }
        MockYaml.putIfGiven(entry, "body", body);
      }
      case MockFault.SlowHeaders(var delay) -> entry.put("delay", QuantityText.nanos(delay));
      case MockFault.Reset(int after) -> entry.put("after", after < 0 ? "before" : after);
      case MockFault.Stall(int after, long forNanos) -> {
        entry.put("after", after);
        if (forNanos > 0) {
          entry.put("stall_for", QuantityText.nanos(forNanos));
        }
      }
      case MockFault.Disconnect(int after) -> entry.put("after", after);
      case MockFault.Truncated(int after) -> entry.put("after", after);
      case MockFault.ErrorFrame(int after) -> entry.put("after", after);
      case MockFault.MalformedJson(int after) -> entry.put("after", after);
      case MockFault.TokensPerChunk(int tokens) -> entry.put("tokens", tokens);
      case MockFault.LyingUsage(double factor) -> entry.put("factor", factor);
      case MockFault.PingFlood(int perToken) -> entry.put("per_token", perToken);
      case MockFault.BrownOut(int replica, double factor) -> {
        entry.put("replica", replica);
        entry.put("factor", factor);
      }
      case MockFault.Crash(int replica) -> entry.put("replica", replica);
      case MockFault.Leak(double sharePerHour) -> entry.put("per_hour", sharePerHour);
      case MockFault.Spike(double factor) -> entry.put("factor", factor);
      case MockFault.NoAnswer _,
          MockFault.SplitUtf8 _,
          MockFault.MissingUsage _,
          MockFault.HtmlInsteadOfJson _,
          MockFault.EndlessLine _,
          MockFault.InvalidUtf8 _,
          MockFault.EmptyAnswer _,
          MockFault.Refused _ -> {}
    }
  }

  private static void putMatch(Map<String, Object> entry, Match match) {
    if (match.share() != Match.ALL.share()) {
      entry.put("share", match.share());
    }
    MockYaml.putIfGiven(entry, "model", match.model());
    MockYaml.putIfGiven(entry, "path", match.path());
    if (!match.headers().isEmpty()) {
      entry.put("headers", new TreeMap<>(match.headers()));
    }
    if (match.nth() != Match.ALL.nth()) {
      entry.put("nth", match.nth());
    }
    if (match.first() != Match.ALL.first()) {
      entry.put("first", match.first());
    }
  }

  private static void putWindow(Map<String, Object> entry, Window window) {
    if (window.fromNanos() > 0) {
      entry.put("from", QuantityText.nanos(window.fromNanos()));
    }
    if (window.lastsNanos() > 0) {
      entry.put("for", QuantityText.nanos(window.lastsNanos()));
    }
    if (window.everyNanos() != null) {
      entry.put("every", QuantityText.nanos(window.everyNanos()));
    }
  }
}
