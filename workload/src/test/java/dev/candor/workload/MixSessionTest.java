package dev.candor.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution.Constant;
import dev.candor.scenario.ContextLimit;
import dev.candor.scenario.PromptContext;
import dev.candor.scenario.SaltScope;
import dev.candor.scenario.SessionRules;
import dev.candor.scenario.Turns;
import dev.candor.scenario.Workload;
import dev.candor.workload.Session.Answer;
import dev.candor.workload.Session.Call;
import dev.candor.workload.Session.Follow;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations: what is carried on, what is cut, and what waits for what. */
final class MixSessionTest {
  private static final SessionRules GENERATED = new SessionRules(new ContextLimit.None(), false);
  private static final String[] TALK = {"system", "user", "assistant", "user", "assistant", "user"};

  private static Session talk(int turns, SessionRules rules) {
    return session(turns, rules, null, SaltScope.RUN);
  }

  private static Session session(
      int turns, SessionRules rules, Turns.@Nullable Subagents subagents, SaltScope salt) {
    return Mixes.open(Mixes.one(Mixes.talk(Mixes.SYSTEM, turns, subagents), rules), salt, 1)
        .session(4);
  }

  @Test
  void realAnswers_areCarriedOnVerbatim() {
    Session session = talk(3, SessionRules.DEFAULT);
    Call first = session.first();
    assertThat(first.follow()).isEqualTo(Follow.ANSWER);
    assertThat(first.waitNanos()).isZero();
    String answer = "  Für \"Sie\"\n\n\t- 4 < 5 \uD83D\uDE00 ";
    Call second = session.next(0, new Answer(answer, 12)).getFirst();
    assertThat(second.turn()).isEqualTo(1);
    assertThat(second.waitNanos()).isEqualTo(2_000_000_000L);
    assertThat(Mixes.roles(second.prompt())).containsExactly("system", "user", "assistant", "user");
    assertThat(second.prompt().messages().get(2).content()).isEqualTo(answer);
    assertThat(second.prompt().inputTokens())
        .isEqualTo(64 + 50 + Mixes.TOKENIZER.count(answer) + 50)
        .isEqualTo(Mixes.tokens(second.prompt()));
    Call third = session.next(1, new Answer("Yes.", 2)).getFirst();
    assertThat(Mixes.roles(third.prompt())).containsExactly(TALK);
    assertThat(third.follow()).as("nothing is kept that nobody needs").isEqualTo(Follow.NOTHING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n"})
  void answersWithoutText_areSaidToBe(String answer) {
    Session session = talk(2, SessionRules.DEFAULT);
    session.first();
    Prompt second = session.next(0, new Answer(answer, 0)).getFirst().prompt();
    assertThat(second.messages().get(2).content()).isEqualTo(Conversation.NO_ANSWER);
  }

  @Test
  void generatedAnswers_areAsLongAsAskedFor_andNeedNoText() {
    Session session = talk(3, GENERATED);
    assertThat(session.first().follow()).isEqualTo(Follow.END);
    Prompt second = session.next(0, new Answer("", Answer.UNCOUNTED)).getFirst().prompt();
    assertThat(second.inputTokens()).isEqualTo(64 + 50 + 30 + 50).isEqualTo(Mixes.tokens(second));
  }

  @ParameterizedTest
  @EnumSource(value = SaltScope.class, names = "REQUEST", mode = EnumSource.Mode.EXCLUDE)
  void prompts_startWithAllOfThePromptBefore(SaltScope salt) {
    List<Call> calls = Mixes.play(session(8, SessionRules.DEFAULT, null, salt), "Well, ");
    assertThat(calls).hasSize(8);
    for (int i = 1; i < calls.size(); i++) {
      List<Prompt.Message> before = calls.get(i - 1).prompt().messages();
      List<Prompt.Message> now = calls.get(i).prompt().messages();
      assertThat(now).hasSize(before.size() + 2).startsWith(before.toArray(Prompt.Message[]::new));
    }
  }

  @Test
  void ofRequestSalts_onlyTheFirstMessageChanges() {
    List<Call> calls = Mixes.play(session(3, GENERATED, null, SaltScope.REQUEST), "");
    List<Prompt.Message> one = calls.get(0).prompt().messages();
    List<Prompt.Message> other = calls.get(1).prompt().messages();
    assertThat(other.getFirst()).isNotEqualTo(one.getFirst());
    assertThat(other.get(1)).isEqualTo(one.get(1));
    assertThat(calls)
        .extracting(call -> Mixes.tokens(call.prompt()))
        .containsExactly(114, 194, 274);
  }

  @Test
  void limit_stop_endsTheSessionBeforeIt() {
    // Turn n asks for 64 + 50 + 80 n + 30 tokens: 144, 224, 304, 384.
    List<Call> calls = Mixes.play(talk(9, Mixes.rules(new ContextLimit.Stop(304), false)), "");
    assertThat(calls).hasSize(3);
    assertThat(calls).extracting(Call::follow).endsWith(Follow.END, Follow.NOTHING);
    assertThat(Mixes.play(talk(9, Mixes.rules(new ContextLimit.Stop(303), false)), "")).hasSize(2);
  }

  @Test
  void limit_stop_byALongRealAnswer_endsTheSession() {
    Session session = talk(9, Mixes.rules(new ContextLimit.Stop(304), true));
    assertThat(session.first().follow()).isEqualTo(Follow.ANSWER);
    assertThat(session.next(0, new Answer("word ".repeat(400), 400))).isEmpty();
  }

  @Test
  void limit_truncate_dropsTheOldestAndKeepsTheSystemMessage() {
    List<Call> calls = Mixes.play(talk(9, Mixes.rules(new ContextLimit.Truncate(340), false)), "");
    assertThat(calls).hasSize(9);
    for (Call call : calls) {
      assertThat(Mixes.tokens(call.prompt()) + 30).isLessThanOrEqualTo(340);
      assertThat(call.prompt().messages().getFirst())
          .isEqualTo(calls.getFirst().prompt().messages().getFirst());
    }
    List<Prompt.Message> third = calls.get(2).prompt().messages();
    List<Prompt.Message> fourth = calls.get(3).prompt().messages();
    assertThat(Mixes.roles(calls.get(3).prompt())).containsExactly(TALK);
    assertThat(fourth.subList(1, 4)).isEqualTo(third.subList(3, 6));
  }

  @Test
  void limit_truncate_withoutASystemMessage_saltsWhatIsFirstThen() {
    Workload.Synthetic mix =
        Mixes.one(
            Mixes.talk(PromptContext.NONE, 6, null),
            Mixes.rules(new ContextLimit.Truncate(250), true));
    List<Call> calls = Mixes.play(Mixes.open(mix, SaltScope.RUN, 1).session(0), "Well ");
    assertThat(calls).hasSize(6);
    Set<String> firsts = new HashSet<>();
    for (Call call : calls) {
      String first = call.prompt().messages().getFirst().content();
      assertThat(first).startsWith("[");
      assertThat(Mixes.tokens(call.prompt())).isEqualTo(call.prompt().inputTokens());
      firsts.add(first);
    }
    assertThat(firsts).hasSizeGreaterThan(1);
  }

  @Test
  void limit_summarise_putsASummaryInPlaceOfWhatWasSaid() {
    List<Call> calls =
        Mixes.play(talk(9, Mixes.rules(new ContextLimit.Summarise(304, 60), false)), "");
    assertThat(calls).hasSize(9);
    Prompt cut = calls.get(3).prompt();
    assertThat(Mixes.roles(cut)).containsExactly("system", "user");
    assertThat(Mixes.tokens(cut)).isEqualTo(64 + 60 + 50);
    assertThat(cut.messages().getFirst())
        .isEqualTo(calls.getFirst().prompt().messages().getFirst());
    assertThat(calls.get(4).prompt().messages())
        .startsWith(cut.messages().toArray(Prompt.Message[]::new));
    assertThat(calls.get(5).prompt().messages().get(1)).isNotEqualTo(cut.messages().get(1));
    for (Call call : calls) {
      assertThat(Mixes.tokens(call.prompt()) + 30).isLessThanOrEqualTo(304);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void limit_thatOneMessageExceeds_shortensTheFirstAndEndsThere(int policy) {
    ContextLimit limit =
        switch (policy) {
          case 1 -> new ContextLimit.Stop(120);
          case 2 -> new ContextLimit.Truncate(120);
          default -> new ContextLimit.Summarise(120, 5);
        };
    List<Call> calls = Mixes.play(talk(9, Mixes.rules(limit, false)), "");
    assertThat(calls).hasSize(1);
    assertThat(calls.getFirst().follow()).isEqualTo(Follow.NOTHING);
    assertThat(Mixes.tokens(calls.getFirst().prompt())).isEqualTo(120 - 30);
  }

  private static Turns.Subagents subagents(double share, int count, int turns) {
    return new Turns.Subagents(
        share,
        new Constant(count),
        new Constant(turns),
        new Constant(70),
        new Constant(40),
        new Constant(20),
        new Constant(1e9));
  }

  @Test
  void subagents_runSideBySide_andTheNextTurnWaitsForAll() {
    Session session = session(3, SessionRules.DEFAULT, subagents(1, 2, 2), SaltScope.RUN);
    Call main = session.first();
    List<Call> agents = session.next(0, new Answer("Go.", 2));
    assertThat(agents).extracting(Call::turn).containsExactly(1, 2);
    assertThat(agents).extracting(Call::waitNanos).containsOnly(0L);
    for (Call agent : agents) {
      assertThat(Mixes.roles(agent.prompt())).containsExactly("system", "user");
      assertThat(agent.prompt().messages().getFirst())
          .isEqualTo(main.prompt().messages().getFirst());
      assertThat(agent.prompt().inputTokens())
          .isEqualTo(64 + 70)
          .isEqualTo(Mixes.tokens(agent.prompt()));
      assertThat(agent.prompt().maxTokens()).isEqualTo(20);
      assertThat(agent.follow()).isEqualTo(Follow.ANSWER);
    }
    assertThat(agents.get(0).prompt().messages().get(1))
        .isNotEqualTo(agents.get(1).prompt().messages().get(1));

    Call later = session.next(2, new Answer("B1", 1)).getFirst();
    assertThat(later.turn()).isEqualTo(3);
    assertThat(later.waitNanos()).isEqualTo(1_000_000_000L);
    assertThat(later.prompt().messages())
        .startsWith(agents.get(1).prompt().messages().toArray(Prompt.Message[]::new));
    assertThat(session.next(3, new Answer("B2", 1))).as("the other agent is at work").isEmpty();
    session.next(1, new Answer("A1", 1));
    Call goesOn = session.next(4, new Answer("A2", 1)).getFirst();

    assertThat(goesOn.turn()).isEqualTo(5);
    assertThat(goesOn.waitNanos()).isZero();
    assertThat(goesOn.prompt().messages())
        .startsWith(main.prompt().messages().toArray(Prompt.Message[]::new));
    assertThat(goesOn.prompt().messages().get(2).content()).isEqualTo("Go.");
    assertThat(goesOn.prompt().messages().getLast())
        .isEqualTo(new Prompt.Message("user", "A2\n\nB2"));
    assertThat(Mixes.tokens(goesOn.prompt())).isEqualTo(goesOn.prompt().inputTokens());

    List<Call> again = session.next(5, new Answer("Once more.", 3));
    assertThat(again).extracting(Call::turn).containsExactly(6, 7);
  }

  @Test
  void subagents_generated_carryTextsOfTheLengthsAsked() {
    Session session = session(2, GENERATED, subagents(1, 3, 1), SaltScope.RUN);
    session.first();
    Answer none = new Answer("", Answer.UNCOUNTED);
    List<Call> agents = session.next(0, none);
    assertThat(agents).extracting(Call::follow).containsOnly(Follow.END);
    assertThat(session.next(1, none)).isEmpty();
    assertThat(session.next(2, none)).isEmpty();
    Call last = session.next(3, none).getFirst();
    assertThat(last.follow()).as("the last turn sets nobody to work").isEqualTo(Follow.NOTHING);
    assertThat(last.prompt().inputTokens())
        .isEqualTo(64 + 50 + 30 + 3 * 20)
        .isEqualTo(Mixes.tokens(last.prompt()));
  }

  @Test
  void subagents_areDrawnByTheirShare() {
    SessionSource source =
        Mixes.open(
            Mixes.one(Mixes.talk(Mixes.SYSTEM, 5, subagents(0.3, 1, 1)), GENERATED),
            SaltScope.NONE,
            1);
    long agents =
        IntStream.range(0, 500).mapToLong(i -> Mixes.play(source.session(i), "").size() - 5).sum();
    assertThat(agents / (500 * 4.0)).isBetween(0.27, 0.33);
  }

  @Test
  void subagents_sayTheSame_whicheverEndsFirst() {
    Session one = session(3, GENERATED, subagents(1, 2, 2), SaltScope.REQUEST);
    Session other = session(3, GENERATED, subagents(1, 2, 2), SaltScope.REQUEST);
    Answer none = new Answer("", Answer.UNCOUNTED);
    one.first();
    other.first();
    assertThat(one.next(0, none)).isEqualTo(other.next(0, none));
    String ofFirst = last(one.next(1, none));
    String ofSecond = last(one.next(2, none));
    assertThat(last(other.next(2, none))).isEqualTo(ofSecond);
    assertThat(last(other.next(1, none))).isEqualTo(ofFirst).isNotEqualTo(ofSecond);
  }

  private static String last(List<Call> calls) {
    return calls.getFirst().prompt().messages().getLast().content();
  }

  @Test
  void noTwoTexts_ofManySessions_beginAlike() {
    SessionSource source =
        Mixes.open(
            Mixes.one(Mixes.talk(PromptContext.NONE, 4, subagents(0.5, 2, 2)), GENERATED),
            SaltScope.NONE,
            1);
    Set<String> texts = new HashSet<>();
    for (int number = 0; number < 2200; number++) {
      for (Call call : Mixes.play(source.session(number), "")) {
        for (Prompt.Message message : call.prompt().messages()) {
          // A message of both sub-agents' results begins with an answer that one of them has said.
          if (message.content().split(" ").length != 40) {
            texts.add(message.content());
          }
        }
      }
    }
    Set<String> starts = new HashSet<>();
    for (String text : texts) {
      starts.add(String.join(" ", List.of(text.split(" ")).subList(0, 4)));
    }
    assertThat(texts).hasSizeGreaterThan(20_000);
    assertThat(starts).hasSameSizeAs(texts);
  }

  @Test
  void next_ofACallThatIsNotInFlight_isRefused() {
    Session session = talk(3, GENERATED);
    session.first();
    session.next(0, new Answer("", 1));
    assertThatThrownBy(() -> session.next(0, new Answer("", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no call 0");
  }

  @Test
  void seeds_giveOtherSessions() {
    Workload workload =
        new Workload(
            Mixes.one(Mixes.talk(Mixes.SYSTEM, 3, null), GENERATED),
            "o200k_base",
            null,
            SaltScope.NONE,
            false,
            List.of());
    Set<String> contents = new HashSet<>();
    for (long seed = 0; seed < 5; seed++) {
      SessionSource source =
          PromptSources.open(workload, Mixes.TOKENIZER, new Seed(seed), 1).source();
      contents.add(source.session(0).first().prompt().messages().toString());
    }
    assertThat(contents).hasSize(5);
  }
}
