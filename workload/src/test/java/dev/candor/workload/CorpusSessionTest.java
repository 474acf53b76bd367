package dev.candor.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.corpus.CorpusRow;
import dev.candor.scenario.SaltScope;
import dev.candor.scenario.Workload;
import dev.candor.workload.Session.Answer;
import dev.candor.workload.Session.Call;
import dev.candor.workload.Session.Follow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session of a corpus asks, turn by turn. */
final class CorpusSessionTest {
  private static final String HI = "{\"role\":\"user\",\"content\":\"Hi\"}";
  private static final String HELLO = "{\"role\":\"assistant\",\"content\":\"Hello.\"}";
  private static final String MORE = "{\"role\":\"user\",\"content\":\"More?\"}";
  private static final String YES = "{\"role\":\"assistant\",\"content\":\"Yes.\"}";
  private static final String BYE = "{\"role\":\"user\",\"content\":\"Bye\"}";

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("prod.parquet");
  }

  private static String array(String... messages) {
    return "[" + String.join(",", messages) + "]";
  }

  private static Session session(Workload.Corpus source) {
    return Corpora.open(source).session(0);
  }

  private static List<Integer> turns(List<Call> calls) {
    return calls.stream().map(Call::turn).toList();
  }

  @Test
  void turns_startWhenAllThatTheyWaitForHaveEnded() throws IOException {
    Path file =
        new Corpora()
            .session(0, 50, 5)
            .after(10, 0)
            .after(20, 0)
            .after(30, 1, 2)
            .after(CorpusRow.NONE, 3)
            .write(file());
    Session session = session(Corpora.source(file));
    Call first = session.first();
    assertThat(first.turn()).isZero();
    assertThat(first.waitNanos()).isZero();
    assertThat(first.follow()).isEqualTo(Follow.END);
    Answer answer = new Answer("", 1);
    List<Call> sideBySide = session.next(0, answer);
    assertThat(turns(sideBySide)).containsExactly(1, 2);
    assertThat(sideBySide).extracting(Call::waitNanos).containsExactly(10L, 20L);
    assertThat(session.next(2, answer)).isEmpty();
    assertThat(session.next(1, answer))
        .singleElement()
        .satisfies(
            join -> {
              assertThat(join.turn()).isEqualTo(3);
              assertThat(join.waitNanos()).isEqualTo(30);
              assertThat(join.prompt().inputTokens()).isEqualTo(103);
            });
    assertThat(session.next(3, answer))
        .singleElement()
        .satisfies(
            last -> {
              assertThat(last.waitNanos()).isZero();
              assertThat(last.follow()).isEqualTo(Follow.NOTHING);
            });
    assertThatThrownBy(() -> session.next(3, answer))
        .hasMessageContaining("session 0 has no call 3 in flight");
  }

  @Test
  void severalThatBegin_startBehindTheFirst() throws IOException {
    Path file = new Corpora().session(0, 50, 5).after(7).after(9).after(3, 1, 2).write(file());
    Session session = session(Corpora.source(file));
    assertThat(session.first().turn()).isZero();
    assertThat(turns(session.next(0, new Answer("", 1)))).containsExactly(1, 2);
    assertThat(session.next(1, new Answer("", 1))).isEmpty();
    assertThat(turns(session.next(2, new Answer("", 1)))).containsExactly(3);
  }

  @ParameterizedTest
  @EnumSource(SaltScope.class)
  void lengthsAlone_carryOnWhatWasSaid(SaltScope salt) throws IOException {
    Path file =
        new Corpora()
            .session(0, 50, 30)
            .turn(5, 120, CorpusRow.NONE)
            .turn(5, 124, 8)
            .turn(5, 40, 6)
            .write(file());
    List<Call> calls =
        Mixes.play(
            Corpora.open(Corpora.workload(Corpora.source(file), salt), false).source().session(0),
            "unused");
    assertThat(calls)
        .extracting(Call::follow)
        .containsExactly(Follow.END, Follow.END, Follow.END, Follow.NOTHING);
    List<Prompt> prompts = calls.stream().map(Call::prompt).toList();
    assertThat(prompts).extracting(Prompt::inputTokens).containsExactly(50, 120, 124, 40);
    assertThat(prompts).extracting(Prompt::maxTokens).containsExactly(30, 0, 8, 6);
    assertThat(prompts).allMatch(each -> Mixes.tokens(each) == each.inputTokens());
    List<Prompt.Message> first = prompts.getFirst().messages();
    List<Prompt.Message> second = prompts.get(1).messages();
    assertThat(Mixes.roles(prompts.get(1))).containsExactly("user", "assistant", "user");
    if (salt == SaltScope.REQUEST) {
      assertThat(second.getFirst()).isNotEqualTo(first.getFirst());
    } else {
      assertThat(second.getFirst()).isEqualTo(first.getFirst());
    }
    assertThat(Mixes.TOKENIZER.count(second.get(1).content())).isEqualTo(30);
    // An answer of unknown length is one word, and the message gets what is left.
    assertThat(prompts.get(2).messages().subList(1, 3)).isEqualTo(second.subList(1, 3));
    assertThat(prompts.get(2).messages()).hasSize(5);
    // Shorter than all that was said: something new.
    assertThat(Mixes.roles(prompts.get(3))).containsExactly("user");
    assertThat(Corpora.contents(prompts.get(3)))
        .doesNotContainAnyElementsOf(Corpora.contents(prompts.getFirst()));
  }

  @Test
  void lengthsAlone_realAnswers_takeTheirRoom() throws IOException {
    Path file = new Corpora().session(0, 50, 30).turn(5, 120, 9).turn(5, 125, 9).write(file());
    Session session = session(Corpora.real(file));
    assertThat(session.first().follow()).isEqualTo(Follow.ANSWER);
    Prompt second = session.next(0, new Answer("The sea is wide.", 4)).getFirst().prompt();
    assertThat(second.messages().get(1))
        .isEqualTo(new Prompt.Message("assistant", "The sea is wide."));
    assertThat(second.inputTokens()).isEqualTo(120).isEqualTo(Mixes.tokens(second));
    // Ten words have no room among five tokens.
    Prompt third = session.next(1, new Answer("word ".repeat(10), 10)).getFirst().prompt();
    assertThat(third.messages()).hasSize(1);
    assertThat(third.inputTokens()).isEqualTo(125);
  }

  @Test
  void blocks_areTextInCommon_asTheIdsSay() throws IOException {
    Random random = new Random(11);
    Corpora corpora = new Corpora();
    for (int i = 0; i < 40; i++) {
      long[] ids = new long[1 + random.nextInt(8)];
      long id = 0;
      for (int block = 0; block < ids.length; block++) {
        id = id * 31 + 1 + random.nextInt(2);
        ids[block] = id * 0x9E3779B97F4A7C15L;
      }
      corpora.session(i, ids.length * 16 + random.nextInt(40), 5, ids);
    }
    SessionSource source = Corpora.open(Corpora.source(corpora.write(file())));
    List<CorpusRow> rows = corpora.rows();
    int shared = 0;
    for (int i = 0; i < rows.size(); i++) {
      Prompt prompt = source.session(i).first().prompt();
      assertThat(prompt.inputTokens()).isEqualTo(rows.get(i).inputTokens());
      assertThat(Mixes.tokens(prompt)).isEqualTo(prompt.inputTokens());
      for (int j = 0; j < i; j++) {
        int mismatch = Arrays.mismatch(rows.get(i).blocks(), rows.get(j).blocks());
        int blocks = mismatch < 0 ? rows.get(i).blocks().length : mismatch;
        int shorter = Math.min(rows.get(i).inputTokens(), rows.get(j).inputTokens());
        int expected = Math.min(Corpora.SALT_TOKENS + 16 * blocks, shorter - 1);
        // Words may be the same by chance.
        assertThat(Corpora.common(prompt, source.session(j).first().prompt()))
            .as("%d and %d", i, j)
            .isBetween(expected, expected + 2);
        shared += blocks;
      }
    }
    assertThat(shared).isGreaterThan(500);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 12, 17})
  void blocks_promptsThatEndWithThem_stayAsLongAsAsked(int input) throws IOException {
    Path file = new Corpora().session(0, input, 5, 4, 5).session(1, 16, 5, 4).write(file());
    SessionSource source = Corpora.open(Corpora.source(file));
    for (int i = 0; i < 2; i++) {
      Prompt prompt = source.session(i).first().prompt();
      assertThat(Mixes.tokens(prompt)).isEqualTo(i == 0 ? input : 16);
    }
  }

  @Test
  void blocks_theSameToTheEnd_stillHaveATokenOfTheirOwn() throws IOException {
    Path file =
        new Corpora().session(0, 64, 5, 1, 2, 3, 4).session(1, 64, 5, 1, 2, 3, 4).write(file());
    SessionSource source = Corpora.open(Corpora.source(file));
    assertThat(
            Corpora.common(source.session(0).first().prompt(), source.session(1).first().prompt()))
        .isEqualTo(63);
  }

  @Test
  void texts_areSentAsRecorded_behindTheSalt() throws IOException {
    String call =
        """
        {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"look_up","arguments":"{\\"a\\":1}"}}]}""";
    String result = "{\"role\":\"tool\",\"content\":\"42\",\"tool_call_id\":\"c1\"}";
    String system = "{\"role\":\"developer\",\"content\":\"Be brief.\"}";
    String silent = "{\"role\":\"assistant\",\"content\":\"\"}";
    Path file =
        new Corpora()
            .texts(array(system, HI), array(system, HI, call, result, silent, BYE))
            .write(file());
    List<Call> calls = Mixes.play(session(Corpora.source(file)), "not this");
    Prompt first = calls.getFirst().prompt();
    assertThat(Corpora.contents(first)).containsExactly("Be brief.", "Hi");
    assertThat(first.messages().getFirst().content()).startsWith("[").hasSize(18 + 9);
    assertThat(calls.get(1).waitNanos()).isEqualTo(Corpora.SECOND);
    Prompt second = calls.get(1).prompt();
    assertThat(Mixes.roles(second))
        .containsExactly("system", "user", "assistant", "user", "assistant", "user");
    assertThat(Corpora.contents(second))
        .containsExactly("Be brief.", "Hi", "look_up {\"a\":1}", "42", "(no answer)", "Bye");
    assertThat(second.inputTokens()).isEqualTo(Mixes.tokens(second));
    assertThat(second.maxTokens()).isEqualTo(9);
  }

  @Test
  void texts_realAnswers_replaceTheRecordedOnes_andStay() throws IOException {
    Path file =
        new Corpora()
            .texts(
                array(HI),
                array(HI, HELLO, MORE),
                array(HI, HELLO, MORE, YES, BYE),
                array(HI, YES, BYE),
                array(BYE))
            .write(file());
    List<Call> calls = Mixes.play(session(Corpora.real(file)), "real ");
    assertThat(calls.stream().map(call -> Corpora.contents(call.prompt())).toList())
        .containsExactly(
            List.of("Hi"),
            List.of("Hi", "real 0", "More?"),
            List.of("Hi", "real 0", "More?", "real 1", "Bye"),
            // It does not go on from the turn before it, and so is as recorded.
            List.of("Hi", "Yes.", "Bye"),
            List.of("Bye"));
    assertThat(calls)
        .extracting(Call::follow)
        .containsExactly(Follow.ANSWER, Follow.ANSWER, Follow.END, Follow.END, Follow.NOTHING);
    assertThat(calls).allMatch(call -> call.prompt().inputTokens() == Mixes.tokens(call.prompt()));

    List<Call> recorded = Mixes.play(session(Corpora.source(file)), "real ");
    assertThat(Corpora.contents(recorded.get(2).prompt()))
        .containsExactly("Hi", "Hello.", "More?", "Yes.", "Bye");
    assertThat(recorded).extracting(Call::follow).doesNotContain(Follow.ANSWER);
    Session silent = session(Corpora.real(file));
    assertThat(silent.first().turn()).isZero();
    assertThat(Corpora.contents(silent.next(0, new Answer(" ", 0)).getFirst().prompt()))
        .containsExactly("Hi", "(no answer)", "More?");
  }

  @ParameterizedTest
  @EnumSource(SaltScope.class)
  void texts_saltsAreOfTheirScope(SaltScope salt) throws IOException {
    Path file =
        new Corpora().texts(array(HI), array(HI, HELLO, MORE)).texts(array(HI)).write(file());
    SessionSource source =
        Corpora.open(Corpora.workload(Corpora.source(file), salt), false).source();
    List<Call> calls = Mixes.play(source.session(0), "");
    String first = calls.getFirst().prompt().messages().getFirst().content();
    String second = calls.get(1).prompt().messages().getFirst().content();
    String other = source.session(1).first().prompt().messages().getFirst().content();
    String later = source.session(2).first().prompt().messages().getFirst().content();
    assertThat(first.equals(second)).isEqualTo(salt != SaltScope.REQUEST);
    assertThat(first.equals(other)).isEqualTo(salt == SaltScope.RUN || salt == SaltScope.NONE);
    assertThat(first.equals(later)).isEqualTo(salt == SaltScope.NONE);
  }
}
