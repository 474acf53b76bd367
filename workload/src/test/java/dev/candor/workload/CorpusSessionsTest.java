package dev.candor.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import dev.candor.base.random.Seed;
import dev.candor.corpus.CorpusRow;
import dev.candor.scenario.SaltScope;
import dev.candor.scenario.Workload;
import dev.candor.workload.arrival.RowTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which sessions of a corpus come, in which order, and what is said of those that do not. */
final class CorpusSessionsTest {
  private static final int MANY = 5000;

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("prod.parquet");
  }

  /** Sessions of one request, of 20 + number tokens. */
  private Path many() throws IOException {
    Corpora corpora = new Corpora();
    for (int i = 0; i < MANY; i++) {
      corpora.session(i * 10L, 20 + i % 50, 1 + i % 7, i / 10);
    }
    return corpora.write(file());
  }

  private static String first(SessionSource source, long number) {
    Session session = source.session(number);
    assertThat(session.number()).isEqualTo(number);
    return session.first().toString();
  }

  @Test
  void session_inAnyOrder_isTheSame() throws IOException {
    Path file = many();
    SessionSource forward = Corpora.open(Corpora.source(file));
    List<String> calls = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      Session.Call call = forward.session(i).first();
      assertThat(call.prompt().inputTokens()).isEqualTo(20 + i % 50);
      assertThat(call.prompt().maxTokens()).isEqualTo(1 + i % 7);
      assertThat(call.prompt().requestClass()).isEqualTo(i % 2 == 0 ? "chat" : "code");
      assertThat(call.follow()).isEqualTo(Session.Follow.NOTHING);
      calls.add(call.toString());
    }
    assertThat(calls).doesNotHaveDuplicates();
    SessionSource other = Corpora.open(Corpora.source(file));
    for (int i = MANY - 1; i >= 0; i -= 37) {
      assertThat(first(other, i)).isEqualTo(calls.get(i));
    }
  }

  @Test
  void session_severalThreads_getTheSame() throws Exception {
    Path file = many();
    SessionSource alone = Corpora.open(Corpora.source(file));
    SessionSource shared = Corpora.open(Corpora.source(file));
    List<Callable<List<String>>> tasks = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < MANY; i += 11) {
      numbers.add(i);
    }
    for (int thread = 0; thread < 4; thread++) {
      List<Integer> order = new ArrayList<>(numbers);
      Collections.rotate(order, thread * 100);
      tasks.add(() -> order.stream().sorted().map(each -> first(shared, each)).toList());
    }
    List<String> expected = numbers.stream().map(each -> first(alone, each)).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<List<String>> each : threads.invokeAll(tasks)) {
        assertThat(each.get()).isEqualTo(expected);
      }
    }
  }

  @Test
  void groups_askedNearlyInOrder_areReadOnce_andLetGoByTheirSize() throws IOException {
    CorpusIndex index = CorpusIndex.read(Corpora.source(many()), false, new ArrayList<>());
    CorpusGroups groups = new CorpusGroups(index);
    Random near = new Random(3);
    for (int i = 0; i < MANY; i++) {
      long number = Math.clamp(i + near.nextInt(-200, 200), 0, MANY - 1);
      assertThat(groups.session(number).turn(0).inputTokens()).isEqualTo((int) (20 + number % 50));
    }
    assertThat(groups.reads()).isEqualTo(5);
    CorpusGroups small = new CorpusGroups(index, 10);
    small.session(0);
    assertThat(small.reads()).as("the next one, too").isEqualTo(2);
    small.session(2000);
    small.session(2001);
    assertThat(small.reads()).isEqualTo(3);
    small.session(1);
    assertThat(small.reads()).isEqualTo(4);
  }

  @Test
  void rounds_haveTheSameLengthsAndOtherTexts() throws IOException {
    Path file =
        new Corpora()
            .session(0, 100, 5, 1, 2, 3)
            .session(1, 60, 5)
            .texts("[{\"role\":\"user\",\"content\":\"Tell me of the sea.\"}]")
            .session(4, 100, 5, 1, 2, 4)
            .write(file());
    SessionSource source = Corpora.open(Corpora.source(file));
    for (int i = 0; i < 4; i++) {
      Prompt now = source.session(i).first().prompt();
      Prompt then = source.session(4 + i).first().prompt();
      assertThat(then.inputTokens()).isEqualTo(i == 2 ? Mixes.tokens(then) : now.inputTokens());
      assertThat(then.messages()).isNotEqualTo(now.messages());
      // Salts of texts differ; generated ones have the same, and other words.
      int least = i == 2 ? 0 : Corpora.SALT_TOKENS;
      assertThat(Corpora.common(now, then)).isBetween(least, least + 2);
    }
    assertThat(Corpora.contents(source.session(6).first().prompt()))
        .containsExactly("Tell me of the sea.");
    // Blocks are shared within the later round as in the first.
    assertThat(
            Corpora.common(source.session(4).first().prompt(), source.session(7).first().prompt()))
        .isBetween(Corpora.SALT_TOKENS + 32, Corpora.SALT_TOKENS + 34);
  }

  @Test
  void limit_takesWholeSessionsUntilThereAreEnough() throws IOException {
    Path file =
        new Corpora()
            .session(0, 50, 5)
            .session(1, 60, 5)
            .turn(0, 90, 5)
            .turn(0, 120, 5)
            .session(2, 70, 5)
            .write(file());
    SessionSource source = Corpora.open(new Workload.Corpus(file, 2, 0, false));
    assertThat(source.session(2).first().prompt().inputTokens()).isEqualTo(50);
    assertThat(Mixes.play(source.session(1), "a")).hasSize(3);
    SessionSource first = Corpora.open(new Workload.Corpus(file, 1, 0, false));
    assertThat(first.session(1).first().prompt().inputTokens()).isEqualTo(50);
  }

  @Test
  void maxInput_cutsSessionsAndLeavesOutWhole_andSaysSo() throws IOException {
    Path file =
        new Corpora()
            .session(0, 500, 5)
            .session(3, 60, 5)
            .turn(0, 101, 5)
            .turn(0, 80, 5)
            .session(5, 100, 5)
            .write(file());
    OpenedSource opened =
        Corpora.open(
            Corpora.workload(new Workload.Corpus(file, 0, 100, false), SaltScope.RUN), true);
    assertThat(opened.notes())
        .containsExactly(
            "prompts of over 100 tokens: 1 sessions of the corpus that begin with one were left out, 1 end before their first one");
    Session.Call only = opened.source().session(0).first();
    assertThat(only.prompt().inputTokens()).isEqualTo(60);
    assertThat(only.follow()).isEqualTo(Session.Follow.NOTHING);
    assertThat(opened.source().session(1).first().prompt().inputTokens()).isEqualTo(100);
    RowTimes times = Objects.requireNonNull(opened.times());
    assertThat(times.size()).isEqualTo(2);
    assertThat(times.atNanos(0)).isEqualTo(3);
    assertThat(times.atNanos(1)).isEqualTo(5);
    // What is cut off counts for no limit.
    assertThat(
            Corpora.open(new Workload.Corpus(file, 2, 100, false))
                .session(1)
                .first()
                .prompt()
                .inputTokens())
        .isEqualTo(100);
    assertThatThrownBy(() -> Corpora.open(new Workload.Corpus(file, 0, 10, false)))
        .hasMessageContaining("prod.parquet has no session whose first prompt is of at most 10");
  }

  @Test
  void unknownWaits_andRequestsBesideTheFirst_areSaid() throws IOException {
    Path file =
        new Corpora()
            .session(0, 50, 5)
            .after(CorpusRow.NONE)
            .after(CorpusRow.NONE, 0)
            .write(file());
    assertThat(Corpora.open(Corpora.workload(Corpora.source(file), SaltScope.RUN), false).notes())
        .containsExactly(
            "the corpus does not know how long 1 requests waited after the answers before them; they start at once",
            "1 requests of the corpus ran beside the first one of their session; they start when that has ended");
  }

  @Test
  void replay_withoutTimes_isAMistakeThatNamesThePlace() throws IOException {
    Path file = new Corpora().session(7, 50, 5).session(CorpusRow.NONE, 60, 5).write(file());
    Workload workload = Corpora.workload(Corpora.source(file), SaltScope.RUN);
    assertThatThrownBy(() -> Corpora.open(workload, true))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("prod.parquet does not say when session 1 came (log.jsonl:2)");
    assertThat(Corpora.open(workload, false).times()).isNull();
    new Corpora().session(7, 50, 5).session(6, 60, 5).write(file());
    assertThatThrownBy(() -> Corpora.open(workload, true))
        .hasMessageContaining("session 1, which came before the one ahead of it");
  }

  @Test
  void mistakes_nameTheFile() throws IOException {
    Path missing = folder.resolve("none.parquet");
    assertThatThrownBy(() -> Corpora.open(Corpora.source(missing)))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("none.parquet: there is no such file");
    Path other = Files.writeString(folder.resolve("text.parquet"), "no");
    assertThatThrownBy(() -> Corpora.open(Corpora.source(other)))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("text.parquet: is no corpus");
    Path empty = new Corpora().write(file());
    assertThatThrownBy(() -> Corpora.open(Corpora.source(empty)))
        .hasMessageContaining("prod.parquet has no request");
    new Corpora().session(0, 50, 5).after(0, 2).write(file());
    assertThatThrownBy(() -> Corpora.open(Corpora.source(file())))
        .hasMessageContaining("prod.parquet is no corpus: session 0, turn 1 waits for turn 2");
    new Corpora().session(0, 0, 5).write(file());
    assertThatThrownBy(() -> Corpora.open(Corpora.source(file())))
        .hasMessageContaining("session 0, turn 0 has 0 input tokens");
    new Corpora().texts("[{\"role\"").write(file());
    assertThatThrownBy(() -> Corpora.open(Corpora.source(file())).session(0))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("session 0, turn 0: found messages that are no JSON array");
  }

  @Test
  void primers_areWhatRequestsShare() throws IOException {
    Path file =
        new Corpora()
            .session(0, 100, 5, 1, 2, 3)
            .session(1, 100, 5, 1, 2, 4)
            .session(2, 100, 5, 9)
            .session(3, 64, 5, 1, 2, 5, 6)
            .session(4, 64, 5, 1, 2, 5, 6)
            .write(file());
    OpenedSource opened = Corpora.open(Corpora.warm(Corpora.source(file)), false);
    assertThat(opened.primers().get().prompts())
        .singleElement()
        .satisfies(
            primer -> {
              assertThat(primer.maxTokens()).isEqualTo(1);
              assertThat(primer.inputTokens()).isEqualTo(Corpora.SALT_TOKENS + 64 + 1);
              Prompt prompt = opened.source().session(3).first().prompt();
              assertThat(Corpora.common(primer, prompt)).isGreaterThanOrEqualTo(63);
            });
    assertThat(opened.notes()).isEmpty();
    assertThat(Corpora.open(Corpora.workload(Corpora.source(file), SaltScope.RUN), false))
        .satisfies(each -> assertThat(each.primers().get().prompts()).isEmpty());

    new Corpora().texts("[{\"role\":\"user\",\"content\":\"a\"}]").write(file());
    OpenedSource texts = Corpora.open(Corpora.warm(Corpora.source(file)), false);
    assertThat(texts.primers().get().prompts()).isEmpty();
    assertThat(texts.notes())
        .contains("cache: what recorded messages share is not looked for, and not sent ahead");
  }

  @Test
  void calibration_shortensGeneratedPrompts_andSaysThatTextsStay() throws IOException {
    Path file = new Corpora().session(0, 100, 5, 1).session(1, 60, 5).write(file());
    OpenedSource opened =
        Corpora.open(Corpora.workload(Corpora.source(file), SaltScope.RUN), false);
    opened.subtractTemplateTokens(7);
    for (int i = 0; i < 2; i++) {
      Prompt prompt = opened.source().session(i).first().prompt();
      assertThat(prompt.inputTokens()).isEqualTo(i == 0 ? 100 : 60);
      assertThat(Mixes.tokens(prompt)).isEqualTo(prompt.inputTokens() - 7);
    }
    new Corpora().texts("[{\"role\":\"user\",\"content\":\"a\"}]").write(file());
    Workload calibrated =
        new Workload(Corpora.source(file), "o200k_base", 3, SaltScope.NONE, true, List.of());
    OpenedSource texts = PromptSources.open(calibrated, Mixes.TOKENIZER, new Seed(5), 1);
    assertThat(texts.notes())
        .containsExactly(
            "messages of prod.parquet are sent as roles and texts: calls of tools and their results as text, too",
            "calibrate: recorded messages are sent as they are, their length is not changed");
    assertThat(texts.source().session(0).first().prompt().maxTokens()).isEqualTo(3);
  }
}
