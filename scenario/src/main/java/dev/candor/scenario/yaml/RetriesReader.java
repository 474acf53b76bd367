package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.Suggestion;
import dev.candor.base.units.Durations;
import dev.candor.base.units.Shares;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.Retries;
import dev.candor.scenario.Retries.Advice;
import dev.candor.scenario.Retries.Backoff;
import dev.candor.scenario.Retries.Beyond;
import dev.candor.scenario.Retries.Failure;
import dev.candor.scenario.Retries.Jitter;
import dev.candor.scenario.Retries.On;
import dev.candor.scenario.Retries.Reach;
import dev.candor.scenario.Retries.Use;
import dev.candor.scenario.SdkRetries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code retries}: a policy's name, or a mapping that may change any part of one. */
final class RetriesReader {
  private static final int MOST_ATTEMPTS = 100;
  private static final long SECOND = 1_000_000_000L;
  private static final String SERVER_ERRORS = "5xx";

  /** What the own policies have where nothing else is said. */
  private static final Retries OWN =
      new Retries(
          "exponential",
          3,
          new Backoff.Exponential(SECOND / 2, 2, 30 * SECOND, new Jitter.Full()),
          On.DEFAULT,
          Reach.FIRST_TOKEN,
          Advice.DEFAULT,
          null,
          null);

  static final List<String> POLICIES =
      Stream.concat(
              Stream.of("none", "immediate", "fixed", "exponential"), SdkRetries.keys().stream())
          .toList();

  private final Problems problems;

  RetriesReader(Problems problems) {
    this.problems = problems;
  }

  Retries read(@Nullable Value value) {
    if (value == null) {
      return Retries.NONE;
    }
    if (value.isText() && !value.text().isBlank()) {
      try {
        return named(value.text());
      } catch (CandorException e) {
        problems.add(value.where(), String.valueOf(e.getMessage()));
        return Retries.NONE;
      }
    }
    Section section = new Section(value, problems, Keys.RETRIES);
    Retries base = section.read("policy", OWN, RetriesReader::named);
    if (!base.any()) {
      for (String key : Keys.RETRIES) {
        if (section.has(key) && !key.equals("policy")) {
          section.problem(key, "of policy none, which tries nothing again; leave it out");
        }
      }
      return Retries.NONE;
    }
    return new Retries(
        base.policy(),
        section.read(
            "max_attempts",
            base.maxAttempts(),
            text -> (int) Section.wholeNumber(text, 2, MOST_ATTEMPTS)),
        backoff(section, base.backoff()),
        on(section, base.on()),
        section.read("up_to", base.reach(), text -> one(text, Reach.values(), Reach::key)),
        advice(section, base.advice()),
        budget(section.get("budget")),
        breaker(section.get("breaker")));
  }

  static Retries named(String name) {
    for (SdkRetries sdk : SdkRetries.values()) {
      if (sdk.key().equals(name)) {
        return sdk.retries();
      }
    }
    return switch (name) {
      case "none" -> Retries.NONE;
      case "immediate" -> own(name, new Backoff.Immediate());
      case "fixed" -> own(name, new Backoff.Fixed(SECOND));
      case "exponential" -> OWN;
      default ->
          throw CandorException.user(
              "found '%s', must be a policy; %s".formatted(name, Suggestion.of(name, POLICIES)));
    };
  }

  private static Retries own(String name, Backoff backoff) {
    return new Retries(
        name, OWN.maxAttempts(), backoff, OWN.on(), OWN.reach(), OWN.advice(), null, null);
  }

  private static Backoff backoff(Section section, Backoff otherwise) {
    return switch (otherwise) {
      case Backoff.Immediate none -> {
        refuse(section, "immediate, which does not wait", "base", "factor", "max", "jitter");
        yield none;
      }
      case Backoff.Fixed(long pause) -> {
        refuse(section, "fixed, whose pauses are all the same", "factor", "max", "jitter");
        yield new Backoff.Fixed(section.read("base", pause, Section::positiveNanos));
      }
      case Backoff.Exponential known -> {
        long base = section.read("base", known.baseNanos(), Section::positiveNanos);
        long max = section.read("max", Math.max(base, known.maxNanos()), Section::positiveNanos);
        if (max < base) {
          section.problem(
              "max",
              "found %s, must be at least base, %s"
                  .formatted(QuantityText.nanos(max), QuantityText.nanos(base)));
        }
        yield new Backoff.Exponential(
            base,
            section.read("factor", known.factor(), text -> Section.number(text, 1)),
            max,
            section.read("jitter", known.jitter(), RetriesReader::jitter));
      }
    };
  }

