package dev.candor.mock.fault;

import dev.candor.base.random.Seed;
import dev.candor.scenario.FaultKind;
import dev.candor.scenario.MockFault;
import dev.candor.scenario.MockFault.Replacing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The faults that strike one request, combined: of each kind the first, and where one replaces the
 * answer, only that and a delay.
 *
 * @param names for logs, such as {@code error 429}, in the order of the rules
 * @param delayNanos ahead of everything else
 * @param instead of the answer, or null
 * @param midStream in the order in which they come
 * @param tokensPerChunk 0: as without faults
 * @param splitUtf8 whether words are outside of ASCII and cut between writes
 * @param pingsPerToken keep-alive events ahead of each token
 * @param usage whether usage is told where it was asked for
 * @param usageFactor of the output tokens that it tells
 */
public record AnswerFaults(
    List<String> names,
    long delayNanos,
    @Nullable Replacing instead,
    List<MockFault.MidStream> midStream,
    int tokensPerChunk,
    boolean splitUtf8,
    int pingsPerToken,
    boolean usage,
    double usageFactor) {
  public static final AnswerFaults NONE =
      new AnswerFaults(List.of(), 0, null, List.of(), 0, false, 0, true, 1);

  public AnswerFaults {
    names = List.copyOf(names);
    midStream = List.copyOf(midStream);
  }

  /**
   * Combines what {@link FaultTimetable#strike} found.
   *
   * @param seed the request's
   */
  public static AnswerFaults of(List<MockFault.OfAnswer> struck, Seed seed) {
    if (struck.isEmpty()) {
      return NONE;
    }
    Map<FaultKind, MockFault.OfAnswer> kinds = new LinkedHashMap<>();
    for (MockFault.OfAnswer fault : struck) {
      kinds.putIfAbsent(FaultKind.of(fault), fault);
    }
    Collection<MockFault.OfAnswer> faults = kinds.values();
    Replacing instead = null;
    for (MockFault.OfAnswer fault : faults) {
      if (instead == null && fault instanceof Replacing replacing && replaces(replacing)) {
        instead = replacing;
      }
    }
    if (instead != null) {
      Replacing only = instead;
      faults.removeIf(fault -> !fault.equals(only) && !(fault instanceof MockFault.SlowHeaders));
    }
    return combined(faults, instead, seed);
  }

  private static boolean replaces(Replacing fault) {
    return !(fault instanceof MockFault.Reset(int after)) || after < 0;
  }

  private static AnswerFaults combined(
      Collection<MockFault.OfAnswer> faults, @Nullable Replacing instead, Seed seed) {
    List<String> names = new ArrayList<>();
    List<MockFault.MidStream> midStream = new ArrayList<>();
    long delayNanos = 0;
    int tokensPerChunk = 0;
    boolean splitUtf8 = false;
    int pingsPerToken = 0;
    boolean usage = true;
    double usageFactor = 1;
    for (MockFault.OfAnswer fault : faults) {
      names.add(name(fault));
      if (fault.equals(instead)) {
        continue;
      }
      switch (fault) {
        case MockFault.SlowHeaders(var delay) ->
            delayNanos = Math.round(delay.sample(seed.derive("delay").stream()));
        case MockFault.MidStream cut -> midStream.add(cut);
        case MockFault.TokensPerChunk(int tokens) -> tokensPerChunk = tokens;
        case MockFault.SplitUtf8 _ -> splitUtf8 = true;
        case MockFault.PingFlood(int perToken) -> pingsPerToken = perToken;
        case MockFault.MissingUsage _ -> usage = false;
        case MockFault.LyingUsage(double factor) -> usageFactor = factor;
        case Replacing _ -> throw new IllegalStateException("not replaced by " + fault);
      }
    }
    midStream.sort(Comparator.comparingInt(MockFault.MidStream::afterTokens));
    return new AnswerFaults(
        names,
        delayNanos,
        instead,
        midStream,
        tokensPerChunk,
        splitUtf8,
        pingsPerToken,
        usage,
        usageFactor);
  }

  /** For logs: {@code stall}, {@code error 429}. */
  public static String name(MockFault.OfAnswer fault) {
    String kind = FaultKind.of(fault).key();
    return fault instanceof MockFault.ErrorStatus error ? kind + " " + error.status() : kind;
  }
}
