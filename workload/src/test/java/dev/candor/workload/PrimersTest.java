package dev.candor.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution.Constant;
import dev.candor.scenario.CachePlan;
import dev.candor.scenario.PromptContext;
import dev.candor.scenario.SaltScope;
import dev.candor.scenario.SessionRules;
import dev.candor.scenario.Workload;
import dev.candor.scenario.Workload.RequestClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent ahead of a run on a warm cache. */
final class PrimersTest {
  private static final int BLOCK = 16;

  @TempDir Path temp;

  private static OpenedSource open(Workload.Source source) {
    Workload workload =
        new Workload(source, "o200k_base", null, SaltScope.RUN, false, List.of())
            .withCache(new CachePlan(new CachePlan.Warm(), 0.05, null));
    return PromptSources.open(workload, Mixes.TOKENIZER, new Seed(5), 9);
  }

  private static PromptContext system(int variants, PromptContext.@Nullable Tools tools) {
    return new PromptContext(
        new PromptContext.SystemPrompts(new Constant(200), variants, 0), tools, null);
  }

  private static Workload.Synthetic mix(RequestClass... classes) {
    return new Workload.Synthetic(List.of(classes), SessionRules.DEFAULT);
  }

  @Test
  void mix_eachSystemMessageOnce_soThatFirstPromptsFindIt() {
    Workload.Synthetic mix =
        mix(
            Mixes.talk(system(5, new PromptContext.Tools(2, new Constant(60))), 3, null),
            Mixes.talk(system(2, null), 1, null));
    OpenedSource opened = open(mix);
    List<Prompt> primers = opened.primers().get().prompts();
    assertThat(primers).hasSize(7);
    assertThat(primers.stream().map(each -> each.messages().getFirst()).distinct()).hasSize(7);
    assertThat(primers).allMatch(each -> each.maxTokens() == 1);
    assertThat(primers).allMatch(each -> each.inputTokens() == Mixes.tokens(each));

    BlockCache cache = new BlockCache(BLOCK);
    primers.forEach(each -> assertThat(cache.find(each)).isLessThan(BLOCK));
    Set<Prompt.Message> met = new HashSet<>();
    for (int number = 0; number < 60; number++) {
      Prompt prompt = opened.source().session(number).first().prompt();
      Prompt.Message system = prompt.messages().getFirst();
      met.add(system);
      int whole = Mixes.TOKENIZER.count(system.content()) / BLOCK * BLOCK;
      assertThat(cache.find(prompt)).as("session %d", number).isEqualTo(whole);
    }
    assertThat(met).hasSize(7);
  }

  @Test
  void mix_ofManyVariants_theMostCommonArePrimed_theRestIsSaid() {
    Primers primers = open(mix(Mixes.talk(system(1000, null), 1, null))).primers().get();
    assertThat(primers.prompts()).hasSize(256);
    assertThat(primers.leftOut()).isEqualTo(744);
  }

  @Test
  void mix_toolsAlone_areAPrefixToo_andNothingShared_isNone() {
    PromptContext tools =
        new PromptContext(null, new PromptContext.Tools(3, new Constant(40)), null);
    assertThat(open(mix(Mixes.talk(tools, 2, null))).primers().get().prompts()).hasSize(1);
    assertThat(open(mix(Mixes.talk(PromptContext.NONE, 2, null))).primers().get().prompts())
        .isEmpty();
    assertThat(
            open(mix(new RequestClass("plain", 1, new Constant(50), new Constant(5))))
                .primers()
                .get()
                .prompts())
        .isEmpty();
  }

