package dev.candor.telemetry.figures;

import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.record.Outcome;
import dev.candor.scenario.Prices;
import dev.candor.scenario.Scenario;
import dev.candor.telemetry.figures.Family.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what a run has recorded into the figures that are published. <b>For one thread</b>; what
 * {@link #snapshot} returns is for all.
 */
public final class PublishedFigures {
  /** Beyond it classes are one: each has a hundred series. */
  static final int MOST_CLASSES = 20;

  static final String OTHER_CLASSES = "(other)";

  private record Place(int phase, String requestClass) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return phase != other.phase
          ? Integer.compare(phase, other.phase)
          : requestClass.compareTo(other.requestClass);
    }
  }

  private final RunFacts facts;
  private final Scenario scenario;
  private final IntFunction<PhaseName> phases;
  private final TreeMap<Place, ClassFigures> places = new TreeMap<>();
  private final Set<String> classes = new HashSet<>();
  private @Nullable HealthWindow latest;
  private long tokenEvents;
  private long limitedSeconds;
  private long dropped;
  private boolean finished;

  /**
   * @param phases what a phase is called, by its index
   */
  public PublishedFigures(RunFacts facts, IntFunction<PhaseName> phases) {
    this.facts = facts;
    this.scenario = facts.scenario();
    this.phases = phases;
  }

  /** An attempt that has ended. */
  public void add(AttemptRecord attempt) {
    String name = attempt.requestClass();
    if (!classes.contains(name)) {
      name = classes.size() < MOST_CLASSES ? name : OTHER_CLASSES;
      classes.add(name);
    }
    places
        .computeIfAbsent(new Place(attempt.phase(), name), place -> new ClassFigures())
        .add(attempt, scenario.sloOf(attempt.requestClass()), scenario.prices());
  }

  /**
   * A second that is over.
   *
   * @param limited whether it shows the client rather than the target
   */
  public void add(HealthWindow window, boolean limited) {
    latest = window;
    tokenEvents += window.tokenEvents();
    limitedSeconds += limited ? 1 : 0;
  }

  /** Notes how many attempts and seconds were not published, as too many waited. */
  public void dropped(long count) {
    dropped = count;
  }

  /** Notes that the load is over. */
  public void finished() {
    finished = true;
  }

  /** All figures as they are now, {@code at} on the calendar. */
  public Figures snapshot(Instant at) {
    List<Family> families = new ArrayList<>();
    families.add(
        one(
            "candor_run_info",
            "The run that the figures are of.",
            Kind.GAUGE,
            labels(
                Map.of(
                    "scenario", scenario.name(),
                    "model", scenario.target().model(),
                    "target", facts.target(),
                    "seed", Long.toString(scenario.seed()),
                    "version", facts.version())),
            1));
    families.add(
        one("candor_run_finished", "1 once the load is over.", Kind.GAUGE, finished ? 1 : 0));
    addRequests(families);
    addLatencies(families);
    addSeconds(families);
    families.add(
        one(
            "candor_publish_dropped_total",
            "Attempts and seconds that are in none of these figures, as too many waited.",
            Kind.COUNTER,
            dropped));
    return new Figures(at, families);
  }

  private void addRequests(List<Family> families) {
    families.add(
        byOutcome(
            "candor_requests_total",
            "Requests that have ended, by how their last attempts did.",
            figures -> figures.requests));
    families.add(
        byOutcome(
            "candor_attempts_total",
            "Attempts that have ended, those that were tried again among them.",
            figures -> figures.attempts));
    if (!scenario.slos().isEmpty()) {
      families.add(
          counter(
              "candor_good_requests_total",
              "Requests that were completed and met every target of their class.",
              figures -> figures.good));
    }
    families.add(
        counter(
            "candor_input_tokens_total",
            "Prompt tokens of attempts that have ended.",
            figures -> figures.input));
    families.add(
        counter(
            "candor_input_cached_tokens_total",
            "Of the prompt tokens, those that came from the server's prefix cache.",
            figures -> figures.cached));
    families.add(
        counter(
            "candor_output_tokens_total",
            "Output tokens of attempts that have ended.",
            figures -> figures.output));
    Prices prices = scenario.prices();
    if (prices != null && prices.gpus() == null) {
      Map<String, String> currency = Map.of("currency", prices.currency());
      families.add(
          perPlace(
              "candor_cost_total",
              "What attempts that have ended cost, by the scenario's prices.",
              Kind.COUNTER,
              currency,
              (labels, figures) -> new Sample.Plain(labels, figures.cost)));
    }
  }

  private void addLatencies(List<Family> families) {
    families.add(
        histogram(
            "candor_ttft_seconds",
            "Time to first token of completed requests, from their sending.",
            figures -> figures.ttft));
    families.add(
        histogram(
            "candor_ttft_intended_seconds",
            "Time to first token of completed requests, from when the load wanted them to start.",
            figures -> figures.ttftIntended));
    families.add(
        histogram(
            "candor_itl_seconds",
            "Inter-token latency of completed requests, a sample a token.",
            figures -> figures.itl));
    families.add(
        histogram(
            "candor_e2e_seconds",
            "Time from the sending of completed requests to their end.",
            figures -> figures.e2e));
  }

  private void addSeconds(List<Family> families) {
    families.add(
        one(
            "candor_token_events_total",
            "Events with tokens that have arrived, counted as they do.",
            Kind.COUNTER,
            tokenEvents));
    families.add(
        one(
            "candor_client_limited_seconds_total",
            "Seconds whose figures show the client rather than the target.",
            Kind.COUNTER,
            limitedSeconds));
    HealthWindow window = latest;
    if (window == null) {
      return;
    }
    families.add(
        one("candor_users", "Users at work; 0 in an open step.", Kind.GAUGE, window.users()));
    families.add(
        one(
            "candor_in_flight_requests",
            "Attempts in flight, mean over the last second.",
            Kind.GAUGE,
            window.inFlight()));
    families.add(
        one(
            "candor_client_send_lateness_seconds",
            "How late the client sent, 99th percentile of the last second.",
            Kind.GAUGE,
            window.sendLatenessP99Nanos() / 1e9));
    families.add(
        one(
            "candor_client_loop_delay_seconds",
            "How late the client's event loops ran, 99th percentile of the last second.",
            Kind.GAUGE,
            window.loopDelayP99Nanos() / 1e9));
    families.add(
        one(
            "candor_client_cpu_ratio",
            "The client's CPU time over that of the cores that it may use, in the last second.",
            Kind.GAUGE,
            window.cpu().share()));
  }

  private Family byOutcome(
      String name, String help, Function<ClassFigures, Map<Outcome, Long>> counts) {
    List<Sample> samples = new ArrayList<>();
    places.forEach(
        (place, figures) ->
            counts
                .apply(figures)
                .forEach(
                    (outcome, count) ->
                        samples.add(
                            new Sample.Plain(
                                labels(place, Map.of("outcome", outcome.key())), count))));
    return new Family(name, help, Kind.COUNTER, samples);
  }

  private Family counter(String name, String help, ToDoubleFunction<ClassFigures> value) {
    return perPlace(
        name,
        help,
        Kind.COUNTER,
        Map.of(),
        (labels, figures) -> new Sample.Plain(labels, value.applyAsDouble(figures)));
  }

  private Family histogram(String name, String help, Function<ClassFigures, LatencyHistogram> of) {
    return perPlace(
        name,
        help,
        Kind.HISTOGRAM,
        Map.of(),
        (labels, figures) -> of.apply(figures).sample(labels));
  }

  /** Makes a sample of a place's figures. */
  private interface Sampler {
    Sample of(Map<String, String> labels, ClassFigures figures);
  }

  private Family perPlace(
      String name, String help, Kind kind, Map<String, String> more, Sampler sampler) {
    List<Sample> samples = new ArrayList<>();
    places.forEach((place, figures) -> samples.add(sampler.of(labels(place, more), figures)));
    return new Family(name, help, kind, samples);
  }

  private Family one(String name, String help, Kind kind, double value) {
    return one(name, help, kind, labels(Map.of()), value);
  }

  private static Family one(
      String name, String help, Kind kind, Map<String, String> labels, double value) {
    return new Family(name, help, kind, List.of(new Sample.Plain(labels, value)));
  }

  private Map<String, String> labels(Place place, Map<String, String> more) {
    PhaseName phase = phases.apply(place.phase());
    TreeMap<String, String> labels = new TreeMap<>(labels(more));
    labels.put("phase", phase.name());
    labels.put("warmup", Boolean.toString(phase.warmup()));
    labels.put("class", place.requestClass());
    return Collections.unmodifiableSortedMap(labels);
  }

  private Map<String, String> labels(Map<String, String> more) {
    TreeMap<String, String> labels = new TreeMap<>(scenario.publish().labels());
    labels.putAll(more);
    labels.put("run", facts.run());
    return Collections.unmodifiableSortedMap(labels);
  }
}
