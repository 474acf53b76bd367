package dev.candor.telemetry;

import static dev.candor.record.AttemptRecord.NONE;

import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.TokenSource;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import dev.candor.telemetry.figures.RunFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small run that was never carried out: its facts, and what it recorded. */
public final class TestRun {
  private static final long MILLI = 1_000_000;

  private TestRun() {}

  /** One whose scenario has {@code publish}, a section of YAML. */
  public static RunFacts facts(Path temp, String publish) {
    try {
      Path file =
          Files.writeString(
              temp.resolve("scenario.yaml"),
              """
              target: {url: "http://llm.test:8080/v1", model: small}
              load: [{users: 1, for: 1s, name: steady}]
              slo: {ttft: 100ms}
              prices: {input: 1, output: 2}
              """
                  + publish);
      Scenario scenario = ScenarioFile.read(file, Overrides.NONE, name -> "s3cret");
      return new RunFacts("run-7", scenario, "http://llm.test:8080/v1", "1.0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A first attempt that began at second {@code request}: TTFT 40 ms, then a token every 4 ms. */
  public static AttemptRecord completed(long request, int tokens) {
    return attempt(request, 1, Outcome.COMPLETED, tokens, false);
  }

  /** A completed request of another class. */
  public static AttemptRecord ofClass(String name) {
    return attempt(1, 1, name, Outcome.COMPLETED, 2, false);
  }

  /** Any attempt; without tokens it ends 10 ms after its sending. */
  public static AttemptRecord attempt(
      long request, int attempt, Outcome outcome, int tokens, boolean retried) {
    return attempt(request, attempt, "chat", outcome, tokens, retried);
  }

  private static AttemptRecord attempt(
      long request,
      int attempt,
      String requestClass,
      Outcome outcome,
      int tokens,
      boolean retried) {
    long intended = request * 1000 * MILLI;
    long sent = intended + MILLI;
    long[] instants = new long[tokens];
    int[] carried = new int[tokens];
    for (int i = 0; i < tokens; i++) {
      instants[i] = sent + (40L + 4L * i) * MILLI;
      carried[i] = 1;
    }
    long first = tokens == 0 ? NONE : instants[0];
    long last = tokens == 0 ? NONE : instants[tokens - 1];
    return new AttemptRecord(
        request,
        attempt,
        0,
        requestClass,
        request,
        0,
        NONE,
        0,
        intended,
        sent,
        sent + 5 * MILLI,
        first,
        tokens < 2 ? NONE : instants[1],
        first,
        last,
        tokens == 0 ? sent + 10 * MILLI : last + MILLI,
        NONE,
        outcome,
        outcome == Outcome.RATE_LIMITED ? 429 : 200,
        null,
        outcome == Outcome.COMPLETED ? "stop" : null,
        20,
        outcome == Outcome.COMPLETED ? 21 : NONE,
        outcome == Outcome.COMPLETED ? 5 : NONE,
        NONE,
        tokens,
        0,
        TokenSource.USAGE,
        64,
        100,
        0,
        0,
        HttpPhases.UNKNOWN,
        instants,
        carried,
        new long[0],
        new long[0],
        intended,
        retried,
        NONE);
  }

  /** A second with 3 users and 2.5 attempts in flight. */
  public static HealthWindow second(int second) {
    return new HealthWindow(
        second,
        2 * MILLI,
        3 * MILLI,
        HealthWindow.Pauses.UNKNOWN,
        new HealthWindow.Cpu(0.25, null, null, null),
        new HealthWindow.Queues(null, null, 0, 0, 0),
        2.5,
        3,
        100);
  }
}
