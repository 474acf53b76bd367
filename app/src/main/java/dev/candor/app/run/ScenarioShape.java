package dev.candor.app.run;

import dev.candor.base.random.Seed;
import dev.candor.corpus.shape.RequestShape;
import dev.candor.corpus.shape.ShapeCollector;
import dev.candor.corpus.shape.TrafficShape;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Scenario;
import dev.candor.token.Tokenizer;
import dev.candor.token.Tokenizers;
import dev.candor.workload.OpenedSource;
import dev.candor.workload.Prompt;
import dev.candor.workload.PromptSources;
import dev.candor.workload.Session;
import dev.candor.workload.SharedPrefixes;
import dev.candor.workload.arrival.Arrivals;
import dev.candor.workload.arrival.FireTimes;
import dev.candor.workload.arrival.ReplayPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scenario would ask, without asking it: its first sessions, answered by as many tokens as
 * they ask for. Sessions arrive as in its first measured step with a schedule; where users decide,
 * nobody knows when.
 */
public final class ScenarioShape {
  private static final int MOST_REQUESTS = 5_000;
  private static final int NONE = RequestShape.NONE;

  private final SharedPrefixes prefixes = new SharedPrefixes();
  private final List<RequestShape> requests = new ArrayList<>();
  private final long nanosPerToken;

  private ScenarioShape(long nanosPerToken) {
    this.nanosPerToken = nanosPerToken;
  }

  /** A request and the instant at which its answer is awaited from. */
  private record Asked(Session.Call call, long at, long think) {}

  /**
   * Draws them.
   *
   * @param nanosPerToken how long an answer is taken to last, for each of its tokens
   */
  public static TrafficShape of(Scenario scenario, long nanosPerToken) {
    Tokenizer tokenizer = Tokenizers.open(scenario.workload().tokenizer());
    Seed seed = new Seed(scenario.seed());
    OpenedSource source =
        PromptSources.open(
            scenario.workload(),
            tokenizer,
            seed.derive("prompts"),
            seed.value(),
            scenario.steps().stream().anyMatch(LoadStep.Replay.class::isInstance));
    Schedule schedule = Schedule.of(scenario, source, seed);
    ScenarioShape shape = new ScenarioShape(nanosPerToken);
    long number = schedule.firstNumber();
    long at = schedule.next();
    while (at != Long.MAX_VALUE && shape.requests.size() < MOST_REQUESTS) {
      shape.draw(source.source().session(number++), at);
      at = schedule.next();
    }
    return shape.collect();
  }

  private void draw(Session session, long at) {
    Deque<Asked> open = new ArrayDeque<>();
    open.add(new Asked(session.first(), at, NONE));
    while (!open.isEmpty()) {
      Asked asked = open.remove();
      Prompt prompt = asked.call().prompt();
      int output = prompt.maxTokens();
      requests.add(
          RequestShape.withoutBlocks(
              asked.call().turn(),
              asked.at(),
              NONE,
              asked.think(),
              Math.max(1, prompt.inputTokens()),
              output == 0 ? NONE : output,
              prefixes.count(prompt).tokens()));
      if (asked.call().follow() != Session.Follow.NOTHING) {
        String answer = asked.call().follow() == Session.Follow.ANSWER ? "the ".repeat(output) : "";
        long end = asked.at() == NONE ? NONE : asked.at() + nanosPerToken * output;
        for (Session.Call next :
            session.next(asked.call().turn(), new Session.Answer(answer, output))) {
          long nextAt = end == NONE ? NONE : end + next.waitNanos();
          open.add(new Asked(next, nextAt, next.waitNanos()));
        }
      }
    }
  }

  private TrafficShape collect() {
    ShapeCollector collector = new ShapeCollector();
    requests.stream()
        .sorted(Comparator.comparingLong(RequestShape::atNanos))
        .map(request -> nanosPerToken == 0 ? request : request.withAssumedEnd(nanosPerToken))
        .forEach(collector::add);
    return collector.shape();
  }

  /**
   * When sessions arrive; {@link #NONE} for each where that is not known.
   *
   * @param firstNumber of the session that arrives first
   */
  private record Schedule(@Nullable FireTimes times, long firstNumber) {
    static Schedule of(Scenario scenario, OpenedSource source, Seed seed) {
      List<LoadStep> steps = scenario.steps();
      ReplayPlan replays = source.times() == null ? null : ReplayPlan.of(steps, source.times());
      List<LoadStep> resolved = replays == null ? steps : replays.steps();
      for (int i = 0; i < resolved.size(); i++) {
        if (resolved.get(i).warmup()) {
          continue;
        }
        switch (resolved.get(i)) {
          case LoadStep.Closed ignored -> {}
          case LoadStep.Open open -> {
            return new Schedule(Arrivals.of(open, seed.derive("load").derive("arrivals")), 0);
          }
          case LoadStep.Replay replay -> {
            if (replays != null) {
              return new Schedule(
                  replays.times(replay), replays.firstNumbers().getOrDefault(i, 0L));
            }
          }
        }
      }
      return new Schedule(null, 0);
    }

    long next() {
      return times == null ? NONE : times.next();
    }
  }
}
