package dev.candor.corpus.shape;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What traffic is described and compared by. */
public sealed interface Dimension {

  /** As people read it. */
  String title();

  Unit unit();

  /** Share in the score of fidelity, against the other dimensions' (docs/fidelity.md). */
  double weight();

  /** The key in JSON. */
  String key();

  /** All of them, in the order in which they are shown. */
  static List<Dimension> all() {
    return Stream.<Dimension>concat(Stream.of(Spread.values()), Stream.of(Figure.values()))
        .toList();
  }

  /** What a dimension is counted in. */
  enum Unit {
    TOKENS,
    COUNT,
    /** Nanoseconds. */
    TIME,
    /** A ratio without a unit. */
    RATIO,
    /** A share of 1. */
    SHARE
  }

  /** A dimension with a value a request, a session or an instant. */
  enum Spread implements Dimension {
    INPUT_TOKENS("input tokens", Unit.TOKENS, 2),
    OUTPUT_TOKENS("output tokens", Unit.TOKENS, 2),
    TURNS("turns a session", Unit.COUNT, 1),
    REQUEST_GAP("between requests", Unit.TIME, 1),
    SESSION_GAP("between sessions", Unit.TIME, 1),
    THINK_TIME("think time", Unit.TIME, 1),
    CONCURRENCY("in flight", Unit.COUNT, 1);

    private final String title;
    private final Unit unit;
    private final double weight;

    Spread(String title, Unit unit, double weight) {
      this.title = title;
      this.unit = unit;
      this.weight = weight;
    }

    @Override
    public String title() {
      return title;
    }

    @Override
    public Unit unit() {
      return unit;
    }

    @Override
    public double weight() {
      return weight;
    }

    @Override
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A dimension with one value for all the traffic. */
  enum Figure implements Dimension {
    /** {@link Burstiness#gapVariation}. */
    GAP_VARIATION("burstiness: gaps", Unit.RATIO, 0.5),
    /** {@link Burstiness.Dispersion}. */
    DISPERSION("burstiness: counts", Unit.RATIO, 0.5),
    PREFIX_CEILING("prefix ceiling", Unit.SHARE, 2),
    LENGTH_CORRELATION("input ~ output", Unit.RATIO, 0.5);

    private final String title;
    private final Unit unit;
    private final double weight;

    Figure(String title, Unit unit, double weight) {
      this.title = title;
      this.unit = unit;
      this.weight = weight;
    }

    @Override
    public String title() {
      return title;
    }

    @Override
    public Unit unit() {
      return unit;
    }

    @Override
    public double weight() {
      return weight;
    }

    @Override
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
