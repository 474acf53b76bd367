package dev.candor.corpus.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.corpus.CorpusRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weka's conversations as graphs of requests. */
final class WekaTest {
  @TempDir Path folder;

  private static String conversation(String scope, double offset) {
    return """
      {
        "id": "c1", "models": ["big"], "block_size": 64, "hash_id_scope": "%s",
        "requests": [
          {"t": 100.0, "type": "s", "model": "big", "in": 130, "out": 5, "hash_ids": [1, 2, 3], "api_time": 1.0},
          {"t": 102.0, "type": "subagent", "agent_id": "a", "requests": [
            {"t": %s, "type": "n", "in": 70, "out": 3, "hash_ids": [1, 10], "api_time": 1.0, "think_time": 0.25},
            {"t": %s, "type": "n", "in": 80, "out": 3, "hash_ids": [1, 10], "api_time": 1.0}]},
          {"t": 102.0, "type": "subagent", "agent_id": "b", "requests": [
            {"t": %s, "type": "n", "in": 70, "out": 3, "hash_ids": [9, 11], "api_time": 4.0}]},
          {"t": 109.0, "type": "s", "model": "big", "in": 200, "out": 5, "hash_ids": [1, 2, 3, 4]},
          {"t": 120.0, "type": "s", "model": "big", "in": 200, "out": 5, "hash_ids": [1, 2, 3, 4]}
        ]
      }"""
        .formatted(scope, offset, offset + 2, offset + 0.5);
  }

  @Test
  void subagents_runAtOnce_andTheNextRequestWaitsForThem() throws IOException {
    String[] expected = {
      "0.0 after [] wait ? at ?",
      "0.1 after [0] wait 250 at ?",
      "0.2 after [1] wait 1000 at ?",
      "0.3 after [0] wait 1500 at ?",
      // Until 106.5, when the slower sub-agent was done.
      "0.4 after [2, 3] wait 2500 at ?",
      "0.5 after [4] wait ? at ?"
    };
    for (double offset : new double[] {0, 102}) {
      List<CorpusRow> rows =
          new TestImport(folder).file("w.json", conversation("local", offset)).rows();
      assertThat(rows).map(TestImport::place).containsExactly(expected);
      assertThat(rows)
          .map(CorpusRow::requestClass)
          .containsExactly("big", "subagent", "subagent", "subagent", "big", "big");
    }
  }

  @Test
  void localIds_areTheConversationsOwn_globalOnesAreNot() throws IOException {
    for (String scope : List.of("local", "global")) {
      String line = conversation(scope, 0).replace("\n", " ");
      List<CorpusRow> rows =
          new TestImport(folder).file("w1.jsonl", line, line).file("w2.json", line).rows();
      assertThat(rows).hasSize(18).allMatch(row -> row.blockTokens() == 64);
      long first = rows.get(0).blocks()[0];
      assertThat(rows.get(1).blocks()[0]).isEqualTo(first);
      assertThat(rows.get(6).blocks()[0] == first).isEqualTo(scope.equals("global"));
      assertThat(rows.get(12).blocks()[0] == first).isEqualTo(scope.equals("global"));
    }
  }

  @Test
  void array_ofConversations_isRead() throws IOException {
    TestImport imported =
        new TestImport(folder)
            .file("w.json", "[" + conversation("local", 0) + "," + conversation("local", 0) + "]");
    assertThat(imported.run().sessions()).isEqualTo(2);
    assertThat(imported.read().get(6).line()).isEqualTo(13);
  }
}
