package dev.candor.app.simulate;

import dev.candor.base.random.Seed;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.ServerHints;
import dev.candor.load.transport.simulated.Gate;
import dev.candor.mock.fault.AnswerFaults;
import dev.candor.mock.fault.FaultTimetable;
import dev.candor.mock.fault.RequestFacts;
import dev.candor.record.Outcome;
import dev.candor.scenario.Api;
import dev.candor.scenario.MockFault;
import dev.candor.scenario.Target;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The mock's faults of single answers that are simulated: an error in place of the answer, and
 * answers that break off. By the mock's own timetable; which attempt a share of them strikes is
 * drawn by its request, its turn and its try. <b>For its scheduler's thread only.</b>
 */
final class AnswerFaultGate implements Gate {
  private static final long SECOND = 1_000_000_000;
  private static final long MILLISECOND = 1_000_000;

  private final FaultTimetable timetable;
  private final Seed seed;
  private final Target target;
  private final Map<String, String> headers;

  /**
   * @param seed of the rules' draws
   */
  AnswerFaultGate(FaultTimetable timetable, Seed seed, Target target) {
    this.timetable = timetable;
    this.seed = seed;
    this.target = target;
    this.headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    this.headers.putAll(target.headers());
  }

  /** Whether a simulation knows it. */
  static boolean simulates(MockFault.OfAnswer fault) {
    return switch (fault) {
      case MockFault.ErrorStatus _,
          MockFault.Disconnect _,
          MockFault.Truncated _,
          MockFault.ErrorFrame _ ->
          true;
      case MockFault.Reset(int after) -> after >= 0;
      case MockFault.SlowHeaders _,
          MockFault.NoAnswer _,
          MockFault.Stall _,
          MockFault.MalformedJson _,
          MockFault.SplitUtf8 _,
          MockFault.TokensPerChunk _,
          MockFault.MissingUsage _,
          MockFault.LyingUsage _,
          MockFault.PingFlood _,
          MockFault.HtmlInsteadOfJson _,
          MockFault.EndlessLine _,
          MockFault.InvalidUtf8 _,
          MockFault.EmptyAnswer _ ->
          false;
    };
  }

  @Override
  public Decision admit(Arrival arrival, long nanos) {
    long number = number(arrival);
    RequestFacts facts = new RequestFacts(number, target.model(), path(target.api()), headers::get);
    AnswerFaults struck = AnswerFaults.of(timetable.strike(facts, nanos), seed.derive(number));
    if (struck.instead() instanceof MockFault.ErrorStatus error) {
      return new Refused(
          error.status(), "the mock was told to answer " + error.status(), hints(error));
    }
    return struck.midStream().isEmpty()
        ? Admitted.FREELY
        : new Admitted(cut(struck.midStream().getFirst()), (served, at) -> {});
  }

  private static long number(Arrival arrival) {
    PreparedRequest request = arrival.request();
    int turn = request.turn().number();
    return turn == 0 && arrival.attempt() == 1
        ? request.number()
        : new Seed(request.number()).derive(turn).derive(arrival.attempt()).value();
  }

  /** As the mock's headers have it. */
  private ServerHints hints(MockFault.ErrorStatus error) {
    Long nanos = error.retryAfterNanos();
    if (nanos == null) {
      return ServerHints.NONE;
    }
    return ServerHints.retryAfter(
        Math.ceilDiv(nanos, SECOND) * SECOND,
        target.api() == Api.ANTHROPIC_MESSAGES
            ? null
            : (Long) (Math.ceilDiv(nanos, MILLISECOND) * MILLISECOND));
  }

  private static @Nullable Cut cut(MockFault.MidStream fault) {
    int after = fault.afterTokens();
    return switch (fault) {
      case MockFault.Reset _ ->
          new Cut(after, Outcome.DISCONNECTED, "the simulated server reset the connection");
      case MockFault.Disconnect _ ->
          new Cut(after, Outcome.DISCONNECTED, "the simulated server closed the connection");
      case MockFault.Truncated _ ->
          new Cut(
              after,
              Outcome.TRUNCATED,
              "the stream ended after %d token events without its end event".formatted(after));
      case MockFault.ErrorFrame _ ->
          new Cut(after, Outcome.ERROR_FRAME, "the simulated server sent an error");
      case MockFault.Stall _, MockFault.MalformedJson _ -> null;
    };
  }

  private static String path(Api api) {
    return switch (api) {
      case OPENAI_CHAT -> "/v1/chat/completions";
      case OPENAI_COMPLETIONS -> "/v1/completions";
      case OPENAI_RESPONSES -> "/v1/responses";
      case ANTHROPIC_MESSAGES -> "/v1/messages";
      case OPENAI_EMBEDDINGS, OLLAMA_CHAT, OLLAMA_GENERATE, GENERIC -> "";
    };
  }
}
