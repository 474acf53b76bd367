package dev.candor.corpus.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.corpus.CorpusRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations found in logs that name none. */
final class SessionsTest {
  @TempDir Path folder;

  private static String request(int second, String answer, String... said) {
    StringBuilder messages = new StringBuilder("{\"role\":\"system\",\"content\":\"S\"}");
    for (int i = 0; i < said.length; i++) {
      messages.append(
          ",{\"role\":\"%s\",\"content\":\"%s\"}"
              .formatted(i % 2 == 0 ? "user" : "assistant", said[i]));
    }
    String response =
        answer.isEmpty()
            ? ""
            : ",\"response\":{\"choices\":[{\"message\":{\"content\":\"%s\"}}]}".formatted(answer);
    return "{\"timestamp\":%d,\"end_time\":%d,\"messages\":[%s]%s}"
        .formatted(1_700_000_000 + second, 1_700_000_001 + second, messages, response);
  }

  @Test
  void requestsThatRepeatEarlierOnes_areTheirNextTurns_inAnyOrderOfTheFile() throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                request(0, "a1", "hi"),
                request(1, "b1", "hi"),
                request(5, "a2", "hi", "a1", "more"),
                request(6, "b2", "hi", "b1", "more"),
                request(9, "a3", "hi", "a1", "more", "a2", "yes"),
                // Asked again, otherwise: a branch of the first turn.
                request(20, "a4", "hi", "a1", "other"),
                request(30, "c", "new")));
    String[] expected = {
      "0.0 after [] wait ? at 0",
      "0.1 after [0] wait 4000 at 5000",
      "0.2 after [1] wait 3000 at 9000",
      "0.3 after [0] wait 19000 at 20000",
      "1.0 after [] wait ? at 1000",
      "1.1 after [0] wait 4000 at 6000",
      "2.0 after [] wait ? at 30000"
    };
    for (int i = 0; i < 2; i++) {
      TestImport imported = new TestImport(folder).file("log.jsonl", lines.toArray(String[]::new));
      assertThat(imported.run().sessions()).isEqualTo(3);
      assertThat(imported.read()).map(TestImport::place).containsExactly(expected);
      Collections.reverse(lines);
    }
  }

  @Test
  void answersUnknown_historyAloneTells() throws IOException {
    List<CorpusRow> rows =
        new TestImport(folder)
            .file(
                "log.jsonl",
                request(0, "", "hi"),
                request(5, "", "hi", "a1", "more"),
                request(6, "", "ho"))
            .rows();
    assertThat(rows).map(CorpusRow::session).containsExactly(0L, 0L, 1L);
  }

  @Test
  void toolResults_continueTheirRequest() throws IOException {
    String call =
        "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";
    List<CorpusRow> rows =
        new TestImport(folder)
            .file(
                "log.jsonl",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"go\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"go\"},%s,{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"1\"}]}"
                    .formatted(call))
            .rows();
    assertThat(rows).map(CorpusRow::session).containsExactly(0L, 0L);
    assertThat(rows.get(1).after()).containsExactly(0);
  }

  @Test
  void namedSessions_winOverHistories() throws IOException {
    List<CorpusRow> rows =
        new TestImport(folder)
            .file(
                "log.jsonl",
                "{\"session_id\":\"x\",\"timestamp\":2,\"messages\":[{\"role\":\"user\",\"content\":\"b\"}]}",
                "{\"session_id\":\"x\",\"timestamp\":1,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}")
            .rows();
    assertThat(rows)
        .map(TestImport::place)
        .containsExactly("0.0 after [] wait ? at 0", "0.1 after [0] wait ? at 1000");
  }
}
