package dev.candor.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small run against the embedded mock whose figures are published; what it left. */
record PublishedRun(Path directory, Invocation said) {
  static final String SCENARIO =
      """
      target: {mock: {ttft: 40ms, itl: 4ms, faults: [{fault: error, status: 429, share: 40%}]}}
      workload: {mix: [{name: chat, input: 20, output: 12}, {name: code, input: 30, output: 20}]}
      load: [{users: 2, for: 1s, warmup: true, name: warm}, {rate: 20/s, for: 4s, name: steady}]
      retries: {max_attempts: 2, base: 20ms}
      slo: {ttft: 2s}
      prices: {input: 1, output: 2}
      """;

  static PublishedRun of(Path temp, String publish, String... flags) {
    try {
      Path scenario = Files.writeString(temp.resolve("s.yaml"), SCENARIO + publish);
      Path directory = temp.resolve("run-7");
      Invocation said =
          Invocation.of(
              Stream.concat(
                      Stream.of("run", scenario.toString(), "--out", directory.toString()),
                      Stream.of(flags))
                  .toArray(String[]::new));
      return new PublishedRun(directory, said);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  JsonNode overall() throws IOException {
    return JsonMapper.shared()
        .readTree(Files.readString(directory.resolve("summary.json")))
        .get("overall");
  }

  double overall(String pointer) throws IOException {
    return Objects.requireNonNull(overall().at(pointer)).asDouble();
  }

  /** How often each outcome of a request was, of those that were. */
  Map<String, Double> outcomes() throws IOException {
    Map<String, Double> outcomes = new TreeMap<>();
    for (var outcome : overall().at("/requests/outcomes").properties()) {
      if (outcome.getValue().asDouble() > 0) {
        outcomes.put(outcome.getKey(), outcome.getValue().asDouble());
      }
    }
    return outcomes;
  }
}
