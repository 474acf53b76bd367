package dev.candor.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.scenario.SaltScope;
import dev.candor.scenario.Workload;
import dev.candor.token.Tokenizer;
import dev.candor.token.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PromptSourcesTest {
  private static final Seed SEED = new Seed(3);
  private static final Path TRACES = Path.of("..", "examples", "traces");

  @TempDir Path temp;

  private static PromptSource open(Workload.Source source, String tokenizer, long nonce) {
    Workload workload = new Workload(source, tokenizer, null, SaltScope.RUN, false, List.of());
    SessionSource opened =
        PromptSources.open(workload, Tokenizers.open(tokenizer), SEED, nonce).source();
    return number -> opened.session(number).first().prompt();
  }

  private static Workload.Source constant(int tokens) {
    Distribution length = new Distribution.Constant(tokens);
    return new Workload.Synthetic(List.of(new Workload.RequestClass("one", 1, length, length)));
  }

  private static String text(Prompt prompt) {
    return prompt.messages().getFirst().content();
  }

  @ParameterizedTest
  @ValueSource(strings = {"o200k_base", "cl100k_base", "p50k_base"})
  void generated_hasExactlyTheTokensAskedFor(String encoding) {
    Tokenizer tokenizer = Tokenizers.open(encoding);
    for (int tokens : new int[] {1, 2, 5, 17, 50, 99, 500, 3000}) {
      PromptSource source = open(constant(tokens), encoding, 9);
      for (int number = 0; number < 20; number++) {
        Prompt prompt = source.prompt(number);
        assertThat(prompt.inputTokens())
            .as("%d tokens, request %d", tokens, number)
            .isEqualTo(tokens);
        assertThat(tokenizer.count(text(prompt))).isEqualTo(tokens);
      }
    }
  }

  @Test
  void huggingFace_countsItsOwnTokens() throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("tokenizer.json"),
            """
            {"version":"1.0","truncation":null,"padding":null,"added_tokens":[],"normalizer":null,
             "pre_tokenizer":{"type":"Whitespace"},"post_processor":null,"decoder":null,
             "model":{"type":"WordLevel","vocab":{"[UNK]":0,"time":1,"year":2},"unk_token":"[UNK]"}}
            """);
    Tokenizer tokenizer = Tokenizers.open(file.toString());
    assertThat(tokenizer.count("time year time")).isEqualTo(3);
    assertThat(tokenizer.count("time ".repeat(2000))).isEqualTo(2000);
    assertThat(open(constant(40), file.toString(), 1).prompt(0).inputTokens()).isEqualTo(40);
  }

  @Test
  void prompt_dependsOnItsNumberAlone() {
    PromptSource one = open(constant(60), "o200k_base", 1);
    PromptSource other = open(constant(60), "o200k_base", 1);
    other.prompt(0);
    assertThat(one.prompt(7)).isEqualTo(other.prompt(7)).isNotEqualTo(one.prompt(8));
  }

  @Test
  void plainMix_hasThePromptsThatItAlwaysHad() {
    PromptSource source =
        open(
            new Workload.Synthetic(
                List.of(
                    new Workload.RequestClass(
                        "a", 3, new Distribution.Uniform(20, 90), new Distribution.Constant(7)),
                    new Workload.RequestClass(
                        "b",
                        1,
                        new Distribution.LogNormal(200, 0.5),
                        new Distribution.Uniform(1, 50)))),
            "o200k_base",
            9);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      all.append(source.prompt(i));
    }
    assertThat(all.toString().hashCode()).isEqualTo(-1946764122);
  }

  @Test
  void salt_differsFromRunToRun_fromTheFirstToken() {
    String one = text(open(constant(60), "o200k_base", 1).prompt(0));
    String other = text(open(constant(60), "o200k_base", 2).prompt(0));
    assertThat(one.substring(0, 8)).isNotEqualTo(other.substring(0, 8));
  }

  @Test
  void mix_keepsShares() {
    Distribution length = new Distribution.Constant(5);
    PromptSource source =
        open(
            new Workload.Synthetic(
                List.of(
                    new Workload.RequestClass("a", 3, length, length),
                    new Workload.RequestClass("b", 1, length, length))),
            "o200k_base",
            1);
    long first = 0;
    for (int i = 0; i < 2000; i++) {
      first += source.prompt(i).requestClass().equals("a") ? 1 : 0;
    }
    assertThat(first / 2000.0).isCloseTo(0.75, within(0.03));
  }

  @Test
  void azure_hasTheTracesLengths() {
    PromptSource source =
        open(
            new Workload.Trace(
                TRACES.resolve("azure_conv_300.csv"), Workload.TraceFormat.AZURE, 0, 0),
            "o200k_base",
            1);
    assertThat(source.prompt(0).inputTokens()).isEqualTo(374);
    assertThat(source.prompt(0).maxTokens()).isEqualTo(44);
    assertThat(source.prompt(1).inputTokens()).isEqualTo(396);
    assertThat(source.prompt(300).inputTokens()).isEqualTo(374);
    assertThat(text(source.prompt(300))).isNotEqualTo(text(source.prompt(0)));
  }

  @Test
  void mooncake_equalHashIdsAreEqualPrefixes() {
    PromptSource source =
        open(
            new Workload.Trace(
                TRACES.resolve("mooncake_conversation_200.jsonl"),
                Workload.TraceFormat.MOONCAKE,
                0,
                0),
            "o200k_base",
            1);
    Prompt one = source.prompt(0);
    Prompt other = source.prompt(1);
    assertThat(one.inputTokens()).isEqualTo(6758);
    assertThat(other.inputTokens()).isEqualTo(7322);
    int same = 0;
    while (text(one).charAt(same) == text(other).charAt(same)) {
      same++;
    }
    // Both begin with block 0, and part after its 512 tokens.
    int shared = Tokenizers.open("o200k_base").count(text(one).substring(0, same));
    assertThat(shared).isBetween(512, 540);
  }

  @Test
  void trace_badRow_namesFileAndLine() throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("bad.csv"), "TIMESTAMP,ContextTokens,GeneratedTokens\nx,10,5\nx,ten,5\n");
    assertThatThrownBy(
            () -> open(new Workload.Trace(file, Workload.TraceFormat.AZURE, 0, 0), "o200k_base", 1))
        .hasMessageContaining("bad.csv:3")
        .hasMessageContaining("x,ten,5");
  }

  @Test
  void messages_areSentAsTheyAre_behindTheSalt() throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("m.jsonl"),
            """
            {"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"}],"max_tokens":9}

            {"messages":[{"role":"user","content":[{"type":"text","text":"A"},{"type":"text","text":"B"}]}]}
            """);
    PromptSource source = open(new Workload.Messages(file), "o200k_base", 1);
    assertThat(text(source.prompt(0))).endsWith("Be brief.");
    assertThat(source.prompt(0).messages().get(1).content()).isEqualTo("Hi");
    assertThat(source.prompt(0).maxTokens()).isEqualTo(9);
    assertThat(text(source.prompt(1))).endsWith("AB");
    // The second round must not meet the cache that the first one warmed.
    assertThat(text(source.prompt(2))).endsWith("Be brief.").isNotEqualTo(text(source.prompt(0)));
    assertThat(text(source.prompt(3)).charAt(1)).isEqualTo(text(source.prompt(2)).charAt(1));
    for (int i = 0; i < 4; i++) {
      int tokens = 0;
      for (Prompt.Message message : source.prompt(i).messages()) {
        tokens += Tokenizers.open("o200k_base").count(message.content());
      }
      assertThat(source.prompt(i).inputTokens()).isEqualTo(tokens);
    }
  }

  @Test
  void messages_whatIsNotSent_isSaid() throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("m.jsonl"),
            """
            {"model":"x","temperature":1,"messages":[{"role":"user","content":"Hi"}]}
            """);
    OpenedSource opened =
        PromptSources.open(
            new Workload(
                new Workload.Messages(file), "o200k_base", null, SaltScope.RUN, false, List.of()),
            Tokenizers.open("o200k_base"),
            new Seed(1),
            1);
    assertThat(opened.notes()).singleElement().asString().contains("not model, temperature");
    Files.writeString(
        file, "{\"messages\":[{\"role\":\"tool\",\"content\":\"1\",\"tool_call_id\":\"a\"}]}");
    assertThatThrownBy(() -> open(new Workload.Messages(file), "o200k_base", 1))
        .hasMessageContaining("m.jsonl:1")
        .hasMessageContaining("tool_call_id");
  }

  @Test
  void tokenizer_unknown_offersTheKnownOnes() {
    assertThatThrownBy(() -> Tokenizers.open("o300k"))
        .hasMessageContaining("o300k")
        .hasMessageContaining("o200k_base")
        .hasMessageContaining("tokenizer.json");
  }
}