  /** Rows of {@code input_length} and {@code hash_ids}. */
  private TraceLengths trace(String... rows) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String row : rows) {
      String[] parts = row.split(":", 2);
      text.append(
          "{\"timestamp\":0,\"input_length\":%s,\"output_length\":5,\"hash_ids\":[%s]}\n"
              .formatted(parts[0], parts[1]));
    }
    Path file = Files.writeString(temp.resolve("t.jsonl"), text);
    return TraceLengths.read(
        new Workload.Trace(file, Workload.TraceFormat.MOONCAKE, 0, 0), false, new ArrayList<>());
  }

  @Test
  void trace_longestSharedBeginnings_theMostUsedFirst() throws IOException {
    TraceLengths trace =
        trace(
            "1536:1,2,3", // shares 1 and 2
            "1536:1,2,4", // goes on to 4, which the next shares
            "2048:1,2,4,5",
            "1024:7,8",
            "1024:7,9",
            "1024:7,10",
            "1024:11,12", // alone
            "1030:20,21,22", // 22 is no whole block here, nor below
            "1030:20,21,22",
            "400:30", // no whole block at all
            "400:30");
    assertThat(trace.shared())
        .extracting(each -> each.prefixBlocks())
        .containsExactly(new long[] {7}, new long[] {1, 2, 4}, new long[] {20, 21});
    assertThat(trace.shared())
        .extracting(Lengths.Length::inputTokens)
        .containsExactly(512, 1536, 1024);
  }

  @Test
  void trace_ofProduction_isAsByBruteForce_andPrimersAreFound() {
    Path file = Path.of("..", "examples", "traces", "mooncake_conversation_200.jsonl");
    Workload.Trace source = new Workload.Trace(file, Workload.TraceFormat.MOONCAKE, 60, 12_000);
    TraceLengths trace = TraceLengths.read(source, false, new ArrayList<>());
    List<List<Long>> rows = new ArrayList<>();
    for (int row = 0; row < 60; row++) {
      Lengths.Length length = trace.of(row);
      List<Long> blocks = new ArrayList<>();
      for (int i = 0; i < Math.min(length.prefixBlocks().length, length.inputTokens() / 512); i++) {
        blocks.add(length.prefixBlocks()[i]);
      }
      rows.add(blocks);
    }
    // Of every pair of rows its common beginning; of these, those that are in no longer one.
    Map<List<Long>, Integer> common = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < rows.size(); j++) {
        int same = 0;
        while (i != j
            && same < Math.min(rows.get(i).size(), rows.get(j).size())
            && rows.get(i).get(same).equals(rows.get(j).get(same))) {
          same++;
        }
        if (same > 0) {
          common.merge(rows.get(i).subList(0, same), 1, Integer::sum);
        }
      }
    }
    Set<List<Long>> longest = new HashSet<>(common.keySet());
    longest.removeIf(
        each ->
            common.keySet().stream()
                .anyMatch(
                    other ->
                        other.size() > each.size() && other.subList(0, each.size()).equals(each)));
    Set<List<Long>> shared = new HashSet<>();
    trace
        .shared()
        .forEach(
            each -> {
              List<Long> blocks = new ArrayList<>();
              for (long block : each.prefixBlocks()) {
                blocks.add(block);
              }
              shared.add(blocks);
            });
    assertThat(shared).isEqualTo(longest).isNotEmpty();
    assertThat(trace.shared()).hasSameSizeAs(longest);

    OpenedSource opened = open(source);
    BlockCache cache = new BlockCache(BLOCK);
    opened.primers().get().prompts().forEach(cache::find);
    for (int row = 0; row < 60; row++) {
      List<Long> blocks = rows.get(row);
      int deepest = 0;
      for (List<Long> each : longest) {
        int same = 0;
        while (same < Math.min(each.size(), blocks.size())
            && each.get(same).equals(blocks.get(same))) {
          same++;
        }
        deepest = Math.max(deepest, same);
      }
      // The salt stands ahead of the first block, and takes its tokens from the row's own rest.
      int room = trace.of(row).inputTokens() - Salt.of(9, Mixes.TOKENIZER).tokens();
      assertThat(cache.find(opened.source().session(row).first().prompt()))
          .as("row %d", row)
          .isGreaterThanOrEqualTo(Math.min(deepest, Math.max(0, room) / 512) * 512);
    }
  }
}
