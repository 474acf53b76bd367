package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.stats.Distribution;
import dev.candor.base.units.Shares;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.SimulatedNetwork;
import dev.candor.scenario.SimulatedNetwork.Proxy;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the {@code simulation.network} section. */
final class NetworkReader {
  /** Beyond it hardly a packet comes through, and each waits for many timeouts. */
  private static final double MOST_LOSS = 0.5;

  private static final Pattern BANDWIDTH =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(kbit|Mbit|Gbit)/s");

  private static final Distribution ZERO = new Distribution.Constant(0);

  private final Problems problems;

  NetworkReader(Problems problems) {
    this.problems = problems;
  }

  SimulatedNetwork read(@Nullable Value value) {
    if (value == null) {
      return SimulatedNetwork.NONE;
    }
    Section section = new Section(value, problems, Keys.NETWORK);
    return new SimulatedNetwork(
        section.nanos("latency", ZERO),
        section.nanos("jitter", ZERO),
        section.read("bandwidth", Double.POSITIVE_INFINITY, NetworkReader::bytesPerSecond),
        section.read("loss", 0.0, NetworkReader::loss),
        proxy(section.get("proxy")),
        section.bool("tls", false));
  }

  private Proxy proxy(@Nullable Value value) {
    if (value == null) {
      return Proxy.NONE;
    }
    Section section = new Section(value, problems, Keys.NETWORK_PROXY);
    return new Proxy(section.nanos("request", ZERO), section.nanos("event", ZERO));
  }

  private static double loss(String text) {
    double share = Shares.parsePart(text);
    if (share > MOST_LOSS) {
      throw CandorException.user(
          "found %s, must be a share of at most %s of the packets".formatted(text, MOST_LOSS));
    }
    return share;
  }

  private static double bytesPerSecond(String text) {
    Matcher matcher = BANDWIDTH.matcher(text.trim());
    double value = matcher.matches() ? Double.parseDouble(matcher.group(1)) : 0;
    if (value <= 0) {
      throw CandorException.user(
          "found '%s', must be a bandwidth above 0 such as 100Mbit/s (kbit, Mbit or Gbit)"
              .formatted(text));
    }
    double bits =
        switch (matcher.group(2)) {
          case "kbit" -> 1e3;
          case "Mbit" -> 1e6;
          default -> 1e9;
        };
    return value * bits / 8;
  }
}
