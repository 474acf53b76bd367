package dev.candor.load.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.stats.Distribution;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.scenario.ArrivalProcess;
import dev.candor.scenario.LoadStep;
import dev.candor.workload.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sessions in virtual time: every answer takes a second, and a user thinks for two. */
final class LoopSessionsTest {
  private static final long SECOND = 1_000_000_000;
  private static final long THINK = 2 * SECOND;

  private final List<String> answers = new ArrayList<>();
  private final VirtualLoop loop = new VirtualLoop(request -> SECOND);

  /** A session whose call {@code i} is followed by {@code next.get(i)}, side by side. */
  private final class Plan implements Session {
    private final long number;
    private final List<List<Integer>> next;

    Plan(long number, List<List<Integer>> next) {
      this.number = number;
      this.next = next;
    }

    @Override
    public long number() {
      return number;
    }

    @Override
    public Call first() {
      return call(0, 0);
    }

    private Call call(int turn, long wait) {
      return new Call(
          turn,
          wait,
          VirtualLoop.PROMPT,
          turn < next.size() && !next.get(turn).isEmpty() ? Follow.ANSWER : Follow.NOTHING);
    }

    @Override
    public List<Call> next(int turn, Answer answer) {
      answers.add(answer.text());
      return next.get(turn).stream().map(each -> call(each, THINK)).toList();
    }
  }

  private void sessions(List<List<Integer>> next) {
    loop.sessions = number -> new Plan(number, next);
  }

  private static LoadStep users(String name, int users, long seconds) {
    return new LoadStep.Closed(
        name, seconds * SECOND, false, users, users, new Distribution.Constant(0));
  }

  private static LoadStep arrivals(String name, double rate, long seconds, @Nullable Integer cap) {
    return new LoadStep.Open(
        name, seconds * SECOND, false, rate, rate, new ArrivalProcess.Constant(), cap);
  }

  private List<Long> intendedSeconds() {
    return loop.attempts.stream().map(each -> each.intended() / SECOND).sorted().toList();
  }

  @Test
  void closed_userGoesThroughASession_thenBeginsTheNext() {
    sessions(List.of(List.of(1), List.of(2), List.of()));
    loop.run(0, users("u", 1, 20));

    // 0, 3, 6 are the first session's, 7, 10, 13 the next one's: no think time lies between them.
    assertThat(intendedSeconds()).containsExactly(0L, 3L, 6L, 7L, 10L, 13L, 14L, 17L);
    assertThat(loop.attempts)
        .extracting(AttemptRecord::session)
        .containsExactly(0L, 0L, 0L, 1L, 1L, 1L, 2L, 2L);
    assertThat(loop.attempts)
        .extracting(AttemptRecord::turn)
        .containsExactly(0, 1, 2, 0, 1, 2, 0, 1);
    assertThat(loop.attempts).extracting(AttemptRecord::user).containsOnly(0L);
    assertThat(loop.attempts).extracting(AttemptRecord::request).doesNotHaveDuplicates();
    assertThat(answers).isNotEmpty().containsOnly("ab");
  }

  @Test
  void closed_parallelCalls_areInFlightTogether_andTheUserWaitsForAll() {
    sessions(List.of(List.of(1, 2, 3)));
    loop.run(0, users("u", 1, 9));

    assertThat(loop.mostInFlight).isEqualTo(3);
    assertThat(intendedSeconds()).containsExactly(0L, 3L, 3L, 3L, 4L, 7L, 7L, 7L, 8L);
  }

  @Test
  void closed_failure_endsTheSession() {
    sessions(List.of(List.of(1), List.of()));
    loop.outcome = Outcome.TRUNCATED;
    loop.run(0, users("u", 1, 3));

    assertThat(loop.attempts).extracting(AttemptRecord::turn).containsOnly(0);
    assertThat(loop.attempts).extracting(AttemptRecord::session).containsExactly(0L, 1L, 2L);
  }

  @Test
  void closed_nextStepStillWantsTheUser_sessionGoesOn_elseItEnds() {
    sessions(List.of(List.of(1), List.of(2), List.of()));
    loop.run(0, users("both", 2, 2), users("one", 1, 5));

    assertThat(loop.attempts)
        .filteredOn(each -> each.user() == 0)
        .extracting(AttemptRecord::phase)
        .containsExactly(0, 1, 1);
    assertThat(loop.attempts).filteredOn(each -> each.user() == 1).hasSize(1);
  }

  @Test
  void open_arrivalsAreSessions_whoseTurnsFollowTheirAnswers() {
    sessions(List.of(List.of(1), List.of()));
    loop.run(SECOND, arrivals("a", 1, 6, null));

    // Arrivals each second from 0; turn 1 three seconds after its session's, none once it is over.
    assertThat(loop.attempts)
        .filteredOn(each -> each.turn() == 0)
        .extracting(each -> each.intended() / SECOND)
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(loop.attempts)
        .filteredOn(each -> each.turn() == 1)
        .extracting(each -> each.intended() / SECOND)
        .containsExactly(3L, 4L, 5L);
  }

  @Test
  void open_nextStepIsOpen_sessionsGoOn_butNotIntoAClosedOne() {
    sessions(List.of(List.of(1), List.of()));
    loop.run(SECOND, arrivals("a", 1, 2, null), arrivals("b", 0.4, 2, null), users("c", 1, 2));

    assertThat(loop.attempts)
        .filteredOn(each -> each.turn() == 1)
        .extracting(each -> each.phase())
        .containsExactly(1);
  }

  @Test
  void open_cap_holdsLaterTurnsToo() {
    sessions(List.of(List.of(1), List.of()));
    loop.run(SECOND, arrivals("a", 2, 4, 1));

    // One at a time: four are sent; of the rest, one is the first session's second turn.
    assertThat(loop.mostInFlight).isEqualTo(1);
    assertThat(loop.attempts)
        .filteredOn(each -> each.outcome() == Outcome.UNFINISHED)
        .extracting(each -> each.intended() / (SECOND / 2))
        .containsExactlyInAnyOrder(4L, 5L, 6L, 6L, 7L);
  }

  @Test
  void follow_whileTheFeedMakesIt_startsLate_andLatenessIsTheClients() {
    sessions(List.of(List.of(1), List.of()));
    loop.makingNanos = 5 * SECOND;
    loop.run(SECOND, users("u", 1, 8));

    AttemptRecord late = loop.attempts.get(1);
    assertThat(late.intended()).isEqualTo(3 * SECOND);
    assertThat(late.sent()).isEqualTo(6 * SECOND);
  }
}
