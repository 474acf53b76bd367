package dev.candor.report.console;

import dev.candor.analysis.server.ServerSide;
import dev.candor.analysis.server.ServerSide.Gpu;
import dev.candor.analysis.server.ServerSide.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** What the server told of itself, in words, for console and HTML. */
public final class ServerFigures {
  /** All figures that {@link #of} may have, in their order. */
  public static final List<String> NAMES =
      List.of(
          "KV cache in use",
          "running",
          "waiting",
          "swapped out",
          "preemptions",
          "prefix cache hits",
          "output tok/s",
          "input tok/s",
          "GPU power",
          "GPU energy",
          "per output token",
          "GPU memory",
          "GPU busy",
          "tensor cores busy",
          "GPU memory busy");

  private static final double GIBIBYTE = 1 << 30;

  private ServerFigures() {}

  /** The figures that are known, by their names. */
  public static Map<String, String> of(ServerSide.Figures f) {
    Map<String, String> known = new LinkedHashMap<>();
    level(known, "KV cache in use", f.kvUsage(), Figures::percent);
    level(known, "running", f.running(), ServerFigures::one);
    level(known, "waiting", f.waiting(), ServerFigures::one);
    level(known, "swapped out", f.swapped(), ServerFigures::one);
    put(known, "preemptions", f.preemptions(), value -> Figures.number(Math.round(value)));
    put(known, "prefix cache hits", f.hitRate(), Figures::percent);
    put(known, "prefix cache hits", f.hitRateTold(), value -> Figures.percent(value) + " as told");
    put(known, "output tok/s", f.outputTps(), Figures::number);
    put(known, "input tok/s", f.inputTps(), Figures::number);
    Gpu gpu = f.gpu();
    if (gpu != null) {
      level(known, "GPU power", gpu.power(), value -> Figures.number(Math.round(value)) + " W");
      put(
          known,
          "GPU energy",
          gpu.energy(),
          value ->
              Figures.number(Math.round(value))
                  + (gpu.energyCounted() ? " J, counted" : " J, power × time"));
      put(known, "per output token", gpu.joulesPerOutputToken(), ServerFigures::joules);
      level(known, "GPU memory", gpu.memoryUsed(), value -> of(value, gpu.memoryTotal()));
      level(known, "GPU busy", gpu.busy(), Figures::percent);
      level(known, "tensor cores busy", gpu.tensor(), Figures::percent);
      level(known, "GPU memory busy", gpu.dram(), Figures::percent);
    }
    return known;
  }

  private static String of(double used, @Nullable Double total) {
    return total == null
        ? "%s GiB".formatted(one(used / GIBIBYTE))
        : "%s of %s GiB".formatted(one(used / GIBIBYTE), one(total / GIBIBYTE));
  }

  private static void put(
      Map<String, String> known,
      String name,
      @Nullable Double value,
      DoubleFunction<String> words) {
    if (value != null) {
      known.put(name, words.apply(value));
    }
  }

  private static void level(
      Map<String, String> known, String name, @Nullable Level level, DoubleFunction<String> words) {
    if (level != null) {
      String mean = words.apply(level.mean());
      String max = words.apply(level.max());
      known.put(name, mean.equals(max) ? mean : mean + ", max " + max);
    }
  }

  private static String one(double value) {
    return String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%,.1f", value);
  }

  private static String joules(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f J" : "%.1f J", value);
  }

  /** Milliseconds, less than none too: a difference may be. */
  public static String ms(@Nullable Double value) {
    if (value == null) {
      return "n/a";
    }
    return value < 0 ? "−" + Figures.ms(-value) : Figures.ms(value);
  }

  /** A few lines for the console, of the run as a whole; none where the server told nothing. */
  static List<String> lines(@Nullable ServerSide side) {
    if (side == null) {
      return List.of();
    }
    ServerSide.Figures all = side.overall().together();
    Map<String, String> known = of(all);
    List<String> lines = new ArrayList<>(List.of("", "the server itself"));
    line(lines, "load", known, "KV cache in use", "running", "waiting", "preemptions");
    line(lines, "tokens", known, "output tok/s", "input tok/s", "prefix cache hits");
    line(lines, "GPU", known, "GPU power", "GPU energy", "per output token", "GPU memory");
    all.latency()
        .forEach(
            (key, latency) -> {
              ServerSide.Estimate between = latency.difference().get("mean");
              if (latency.mean() != null && latency.client() != null && between != null) {
                lines.add(
                    "  %-10s mean %s, by the client %s: %s between them"
                        .formatted(
                            key,
                            ms(latency.mean()),
                            ms(latency.client().figures().get("mean")),
                            ms(between.value())));
              }
            });
    return lines;
  }

  private static void line(
      List<String> lines, String title, Map<String, String> known, String... names) {
    StringBuilder line = new StringBuilder();
    for (String name : names) {
      String value = known.get(name);
      if (value != null) {
        String figure = name.startsWith("per ") ? value + " " + name : name + " " + value;
        line.append(line.isEmpty() ? "" : "; ").append(figure.replaceFirst("^GPU ", ""));
      }
    }
    if (!line.isEmpty()) {
      lines.add("  %-10s %s".formatted(title, line));
    }
  }
}
