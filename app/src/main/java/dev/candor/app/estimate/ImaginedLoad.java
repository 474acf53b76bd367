package dev.candor.app.estimate;

import dev.candor.app.estimate.Assumptions.Case;
import dev.candor.app.simulate.WordTokens;
import dev.candor.base.random.Seed;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Workload;
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
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a load with the sessions that the run would draw, asked of a target of constant
 * speed. Of many users or arrivals only every k-th is looked at, over the whole time, and stands
 * for k: so no time of the run is seen less than another. For one use.
 */
final class ImaginedLoad {
  /** Of sources whose texts are made. */
  private static final int MOST_WITH_TEXT = 3_000;

  /** Of sources that have lengths alone. */
  private static final int MOST = 40_000;

  /** Beyond so many times what is looked at, a step's rest is taken to be like its begin. */
  private static final int HARD_FACTOR = 3;

  private static final long MOST_INPUT_TOKENS = 20_000_000;
  private static final int NOBODY = -1;

  private final Seed seed;
  private final RandomGenerator random;
  private final Case assumed;
  private final OpenedSource source;
  private final @Nullable ReplayPlan replays;
  private final List<LoadStep> steps;
  private final int most;
  private final SharedPrefixes prefixes = new SharedPrefixes();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at));
  private final Set<Integer> active = new HashSet<>();
  private final Tally total = new Tally();

  /** When what is in flight ends, where a step bounds that. */
  private final PriorityQueue<Long> inFlight = new PriorityQueue<>();

  private int cap = Integer.MAX_VALUE;
  private long stepEnd;
  private long number;
  private long stepStart;
  private long looked;
  private long inputLooked;
  private boolean sampled;

  /**
   * What happens at an instant: a user's or an arrival's new session where {@code call} is null.
   */
  private record Event(
      long at, int user, @Nullable Session session, Session.@Nullable Call call, Open open) {}

  /** Calls of a session that have not ended. */
  private static final class Open {
    /** How many sessions it stands for, whichever step it goes on in. */
    final double weight;

    int calls = 1;

    Open(double weight) {
      this.weight = weight;
    }
  }

  private ImaginedLoad(Scenario scenario, List<LoadStep> load, Case assumed) {
    this.seed = new Seed(scenario.seed());
    this.random = seed.derive("estimate").stream();
    this.assumed = assumed;
    Seed prompts = seed.derive("prompts");
    boolean timed = load.stream().anyMatch(LoadStep.Replay.class::isInstance);
    OpenedSource lengths = PromptSources.lengths(scenario.workload(), prompts, timed);
    this.most = lengths == null ? MOST_WITH_TEXT : MOST;
    this.source =
        lengths != null
            ? lengths
            : PromptSources.open(
                scenario.workload(), tokenizer(scenario), prompts, seed.value(), timed);
    this.replays = source.times() == null ? null : ReplayPlan.of(load, source.times());
    this.steps = replays == null ? load : replays.steps();
  }

  /** As the simulation has it: texts that are generated are as long in any tokenizer's tokens. */
  private static Tokenizer tokenizer(Scenario scenario) {
    return switch (scenario.workload().source()) {
      case Workload.Synthetic _, Workload.Trace _ -> WordTokens.INSTANCE;
      case Workload.Messages _, Workload.Corpus _ ->
          Tokenizers.open(scenario.workload().tokenizer());
    };
  }

  /** What came of it; {@code sampled}: not every request was looked at. */
  record Outcome(Tally tally, boolean sampled, long looked) {}

  static Outcome of(Scenario scenario, List<LoadStep> steps, Case assumed) {
    ImaginedLoad load = new ImaginedLoad(scenario, steps, assumed);
    load.run();
    return new Outcome(load.total, load.sampled, load.looked);
  }

  private void run() {
    number = replays == null ? 0 : replays.otherNumbers();
    for (int i = 0; i < steps.size(); i++) {
      step(i);
    }
    total.endNanos = stepStart;
  }

  private void step(int index) {
    LoadStep step = steps.get(index);
    long end = stepStart + step.durationNanos();
    Tally own = new Tally();
    int every = Math.max(1, (int) Math.ceil(expected(step) / ((double) most / steps.size())));
    sampled |= every > 1;
    double weight = weight(step, every);
    FireTimes times = begin(index, step, every);
    Integer mostInFlight = mostInFlight(step);
    cap = mostInFlight == null ? Integer.MAX_VALUE : Math.max(1, mostInFlight / every);
    stepEnd = end;
    long arrivals = 0;
    long nextArrival = times == null ? Long.MAX_VALUE : times.next();
    long replayed = replays == null ? 0 : replays.firstNumbers().getOrDefault(index, 0L);
    long lookedBefore = looked;
    long inputBefore = inputLooked;
    long reached = end;
    while (true) {
      Event event = events.peek();
      long arrivesAt = nextArrival == Long.MAX_VALUE ? Long.MAX_VALUE : stepStart + nextArrival;
      long at = Math.min(arrivesAt, event == null ? Long.MAX_VALUE : event.at());
      if (at >= end) {
        break;
      }
      if (looked - lookedBefore > (long) HARD_FACTOR * most / steps.size()
          || inputLooked - inputBefore > MOST_INPUT_TOKENS / steps.size()) {
        reached = at;
        break;
      }
      if (arrivesAt <= at) {
        if (arrivals++ % every == 0) {
          long own1 = step instanceof LoadStep.Replay ? replayed + arrivals - 1 : number++;
          Session session = source.source().session(own1);
          ask(own, new Event(at, NOBODY, session, session.first(), new Open(weight)));
        }
        nextArrival = Objects.requireNonNull(times).next();
      } else {
        happen(own, step, Objects.requireNonNull(events.poll()), end, weight);
      }
    }
    if (reached < end && reached > stepStart) {
      sampled = true;
      own.scale((double) (end - stepStart) / (reached - stepStart));
      events.clear();
      active.clear();
    }
    total.addAll(own);
    stepStart = end;
    if (!(index + 1 < steps.size() && alike(step, steps.get(index + 1)))) {
      events.clear();
      active.clear();
    }
  }

  /** Whether the sessions of one step go on in the next. */
  private static boolean alike(LoadStep step, LoadStep next) {
    return step instanceof LoadStep.Closed == next instanceof LoadStep.Closed;
  }

  private static @Nullable Integer mostInFlight(LoadStep step) {
    return switch (step) {
      case LoadStep.Closed _ -> null;
      case LoadStep.Open open -> open.maxInFlight();
      case LoadStep.Replay replay -> replay.maxInFlight();
    };
  }

  /** When what is wanted at {@code at} can start, as a step may bound what is in flight. */
  private long starts(long at) {
    while (!inFlight.isEmpty() && inFlight.peek() <= at) {
      var _ = inFlight.poll();
    }
    return inFlight.size() < cap ? at : Objects.requireNonNull(inFlight.poll());
  }

  /** How many users, or arrivals, each of those that are looked at stands for. */
  private static double weight(LoadStep step, int every) {
    if (step instanceof LoadStep.Closed closed) {
      int highest = Math.max(closed.fromUsers(), closed.users());
      return highest / Math.ceil((double) highest / every);
    }
    return every;
  }

  /** Has the step's users come; the schedule of the others. */
  private @Nullable FireTimes begin(int index, LoadStep step, int every) {
    return switch (step) {
      case LoadStep.Closed closed -> {
        // A step before may have looked at more of them.
        events.removeIf(event -> event.user() != NOBODY && event.user() % every != 0);
        active.removeIf(user -> user % every != 0);
        int highest = Math.max(closed.fromUsers(), closed.users());
        for (int user = 0; user < highest; user += every) {
          long joins = joins(closed, user);
          if (joins < closed.durationNanos() && active.add(user)) {
            events.add(new Event(stepStart + joins, user, null, null, new Open(0)));
          }
        }
        yield null;
      }
      case LoadStep.Open open ->
          Arrivals.of(open, seed.derive("load").derive("arrivals").derive(index));
      case LoadStep.Replay replay -> replays == null ? null : replays.times(replay);
    };
  }

  private static long joins(LoadStep.Closed step, int user) {
    if (user < step.fromUsers()) {
      return 0;
    }
    double share = (user + 1.0 - step.fromUsers()) / (step.users() - step.fromUsers());
    return (long) Math.ceil(share * step.durationNanos());
  }

  private static boolean wants(LoadStep step, int user, double share) {
    return user == NOBODY
        ? !(step instanceof LoadStep.Closed)
        : step instanceof LoadStep.Closed closed
            && user
                < closed.fromUsers()
                    + (closed.users() - closed.fromUsers()) * Math.min(1, share)
                    + 1e-9;
  }

  private void happen(Tally own, LoadStep step, Event event, long end, double weight) {
    double share = (double) (event.at() - stepStart) / Math.max(1, end - stepStart);
    if (!wants(step, event.user(), share)) {
      active.remove(event.user());
      return;
    }
    if (event.session() == null || event.call() == null) {
      Session session = source.source().session(number++);
      ask(own, new Event(event.at(), event.user(), session, session.first(), new Open(weight)));
    } else {
      ask(own, event);
    }
  }

  private void ask(Tally own, Event event) {
    Session session = Objects.requireNonNull(event.session());
    Session.Call call = Objects.requireNonNull(event.call());
    Prompt prompt = call.prompt();
    long starts = cap == Integer.MAX_VALUE ? event.at() : starts(event.at());
    if (starts >= stepEnd) {
      // Held back until its step was over: never sent, and its place is still taken.
      var _ = inFlight.add(starts);
      return;
    }
    int output = assumed.answer(prompt.maxTokens());
    int shared = most == MOST ? 0 : Math.max(0, prefixes.count(prompt).tokens());
    own.add(event.at(), prompt.inputTokens(), shared, output, event.open().weight);
    looked++;
    inputLooked += prompt.inputTokens();
    long ended = starts + assumed.speed().answerNanos(output);
    if (cap < Integer.MAX_VALUE) {
      var _ = inFlight.add(ended);
    }
    Open open = event.open();
    if (call.follow() != Session.Follow.NOTHING) {
      String answer = call.follow() == Session.Follow.ANSWER ? "the ".repeat(output) : "";
      for (Session.Call next : session.next(call.turn(), new Session.Answer(answer, output))) {
        open.calls++;
        events.add(new Event(ended + next.waitNanos(), event.user(), session, next, open));
      }
    }
    open.calls--;
    if (open.calls == 0 && event.user() != NOBODY) {
      long think = Math.max(0, Math.round(think(ended)));
      events.add(new Event(ended + think, event.user(), null, null, new Open(0)));
    }
  }

  /** Of the step that {@code at} lies in. */
  private double think(long at) {
    long start = 0;
    for (LoadStep step : steps) {
      start += step.durationNanos();
      if (at < start) {
        return step instanceof LoadStep.Closed closed ? closed.thinkNanos().sample(random) : 0;
      }
    }
    return 0;
  }

  /** Roughly how many requests the step has. */
  private double expected(LoadStep step) {
    double seconds = step.durationNanos() / 1e9;
    return switch (step) {
      case LoadStep.Closed closed ->
          Math.max(closed.fromUsers(), closed.users())
              * seconds
              / Math.max(
                  0.05,
                  (assumed.speed().answerNanos(assumed.answer(300)) + closed.thinkNanos().mean())
                      / 1e9);
      case LoadStep.Open open -> seconds * (open.fromRatePerSecond() + open.ratePerSecond()) / 2;
      case LoadStep.Replay replay -> {
        FireTimes times = replays == null ? null : replays.times(replay);
        long count = 0;
        while (times != null && times.next() != Long.MAX_VALUE) {
          count++;
        }
        yield count;
      }
    };
  }
}
