package dev.candor.scenario.yaml;

import dev.candor.base.stats.Distribution;
import dev.candor.scenario.FaultRule;
import dev.candor.scenario.FaultRule.Match;
import dev.candor.scenario.FaultRule.Window;
import dev.candor.scenario.MockEngine;
import dev.candor.scenario.MockFault;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.Quota;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Settings in which nothing is left at its default, and every kind of fault strikes. */
final class FullMock {
  private static final long SECOND = 1_000_000_000;
  private static final Window WINDOW =
      new Window(10 * SECOND, 1_500_000_000, new Distribution.Exponential(60e9));

  static final List<FaultRule> FAULTS =
      List.of(
          new FaultRule(
              new MockFault.ErrorStatus(429, 2 * SECOND, "{\"error\": \"one\\ntwo: {}\"}"),
              new Match(0.05, "m", "/v1/messages", Map.of("x-test", "1", "x-b", "c: d"), 3, 2),
              WINDOW),
          FaultRule.always(new MockFault.ErrorStatus(503, null, null)),
          FaultRule.always(
              new MockFault.SlowHeaders(new Distribution.LogNormal(2_000_000_001, 0.3))),
          FaultRule.always(new MockFault.NoAnswer()),
          FaultRule.always(new MockFault.Reset(-1)),
          FaultRule.always(new MockFault.Reset(0)),
          FaultRule.always(new MockFault.Disconnect(4)),
          FaultRule.always(new MockFault.Stall(5, 3_000_000)),
          FaultRule.always(new MockFault.Stall(5, 0)),
          FaultRule.always(new MockFault.Truncated(6)),
          FaultRule.always(new MockFault.ErrorFrame(7)),
          FaultRule.always(new MockFault.MalformedJson(8)),
          FaultRule.always(new MockFault.SplitUtf8()),
          FaultRule.always(new MockFault.TokensPerChunk(9)),
          FaultRule.always(new MockFault.MissingUsage()),
          FaultRule.always(new MockFault.LyingUsage(1.5)),
          FaultRule.always(new MockFault.PingFlood(10)),
          FaultRule.always(new MockFault.HtmlInsteadOfJson()),
          FaultRule.always(new MockFault.EndlessLine()),
          FaultRule.always(new MockFault.InvalidUtf8()),
          FaultRule.always(new MockFault.EmptyAnswer()),
          FaultRule.always(new MockFault.Refused()).within(WINDOW),
          FaultRule.always(new MockFault.BrownOut(1, 3)),
          FaultRule.always(new MockFault.Crash(1)).within(WINDOW),
          FaultRule.always(new MockFault.Leak(0.1)),
          FaultRule.always(new MockFault.Spike(2.5)));

  private static final MockEngine ENGINE =
      new MockEngine(
          "h100-llama3-8b",
          2,
          MockEngine.Routing.PREFIX_AWARE,
          128,
          8192,
          4096,
          false,
          2048,
          true,
          32,
          30_400,
          500);

  private static final MockSettings SIMULATED =
      MockSettings.of(new MockSettings.Times.Simulated(ENGINE))
          .withAnswers(
              new MockSettings.Answers(
                  new Distribution.Uniform(50, 200.5), 3, 4, 0.25, MockSettings.AnswerText.ECHO))
          .withMaxConcurrency(7)
          .withQuotas(
              List.of(
                  new Quota("a", "m", 60, 1000, 0, 0, Quota.Kind.FIXED_WINDOW),
                  new Quota(null, null, 0, 0, 2000, 3_000_000_000L, Quota.Kind.TOKEN_BUCKET)))
          .withFaults(FAULTS)
          .withMetrics(MockSettings.MetricNames.SGLANG)
          .withTruth(Path.of("truth.jsonl"));

  static final List<MockSettings> ALL =
      List.of(
          SIMULATED,
          SIMULATED
              .withTimes(new MockSettings.Times.Simulated(MockEngine.of("tiny")))
              .withFaults(List.of()),
          MockSettings.DEFAULT);

  private FullMock() {}
}
