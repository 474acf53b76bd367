package dev.candor.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SharedPrefixesTest {
  private final SharedPrefixes prefixes = new SharedPrefixes();

  /** A prompt of as many tokens as characters. */
  private static Prompt prompt(String... contents) {
    List<Prompt.Message> messages =
        List.of(contents).stream().map(each -> new Prompt.Message("user", each)).toList();
    return new Prompt("c", messages, String.join("", contents).length(), 1);
  }

  @Test
  void count_firstPrompt_sharesNothing_again_allItsWholeBlocks() {
    Prompt prompt = prompt("a".repeat(64) + "b".repeat(100));
    assertThat(prefixes.count(prompt).tokens()).isZero();
    assertThat(prefixes.count(prompt).tokens()).isEqualTo(128);
  }

  @Test
  void reserved_countsTheSame() {
    SharedPrefixes reserved = SharedPrefixes.reserved();
    Prompt prompt = prompt("a".repeat(64) + "b".repeat(100));
    assertThat(reserved.count(prompt).tokens()).isZero();
    assertThat(reserved.count(prompt).tokens()).isEqualTo(128);
  }

  @Test
  void count_longerConversation_sharesWhatStoodBefore() {
    String system = "s".repeat(200);
    assertThat(prefixes.count(prompt(system, "one")).tokens()).isZero();
    assertThat(prefixes.count(prompt(system, "one", "x".repeat(300))).tokens()).isEqualTo(192);
    assertThat(prefixes.count(prompt(system, "two", "x".repeat(300))).tokens()).isEqualTo(192);
  }

  @Test
  void count_sameTextBehindAnotherBeginning_isNotShared() {
    String same = "w".repeat(640);
    assertThat(prefixes.count(prompt("1" + "a".repeat(63) + same)).tokens()).isZero();
    assertThat(prefixes.count(prompt("2" + "a".repeat(63) + same)).tokens()).isZero();
  }

  @Test
  void count_swappedNeighbours_areOtherTexts() {
    assertThat(prefixes.count(prompt("Aa" + "z".repeat(62))).tokens()).isZero();
    assertThat(prefixes.count(prompt("BB" + "z".repeat(62))).tokens()).isZero();
  }

  @Test
  void count_tokens_areSharedOutOverTheCharacters() {
    Prompt quarter = new Prompt("c", List.of(new Prompt.Message("user", "q".repeat(640))), 160, 1);
    assertThat(prefixes.count(quarter).tokens()).isZero();
    assertThat(prefixes.count(quarter).tokens()).isEqualTo(160);
  }

  @Test
  void count_moreThanItRemembers_isNotCounted() {
    SharedPrefixes few = new SharedPrefixes(100);
    assertThat(few.count(prompt("a".repeat(64 * 100))).tokens()).isZero();
    assertThat(few.count(prompt("b".repeat(64))).tokens()).isEqualTo(SharedPrefixes.UNCOUNTED);
  }

  @Test
  void count_manyBlocks_tableGrows() {
    for (int i = 0; i < 20_000; i++) {
      assertThat(prefixes.count(prompt("%064d".formatted(i))).tokens()).isZero();
    }
    for (int i = 0; i < 20_000; i++) {
      assertThat(prefixes.count(prompt("%064d".formatted(i))).tokens()).isEqualTo(64);
    }
  }

  @Test
  void answered_nextTurn_sharesTheAnswerToo_butNotBehindAnotherBeginning() {
    String question = "q".repeat(100);
    String answer = "a".repeat(100);
    SharedPrefixes.Counted first = prefixes.count(conversation(question));
    prefixes.answered(first, answer);
    assertThat(prefixes.count(conversation(question, answer, "and now?")).tokens()).isEqualTo(192);

    prefixes.answered(prefixes.count(conversation("p".repeat(100))), answer);
    assertThat(prefixes.count(conversation("x".repeat(100), answer, "and now?")).tokens()).isZero();
  }

  /** User and assistant in turn. */
  private static Prompt conversation(String... contents) {
    List<Prompt.Message> messages = new ArrayList<>();
    for (String each : contents) {
      messages.add(new Prompt.Message(messages.size() % 2 == 0 ? "user" : "assistant", each));
    }
    return new Prompt("c", messages, String.join("", contents).length(), 1);
  }
}
