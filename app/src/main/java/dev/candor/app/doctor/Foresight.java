package dev.candor.app.doctor;

import dev.candor.scenario.Connections;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Target;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says before a run what it will meet with: ports, descriptors, memory, and the client's limit. */
public final class Foresight {
  /** Jars, logs, database, the mock's listener: what a run has open beside its connections. */
  private static final long OTHER_FILES = 200;

  /** Streams that a server takes on one HTTP/2 connection, where it follows RFC 9113's advice. */
  private static final long STREAMS_A_CONNECTION = 100;

  private static final long BYTES_A_STREAM = 24 * 1024;
  private static final int TIME_WAIT_SECONDS = 60;

  private Foresight() {}

  /**
   * @param limit that {@code candor doctor} found here, if it was kept
   * @param loops event loops of the run
   * @return what may go wrong and what must; nothing where all is well
   */
  public static List<Finding> of(
      Scenario scenario, MachineFacts facts, Optional<TrustedLimit> limit, int loops) {
    LoadEstimate load = LoadEstimate.of(scenario);
    List<Finding> findings = new ArrayList<>();
    ports(scenario, load, facts, findings);
    files(scenario, load, facts, findings);
    memory(load, facts, findings);
    limit.ifPresent(kept -> limit(load, kept, loops, findings));
    return findings;
  }

  private static long connections(Scenario scenario, LoadEstimate load) {
    Connections connections = scenario.target().connections();
    boolean shared =
        connections.version() == Connections.HttpVersion.HTTP_2 && !connections.onePerRequest();
    long wanted =
        shared
            ? (load.streams() + STREAMS_A_CONNECTION - 1) / STREAMS_A_CONNECTION
            : load.streams();
    return connections.most() == 0 ? wanted : Math.min(wanted, connections.most());
  }

  private static void ports(
      Scenario scenario, LoadEstimate load, MachineFacts facts, List<Finding> findings) {
    if (facts.ephemeralPorts().isEmpty() || scenario.target().connections().unixSocket() != null) {
      return;
    }
    Set<String> places = places(scenario);
    int addresses = places.size();
    long ports = facts.ephemeralPorts().getAsLong() * addresses;
    long wanted = connections(scenario, load);
    if (wanted > ports) {
      // Behind a name there may be more addresses than one.
      boolean certain = load.bounded() && places.stream().allMatch(Foresight::isLiteral);
      findings.add(
          atMost(
              certain,
              "%,d connections at once%s, but this machine has %,d ports for connections to %s; widen net.ipv4.ip_local_port_range, name more addresses (target.urls), or use HTTP/2 (target.connections.http)"
                  .formatted(
                      wanted,
                      ifItStalls(load),
                      ports,
                      addresses == 1 ? "one address" : addresses + " addresses")));
    } else if (!scenario.target().connections().keepAlive()
        && load.requestsPerSecond() * TIME_WAIT_SECONDS > ports) {
      findings.add(
          Finding.warning(
              "%,.0f new connections a second, each of whose ports may rest for %d s (TIME_WAIT), need more than the %,d ports of this machine; keep connections alive, or set net.ipv4.tcp_tw_reuse"
                  .formatted(load.requestsPerSecond(), TIME_WAIT_SECONDS, ports)));
    }
  }

  private static void files(
      Scenario scenario, LoadEstimate load, MachineFacts facts, List<Finding> findings) {
    if (facts.openFiles().isEmpty()) {
      return;
    }
    // The embedded mock holds the other end of every connection in this process.
    int ends = scenario.target().url() == null ? 2 : 1;
    long wanted = connections(scenario, load) * ends + OTHER_FILES;
    if (wanted > facts.openFiles().getAsLong()) {
      findings.add(
          atMost(
              load.bounded(),
              "about %,d open files%s, but this process may have %,d; raise the hard limit (ulimit -Hn, LimitNOFILE)%s"
                  .formatted(
                      wanted,
                      ifItStalls(load),
                      facts.openFiles().getAsLong(),
                      load.bounded() ? "" : ", or set max_in_flight")));
    }
  }

  private static void memory(LoadEstimate load, MachineFacts facts, List<Finding> findings) {
    long wanted = load.streams() * BYTES_A_STREAM;
    if (wanted > facts.maxHeapBytes() / 2) {
      findings.add(
          Finding.warning(
              "%,d requests in flight%s may take %,d MiB beside their prompts, the heap has %,d MiB; allow more (CANDOR_JAVA_OPTS=-Xmx…)"
                  .formatted(
                      load.streams(), ifItStalls(load), wanted >> 20, facts.maxHeapBytes() >> 20)));
    }
  }

  private static void limit(
      LoadEstimate load, TrustedLimit limit, int loops, List<Finding> findings) {
    double more = (double) loops / limit.loops();
    boolean tooManyStreams = load.bounded() && load.streams() > limit.streams() * more;
    boolean tooManyTokens =
        load.tokensPerSecond().isPresent()
            && load.tokensPerSecond().getAsDouble() > limit.tokensPerSecond() * more;
    if (tooManyStreams || tooManyTokens) {
      String tokens =
          load.tokensPerSecond().isPresent()
              ? String.format(
                  Locale.ROOT, ", about %,.0f tokens/s", load.tokensPerSecond().getAsDouble())
              : "";
      findings.add(
          Finding.warning(
              String.format(
                  Locale.ROOT,
                  "this run asks for up to %,d streams%s; candor doctor found the figures of this machine to hold (within %.1f ms at p99, %d loops) up to %,d streams, %,.0f tokens/s: beyond them, look at the client's own figures first",
                  load.streams(),
                  tokens,
                  limit.withinMs(),
                  limit.loops(),
                  limit.streams(),
                  limit.tokensPerSecond())));
    }
  }

  /** Where connections go to, each a host and a port. */
  private static Set<String> places(Scenario scenario) {
    Target target = scenario.target();
    URI proxy = target.connections().proxy();
    if (proxy != null) {
      return Set.of(place(proxy));
    }
    return target.urls().isEmpty()
        ? Set.of("127.0.0.1:0")
        : target.urls().stream().map(Foresight::place).collect(Collectors.toSet());
  }

  private static String place(URI url) {
    int standard = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    return url.getHost() + ":" + (url.getPort() < 0 ? standard : url.getPort());
  }

  private static boolean isLiteral(String place) {
    return place.startsWith("[") || place.matches("[0-9.]+:\\d+");
  }

  private static Finding atMost(boolean certain, String text) {
    return certain
        ? Finding.error("this run needs " + text)
        : Finding.warning("this run may need " + text);
  }

  private static String ifItStalls(LoadEstimate load) {
    return load.bounded() ? "" : " should the server stall";
  }
}
