package dev.candor.app.cli;

import dev.candor.app.run.RecordedMock;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.base.stats.Distribution;
import dev.candor.base.stats.DistributionText;
import dev.candor.base.units.Durations;
import dev.candor.engine.Profile;
import dev.candor.engine.Profiles;
import dev.candor.mock.MockOptions;
import dev.candor.mock.MockServer;
import dev.candor.mock.TlsIdentity;
import dev.candor.scenario.MockEngine;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.MockSettings.Times;
import dev.candor.scenario.yaml.MockFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code candor mock}. */
@Command(
    name = "mock",
    description =
        "Serves a mock LLM on loopback: OpenAI's and Anthropic's dialects, an engine simulator or"
            + " latencies that you choose, quotas, faults, and the truth of what it did.")
final class MockCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "PROFILE", description = "As --profile.")
  @Nullable String positionalProfile;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "An engine's or a service's profile: a built-in one's name or a file. Built in:"
              + " a100-llama3-8b, h100-llama3-8b, h100x4-llama3-70b, hosted-api, tiny; estimated:"
              + " GPU[xN]-MODEL[-fp8], such as l4-llama3.1-8b (candor profile list).")
  @Nullable String profile;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings (YAML) with the keys of a scenario's target.mock; flags win.")
  @Nullable Path config;

  @Mixin EngineFlags engine = new EngineFlags();

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
  @Nullable Integer tokensPerChunk;

  @Option(
      names = "--reasoning-tokens",
      paramLabel = "N",
      description = "Reasoning ahead of every answer.")
  @Nullable Integer reasoningTokens;

  @Option(
      names = "--max-concurrency",
      paramLabel = "N",
      description = "Requests served at once; 0: no limit.")
  @Nullable Integer maxConcurrency;

  @Option(
      names = "--text",
      paramLabel = "KIND",
      description = "What answers say: words, or echo, the last message.")
  @Nullable String text;

  @Option(
      names = "--metrics",
      paramLabel = "NAMES",
      description = "Whose names /metrics uses: vllm or sglang.")
  @Nullable String metrics;

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

  @Option(
      names = "--until-input-ends",
      description = "End when standard input does: with the process that started it.")
  boolean untilInputEnds;

  @Override
  public Integer call() throws InterruptedException {
    MockSettings settings = settings();
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
      if (untilInputEnds) {
        var _ = Thread.ofVirtual().start(() -> awaitEnd(System.in, ended));
      }
      System.out.println(
          "candor mock: " + server.baseUrl() + " (model " + model + ", Ctrl-C ends it)");
      if (settings.times() instanceof Times.Simulated(MockEngine simulated)) {
        Profile served = Profiles.named(simulated.profile());
        System.out.printf("profile %s: error: %s%n", served.name(), served.error());
      }
      ended.await();
    }
    String truthFailure = server.truthFailure();
    if (truthFailure != null) {
      throw new CandorException(ErrorCode.TARGET, truthFailure);
    }
    return ExitCode.OK;
  }

  private static void awaitEnd(InputStream input, CountDownLatch ended) {
    try {
      while (input.read() >= 0) {
        // Nobody has anything to say here.
      }
    } catch (IOException e) {
      // As good as its end.
    }
    ended.countDown();
  }

  private MockSettings settings() {
    MockSettings settings = config == null ? MockSettings.DEFAULT : MockFile.read(config);
    settings = settings.withTimes(times(settings.times()));
    if (outputTokens != null) {
      settings = settings.withOutputTokens(lengths(outputTokens));
    }
    if (tokensPerChunk != null) {
      settings = settings.withTokensPerChunk(atLeast("--tokens-per-chunk", tokensPerChunk, 1));
    }
    if (reasoningTokens != null) {
      settings = settings.withReasoningTokens(atLeast("--reasoning-tokens", reasoningTokens, 0));
    }
    if (maxConcurrency != null) {
      settings = settings.withMaxConcurrency(atLeast("--max-concurrency", maxConcurrency, 0));
    }
    if (text != null) {
      settings = settings.withText(constant("--text", text, MockSettings.AnswerText.values()));
    }
    if (metrics != null) {
      settings =
          settings.withMetrics(constant("--metrics", metrics, MockSettings.MetricNames.values()));
    }
    return truth == null ? settings : settings.withTruth(truth);
  }

  /** The flags' times, else those of the file; only one source of them makes sense. */
  private Times times(Times otherwise) {
    String named = profile();
    if (recorded != null && (ttft != null || itl != null || outputTokens != null)) {
      throw CandorException.user(
          "--recorded: stands beside --ttft, --itl or --output-tokens; keep one of them");
    }
    if (named != null && (ttft != null || itl != null || recorded != null)) {
      throw CandorException.user(
          "--profile: stands beside --ttft, --itl or --recorded; keep one of them");
    }
    if (recorded != null) {
      return new Times.Recorded(recorded);
    }
    if (ttft != null || itl != null) {
      Times.Drawn normal = otherwise instanceof Times.Drawn drawn ? drawn : Times.Drawn.DEFAULT;
      return new Times.Drawn(
          times("--ttft", ttft, normal.ttftNanos()), times("--itl", itl, normal.itlNanos()));
    }
    Times times = named == null ? otherwise : new Times.Simulated(MockEngine.of(named));
    if (times instanceof Times.Simulated(MockEngine simulated)) {
      return new Times.Simulated(engine.adjusted(simulated));
    }
    if (!engine.isEmpty()) {
      throw CandorException.user(
          "the engine's flags need a --profile, such as --profile h100-llama3-8b");
    }
    return times;
  }

  private @Nullable String profile() {
    if (profile != null && positionalProfile != null) {
      throw CandorException.user(
          "--profile: found %s beside %s; keep one of them".formatted(profile, positionalProfile));
    }
    return profile != null ? profile : positionalProfile;
  }

  private static <T extends Enum<T>> T constant(String flag, String text, T[] values) {
    for (T value : values) {
      if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
        return value;
      }
    }
    throw CandorException.user(
        "%s: found '%s', must be one of %s"
            .formatted(flag, text, Arrays.toString(values).toLowerCase(Locale.ROOT)));
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

  private static Distribution times(String flag, @Nullable String text, Distribution otherwise) {
    return text == null
        ? otherwise
        : named(flag, () -> DistributionText.parse(text, Durations::parseNanos));
  }

  private static Distribution lengths(String text) {
    return named("--output-tokens", () -> DistributionText.parse(text, MockCommand::count));
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

  static int atLeast(String flag, int value, int least) {
    if (value < least) {
      throw CandorException.user("%s: found %d, must be at least %d".formatted(flag, value, least));
    }
    return value;
  }
}
