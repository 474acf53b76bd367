package dev.candor.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.base.stats.Distribution.Constant;
import dev.candor.base.stats.Distribution.LogNormal;
import dev.candor.base.stats.Distribution.Uniform;
import dev.candor.scenario.PromptContext;
import dev.candor.scenario.SaltScope;
import dev.candor.scenario.SessionRules;
import dev.candor.scenario.Workload;
import dev.candor.scenario.Workload.RequestClass;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import dev.candor.token.Tokenizer;
import dev.candor.token.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What prompts of a mix are made of: lengths, contexts, prefixes. */
final class MixSessionsTest {
  private static final int BLOCK = 16;

  @TempDir Path temp;

  private Workload preset(String name, String rest) throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("s.yaml"),
            "load: [{users: 1, for: 1s}]\nworkload: {preset: %s%s}\n".formatted(name, rest));
    return ScenarioFile.read(file, Overrides.NONE, variable -> null).workload();
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat", "rag", "code-completion", "summarise", "agent"})
  void presets_haveTheTokensTheySay(String name) throws IOException {
    SessionSource source = Mixes.open(preset(name, ""), Mixes.TOKENIZER, 7);
    for (int number = 0; number < 12; number++) {
      List<Session.Call> calls = Mixes.play(source.session(number), "It is ");
      for (Session.Call call : List.of(calls.getFirst(), calls.getLast())) {
        assertThat(Mixes.tokens(call.prompt()))
            .as("session %d, turn %d", number, call.turn())
            .isEqualTo(call.prompt().inputTokens());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "o200k_base,0",
    "cl100k_base,0",
    "p50k_base,0",
  })
  void prompt_isAsLongAsItsPartsTogether(String encoding, int off) {
    RequestClass kind = parts(new Constant(40), new Constant(3));
    Tokenizer tokenizer = Tokenizers.open(encoding);
    for (SaltScope salt : SaltScope.values()) {
      Workload workload =
          new Workload(
              Mixes.one(kind, SessionRules.DEFAULT), encoding, null, salt, false, List.of());
      SessionSource source = Mixes.open(workload, tokenizer, 7);
      for (int number = 0; number < 20; number++) {
        Prompt prompt = source.session(number).first().prompt();
        assertThat(prompt.inputTokens()).isEqualTo(160 + 4 * 32 + 3 * 128 + 40);
        int counted =
            prompt.messages().stream().mapToInt(each -> tokenizer.count(each.content())).sum();
        assertThat(counted).as("%s", salt).isCloseTo(prompt.inputTokens(), within(off));
      }
    }
  }

  /** A tokenizer whose words do not add up: two neighbours that begin alike are one token. */
  private static final class Merging implements Tokenizer {
    @Override
    public String name() {
      return "merging";
    }

    @Override
    public int count(String text) {
      int count = 0;
      char last = 0;
      for (String word : text.strip().split("\\s+")) {
        boolean merged = !word.isEmpty() && word.charAt(0) == last;
        count += merged ? 0 : 1;
        last = merged || word.isEmpty() ? 0 : word.charAt(0);
      }
      return count;
    }

    @Override
    public int[] encode(String text) {
      return new int[count(text)];
    }

    @Override
    public String decode(int[] tokens) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void prompt_ofAnyTokenizer_isRightWithinAPercent() throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("tokenizer.json"),
            """
            {"version":"1.0","truncation":null,"padding":null,"added_tokens":[],"normalizer":null,
             "pre_tokenizer":{"type":"Whitespace"},"post_processor":null,"decoder":null,
             "model":{"type":"WordLevel","vocab":{"[UNK]":0,"time":1,"year":2},"unk_token":"[UNK]"}}
            """);
    RequestClass kind = parts(new Constant(40), new Constant(3));
    for (Tokenizer tokenizer : List.of(new Merging(), Tokenizers.open(file.toString()))) {
      Workload workload =
          new Workload(
              Mixes.one(kind, SessionRules.DEFAULT), "any", null, SaltScope.RUN, false, List.of());
      SessionSource source = Mixes.open(workload, tokenizer, 7);
      for (int number = 0; number < 50; number++) {
        Prompt prompt = source.session(number).first().prompt();
        int counted =
            prompt.messages().stream().mapToInt(each -> tokenizer.count(each.content())).sum();
        assertThat(prompt.inputTokens()).isEqualTo(counted).isCloseTo(712, within(7));
      }
    }
  }

  @Test
  void longPrompts_costNoMoreThanTheirLetters() {
    AtomicLong counted = new AtomicLong();
    Tokenizer counting =
        new Tokenizer() {
          @Override
          public String name() {
            return "counting";
          }

          @Override
          public int count(String text) {
            counted.addAndGet(text.length());
            return Mixes.TOKENIZER.count(text);
          }

          @Override
          public int[] encode(String text) {
            return Mixes.TOKENIZER.encode(text);
          }

          @Override
          public String decode(int[] tokens) {
            return Mixes.TOKENIZER.decode(tokens);
          }
        };
    RequestClass kind = parts(new Constant(50_000), new Constant(3));
    Workload workload =
        new Workload(
            Mixes.one(kind, SessionRules.DEFAULT),
            "any",
            null,
            SaltScope.REQUEST,
            false,
            List.of());
    SessionSource source = Mixes.open(workload, counting, 1);
    long opening = counted.get();
    Prompt prompt = source.session(0).first().prompt();
    assertThat(counted.get() - opening).as("letters counted").isLessThan(200);
    assertThat(Mixes.tokens(prompt)).isEqualTo(672 + 50_000);
  }

  /** A system prompt of 160 tokens, 4 tools of 32, documents of 128. */
  private static RequestClass parts(Distribution input, Distribution documents) {
    return new RequestClass(
        "parts",
        1,
        input,
        new Constant(9),
        0,
        new PromptContext(
            new PromptContext.SystemPrompts(new Constant(160), 3, 0.5),
            new PromptContext.Tools(4, new Constant(32)),
            new PromptContext.Documents(documents, new Constant(128), 6, 1)),
        null);
  }

  @Test
  void prefixes_areSharedByPlan_andNotByAccident() {
    Workload.Synthetic mix =
        Mixes.one(parts(new Uniform(20, 60), new Uniform(0, 3)), SessionRules.DEFAULT);
    SessionSource source = Mixes.open(mix, SaltScope.NONE, 1);
    ClassPlan plan = new ClassPlan(mix.classes().getFirst(), 0, new TextNumbers(1), new Seed(5));
    List<int[]> tokens = new ArrayList<>();
    List<List<Piece>> plans = new ArrayList<>();
    for (long number = 0; number < 120; number++) {
      Prompt prompt = source.session(number).first().prompt();
      tokens.add(
          prompt.messages().stream()
              .flatMapToInt(each -> Arrays.stream(Mixes.TOKENIZER.encode(each.content())))
              .toArray());
      Script script = plan.script(number, new Seed(5).derive("mix").derive(number));
      List<Piece> shared = new ArrayList<>(script.system());
      shared.addAll(script.documents());
      plans.add(shared);
    }
    int sharing = 0;
    for (int a = 0; a < tokens.size(); a++) {
      for (int b = 0; b < a; b++) {
        int planned = planned(plans.get(a), plans.get(b));
        int found = Arrays.mismatch(tokens.get(a), tokens.get(b));
        assertThat(found / BLOCK).as("%d and %d", a, b).isEqualTo(planned / BLOCK);
        sharing += planned > 288 ? 1 : 0;
      }
    }
    assertThat(sharing).as("pairs with documents in common").isGreaterThan(100);
  }

  private static int planned(List<Piece> one, List<Piece> other) {
    int tokens = 0;
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      if (!one.get(i).equals(other.get(i))) {
        break;
      }
      tokens += ((Piece.Generated) one.get(i)).tokens();
    }
    return tokens;
  }

  @Test
  void sharedTexts_areTheSameInEveryRunOfTheSeed() {
    Workload.Synthetic mix =
        Mixes.one(parts(new Constant(30), new Constant(2)), SessionRules.DEFAULT);
    Prompt one = Mixes.open(mix, SaltScope.NONE, 1).session(3).first().prompt();
    assertThat(Mixes.open(mix, SaltScope.NONE, 2).session(3).first().prompt()).isEqualTo(one);
    // Behind salts the documents, in a message of their own, are the same still.
    Prompt salted = Mixes.open(mix, SaltScope.RUN, 2).session(3).first().prompt();
    assertThat(salted.messages().get(1)).isEqualTo(one.messages().get(1));
    assertThat(salted.messages().get(0)).isNotEqualTo(one.messages().get(0));
  }

  @ParameterizedTest
  @EnumSource(SaltScope.class)
  void salts_differWithinTheirScope(SaltScope scope) {
    Workload.Synthetic mix = Mixes.one(Mixes.talk(Mixes.SYSTEM, 3, null), SessionRules.DEFAULT);
    SessionSource source = Mixes.open(mix, scope, 1);
    Map<String, Long> bySalt = new HashMap<>();
    for (long number = 0; number < 40; number++) {
      for (Session.Call call : Mixes.play(source.session(number), "Yes ")) {
        String content = call.prompt().messages().getFirst().content();
        bySalt.merge(content.startsWith("[") ? content.substring(0, 18) : "", 1L, Long::sum);
      }
    }
    assertThat(bySalt)
        .hasSize(
            switch (scope) {
              case NONE, RUN -> 1;
              case SESSION -> 40;
              case REQUEST -> 120;
            });
    assertThat(bySalt.containsKey("")).isEqualTo(scope == SaltScope.NONE);
  }

  @ParameterizedTest
  @EnumSource(
      value = SaltScope.class,
      names = {"SESSION", "REQUEST"})
  void salts_ofTraces_areEachRequestsOwn(SaltScope scope) {
    Workload.Synthetic plain =
        new Workload.Synthetic(
            List.of(new RequestClass("a", 1, new Constant(60), new Constant(5))));
    SessionSource source = Mixes.open(plain, scope, 1);
    assertThat(
            LongStream.range(0, 200)
                .mapToObj(
                    i ->
                        source
                            .session(i)
                            .first()
                            .prompt()
                            .messages()
                            .getFirst()
                            .content()
                            .substring(0, 18))
                .distinct())
        .hasSize(200);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.8, 0, 0.3, 0.7, 0.95})
  void correlation_isThatOfTheRanks(double asked) {
    RequestClass kind =
        new RequestClass(
            "c",
            1,
            new LogNormal(400, 0.9),
            new Uniform(10, 900),
            asked,
            new PromptContext(null, new PromptContext.Tools(1, new Constant(8)), null),
            null);
    SessionSource source = Mixes.open(Mixes.one(kind, SessionRules.DEFAULT), SaltScope.NONE, 1);
    double[] inputs = new double[5000];
    double[] outputs = new double[5000];
    for (int i = 0; i < inputs.length; i++) {
      Prompt prompt = source.session(i).first().prompt();
      inputs[i] = prompt.inputTokens();
      outputs[i] = prompt.maxTokens();
    }
    assertThat(spearman(inputs, outputs)).isCloseTo(asked, within(0.05));
  }

  private static double spearman(double[] x, double[] y) {
    double[] first = ranks(x);
    double[] second = ranks(y);
    double mean = (x.length - 1) / 2.0;
    double both = 0;
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      both += (first[i] - mean) * (second[i] - mean);
      squares += (first[i] - mean) * (first[i] - mean);
    }
    return both / squares;
  }

  /** Ties, few here, by their order. */
  private static double[] ranks(double[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[values.length];
    for (int rank = 0; rank < order.length; rank++) {
      ranks[order[rank]] = rank;
    }
    return ranks;
  }

  @Test
  void skew_makesTheFirstVariantsCommon() {
    PromptContext context =
        new PromptContext(new PromptContext.SystemPrompts(new Constant(20), 10, 1), null, null);
    RequestClass kind =
        new RequestClass("s", 1, new Constant(9), new Constant(5), 0, context, null);
    SessionSource source = Mixes.open(Mixes.one(kind, SessionRules.DEFAULT), SaltScope.NONE, 1);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 6000; i++) {
      counts.merge(
          source.session(i).first().prompt().messages().getFirst().content(), 1, Integer::sum);
    }
    List<Integer> sorted = counts.values().stream().sorted(Comparator.reverseOrder()).toList();
    assertThat(sorted).hasSize(10);
    // 1 / (1 + 1/2 + … + 1/10), and half of it.
    assertThat(sorted.get(0) / 6000.0).isCloseTo(0.3414, within(0.02));
    assertThat(sorted.get(1) / 6000.0).isCloseTo(0.1707, within(0.02));
  }

  @Test
  void sessions_areTheSame_whoeverAsksAndInWhateverOrder() throws Exception {
    Workload workload = preset("chat", "");
    SessionSource one = Mixes.open(workload, Mixes.TOKENIZER, 3);
    SessionSource other = Mixes.open(workload, Mixes.TOKENIZER, 3);
    List<List<Session.Call>> inOrder = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      inOrder.add(Mixes.play(one.session(i), "Well "));
    }
    List<List<Session.Call>> parallel =
        IntStream.range(0, 30)
            .map(i -> 29 - i)
            .parallel()
            .mapToObj(i -> Mixes.play(other.session(i), "Well "))
            .toList();
    assertThat(parallel.reversed()).isEqualTo(inOrder);
  }

  @Test
  void template_shortensTheFirstMessage() {
    Workload workload =
        new Workload(
            Mixes.one(Mixes.talk(Mixes.SYSTEM, 2, null), SessionRules.DEFAULT),
            "o200k_base",
            null,
            SaltScope.RUN,
            true,
            List.of());
    OpenedSource opened = PromptSources.open(workload, Mixes.TOKENIZER, new Seed(5), 1);
    opened.subtractTemplateTokens(11);
    Prompt prompt = opened.source().session(0).first().prompt();
    assertThat(prompt.inputTokens()).isEqualTo(64 + 50);
    assertThat(Mixes.tokens(prompt)).isEqualTo(64 + 50 - 11);
  }
}
