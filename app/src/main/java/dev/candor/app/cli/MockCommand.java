package dev.candor.app.cli;

import dev.candor.app.run.RecordedMock;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.base.stats.Distribution;
import dev.candor.base.stats.DistributionText;
import dev.candor.base.units.Durations;
import dev.candor.mock.MockOptions;
import dev.candor.mock.MockServer;
import dev.candor.mock.TlsIdentity;
import dev.candor.scenario.MockSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code candor mock}. */
@Command(
    name = "mock",
    description = "Serves the OpenAI chat dialect on loopback with latencies that you choose.")
final class MockCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      paramLabel = "N",
      description = "0: any free one. Default: ${DEFAULT-VALUE}.")
  int port = 8000;

  @Option(names = "--model", description = "Its name. Default: ${DEFAULT-VALUE}.")
  String model = "mock-model";

  @Option(
      names = "--ttft",
      paramLabel = "DIST",
      description = "Time to first token, such as 'lognormal(200ms, 0.4)'.")
  @Nullable String ttft;

  @Option(names = "--itl", paramLabel = "DIST", description = "Time between tokens, such as 20ms.")
  @Nullable String itl;

  @Option(
      names = "--output-tokens",
      paramLabel = "DIST",
      description = "Length of answers, such as 'uniform(50, 200)'.")
  @Nullable String outputTokens;

  @Option(
      names = "--recorded",
      paramLabel = "RUN",
      description = "A run's directory: its times and lengths in place of the three above.")
  @Nullable Path recorded;

  @Option(
      names = "--tokens-per-chunk",
      paramLabel = "N",
      description = "Tokens in one stream event.")
  int tokensPerChunk = 1;

  @Option(
      names = "--reasoning-tokens",
      paramLabel = "N",
      description = "Reasoning ahead of every answer.")
  int reasoningTokens;

  @Option(
      names = "--max-concurrency",
      paramLabel = "N",
      description = "Requests served at once; 0: no limit.")
  int maxConcurrency;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Root of all randomness. Default: ${DEFAULT-VALUE}.")
  long seed = 1;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "Writes the true instants of every event (JSONL).")
  @Nullable Path truth;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Serves HTTPS with this certificate chain (PEM); goes with --tls-key.")
  @Nullable Path tlsCertificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The certificate's private key (PEM).")
  @Nullable Path tlsKey;

  @Override
  public Integer call() throws InterruptedException {
    if (recorded != null && (ttft != null || itl != null || outputTokens != null)) {
      throw CandorException.user(
          "--recorded: stands beside --ttft, --itl or --output-tokens; keep one of them");
    }
    MockSettings settings =
        MockSettings.of(times())
            .withOutputTokens(lengths())
            .withTokensPerChunk(atLeast("--tokens-per-chunk", tokensPerChunk, 1))
            .withReasoningTokens(atLeast("--reasoning-tokens", reasoningTokens, 0))
            .withMaxConcurrency(atLeast("--max-concurrency", maxConcurrency, 0))
            .withTruth(truth);
    MockOptions options =
        MockOptions.of(RecordedMock.resolve(settings), seed).withModel(model).withPort(port);
    TlsIdentity identity = identity();
    if (identity != null) {
      options = options.withTls(identity);
    }
    CountDownLatch ended = new CountDownLatch(1);
    MockServer server = MockServer.start(options);
    try (server) {
      Signals.register("INT", ended::countDown);
      Signals.register("TERM", ended::countDown);
      System.out.println(
          "candor mock: " + server.baseUrl() + " (model " + model + ", Ctrl-C ends it)");
      ended.await();
    }
    String truthFailure = server.truthFailure();
    if (truthFailure != null) {
      throw new CandorException(ErrorCode.TARGET, truthFailure);
    }
    return ExitCode.OK;
  }

  private @Nullable TlsIdentity identity() {
    if (tlsCertificate != null && tlsKey != null) {
      return new TlsIdentity(tlsCertificate, tlsKey);
    }
    if (tlsCertificate != null || tlsKey != null) {
      throw CandorException.user(
          "%s: found without %s; HTTPS needs both"
              .formatted(
                  tlsKey == null ? "--tls-cert" : "--tls-key",
                  tlsKey == null ? "--tls-key" : "--tls-cert"));
    }
    return null;
  }

  private MockSettings.Times times() {
    if (recorded != null) {
      return new MockSettings.Times.Recorded(recorded);
    }
    MockSettings.Times.Drawn normal = MockSettings.Times.Drawn.DEFAULT;
    return new MockSettings.Times.Drawn(
        times("--ttft", ttft, normal.ttftNanos()), times("--itl", itl, normal.itlNanos()));
  }

  private static Distribution times(String flag, @Nullable String text, Distribution otherwise) {
    return text == null
        ? otherwise
        : named(flag, () -> DistributionText.parse(text, Durations::parseNanos));
  }

  private @Nullable Distribution lengths() {
    String text = outputTokens;
    return text == null
        ? null
        : named("--output-tokens", () -> DistributionText.parse(text, MockCommand::count));
  }

  private static double count(String text) {
    try {
      double value = Double.parseDouble(text);
      if (value >= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Answered below.
    }
    throw CandorException.user("'%s' is not a number of tokens of at least 1".formatted(text));
  }

  private static Distribution named(
      String flag, java.util.function.Supplier<Distribution> reading) {
    try {
      return reading.get();
    } catch (CandorException e) {
      throw CandorException.user(flag + ": " + e.getMessage());
    }
  }

  private static int atLeast(String flag, int value, int least) {
    if (value < least) {
      throw CandorException.user("%s: found %d, must be at least %d".formatted(flag, value, least));
    }
    return value;
  }
}