  private static void refuse(Section section, String policy, String... keys) {
    for (String key : keys) {
      if (section.has(key)) {
        section.problem(key, "of policy %s; leave it out".formatted(policy));
      }
    }
  }

  private static Jitter jitter(String text) {
    return switch (text) {
      case "none" -> new Jitter.None();
      case "full" -> new Jitter.Full();
      case "equal" -> new Jitter.Equal();
      case "decorrelated" -> new Jitter.Decorrelated();
      default -> {
        if (text.startsWith("-") && text.endsWith("%")) {
          yield new Jitter.Less(Shares.parsePart(text.substring(1)));
        }
        if (text.startsWith("+")) {
          yield new Jitter.More(Section.positiveNanos(text.substring(1)));
        }
        throw CandorException.user(
            "found '%s', must be none, full, equal, decorrelated, up to a share less such as -25%%, or up to so much more such as +1s"
                .formatted(text));
      }
    };
  }

  private On on(Section section, On otherwise) {
    if (!section.has("on")) {
      return otherwise;
    }
    Set<Failure> failures = EnumSet.noneOf(Failure.class);
    List<Integer> statuses = new ArrayList<>();
    boolean serverErrors = false;
    for (Value item : section.items("on", "failures and statuses")) {
      String text = item.isText() ? item.text() : "";
      if (text.equals(SERVER_ERRORS)) {
        serverErrors = true;
      } else if (text.matches("[45]\\d\\d")) {
        statuses.add(Integer.valueOf(text));
      } else {
        try {
          failures.add(one(text, Failure.values(), Failure::key));
        } catch (CandorException e) {
          problems.add(
              item.where(),
              "found %s, must be connect, timeout, broken, 5xx or a status from 400 to 599"
                  .formatted(Section.kind(item)));
        }
      }
    }
    if (failures.isEmpty() && statuses.isEmpty() && !serverErrors) {
      section.problem("on", "must name what is tried again, such as [429, 5xx, connect]");
    }
    return new On(failures, statuses, serverErrors);
  }

  private static Advice advice(Section section, Advice otherwise) {
    return new Advice(
        section.read(
            "retry_after", otherwise.retryAfter(), text -> one(text, Use.values(), Use::key)),
        section.read("reset", otherwise.resets(), RetriesReader::honoured),
        section.read("retry_after_max", otherwise.longestNanos(), Section::positiveNanos),
        section.read(
            "retry_after_beyond",
            otherwise.beyond(),
            text -> one(text, Beyond.values(), Beyond::key)),
        section.read("should_retry", otherwise.shouldRetry(), RetriesReader::honoured));
  }

  private static boolean honoured(String text) {
    return one(text, new Use[] {Use.HONOUR, Use.IGNORE}, Use::key) == Use.HONOUR;
  }

  private static <T> T one(String text, T[] all, Function<T, String> key) {
    for (T each : all) {
      if (key.apply(each).equals(text)) {
        return each;
      }
    }
    throw CandorException.user(
        "found '%s'; %s"
            .formatted(text, Suggestion.of(text, Arrays.stream(all).map(key).toList())));
  }

  private Retries.@Nullable Budget budget(@Nullable Value value) {
    if (value == null) {
      return null;
    }
    Section section = new Section(value, problems, Keys.RETRY_BUDGET);
    return new Retries.Budget(
        section.read("share", 0.1, Shares::parsePart),
        section.read("min_per_second", 0.0, text -> Section.number(text, 0)));
  }

  private Retries.@Nullable Breaker breaker(@Nullable Value value) {
    if (value == null) {
      return null;
    }
    Section section = new Section(value, problems, Keys.RETRY_BREAKER);
    return new Retries.Breaker(
        section.read("failures", 0.5, RetriesReader::failures),
        section.read("window", 10 * SECOND, RetriesReader::wholeSeconds),
        section.integer("min_calls", 20, 1),
        section.read("open_for", 10 * SECOND, Section::positiveNanos),
        section.integer("probes", 5, 1));
  }

  private static double failures(String text) {
    double share = Shares.parsePart(text);
    if (share <= 0) {
      throw CandorException.user("found %s, must be above 0%%".formatted(text));
    }
    return share;
  }

  private static long wholeSeconds(String text) {
    long nanos = Durations.parseNanos(text);
    if (nanos < SECOND || nanos % SECOND != 0) {
      throw CandorException.user("found %s, must be whole seconds".formatted(text));
    }
    return nanos;
  }
}
