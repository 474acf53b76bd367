package dev.candor.corpus.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No text of a source gets past the filter. */
final class TextFilterTest {
  private static final String SECRET = "hunter2";

  @TempDir Path folder;

  private TestImport filtered() {
    TestImport imported = new TestImport(folder);
    imported.filter = text -> text.replace(SECRET, "*******");
    return imported;
  }

  private static String line(String form) {
    return form.replace("$", SECRET);
  }

  @Test
  void everyPlaceOfAText_isFiltered() throws IOException {
    TestImport imported =
        filtered()
            .file(
                "log.jsonl",
                line(
                    """
                    {"user":"$","session_id":"$","request":{"model":"m$","user":"$","metadata":{"a":"$"},"messages":[{"role":"$","name":"$","content":"$","extra":"$"},{"role":"assistant","content":[{"type":"text","text":"$"},{"type":"other","secret":"$"}],"tool_calls":[{"id":"$","type":"function","function":{"name":"$","arguments":"{\\"$\\":\\"$\\"}"}}]},{"role":"tool","tool_call_id":"$","content":[{"type":"text","text":"$"}]}]},"response":{"id":"$","choices":[{"message":{"content":"$","refusal":"$","tool_calls":[{"id":"$","function":{"name":"$","arguments":"$"}}]}}]}}"""))
            .file(
                "share.jsonl",
                line(
                    """
                    {"id":"$","system":"$","model":"$","conversations":[{"from":"$","value":"$"},{"from":"gpt","value":"$"}]}"""))
            .file(
                "batch.jsonl",
                line(
                    """
                    {"custom_id":"$","url":"$","body":{"model":"$","messages":[{"role":"user","content":"$"}]}}"""))
            .file(
                "spans.jsonl",
                line(
                    """
                    {"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"$","traceId":"$","attributes":[{"key":"gen_ai.request.model","value":{"stringValue":"$"}},{"key":"gen_ai.usage.input_tokens","value":{"intValue":5}},{"key":"gen_ai.output.messages","value":{"stringValue":"[{\\"role\\":\\"$\\",\\"parts\\":[{\\"type\\":\\"tool_call\\",\\"id\\":\\"$\\",\\"name\\":\\"$\\",\\"arguments\\":{\\"x\\":\\"$\\"}},{\\"type\\":\\"text\\",\\"content\\":\\"$\\"}]}]"}}]}]}]}]}"""))
            .file(
                "obs.jsonl",
                line(
                    """
                    {"type":"GENERATION","traceId":"$","startTime":1,"name":"$","model":"$","input":{"any":"$"},"output":{"thing":"$"},"metadata":"$"}"""))
            .file("l.csv", "session_id,input,output,class", "$,5,5,$".replace("$", SECRET));
    assertThat(imported.rows())
        .hasSize(6)
        .noneMatch(row -> row.toString().contains(SECRET))
        .anyMatch(row -> row.toString().contains("*******"));
    // Dictionaries and statistics of the packed file as well.
    assertThat(new String(Files.readAllBytes(imported.out()), StandardCharsets.ISO_8859_1))
        .doesNotContain(SECRET);
  }

  @Test
  void filtering_comesBeforeSessionsAreSought() throws IOException {
    TestImport imported = new TestImport(folder);
    imported.filter = text -> text.startsWith("mail") ? "<mail>" : text;
    imported.file(
        "log.jsonl",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"mail a\"}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"mail a\"},{\"role\":\"assistant\",\"content\":\"ok\"},{\"role\":\"user\",\"content\":\"mail b\"}]}");
    assertThat(imported.run().sessions()).isEqualTo(1);
    assertThat(imported.read().getLast().messages()).contains("<mail>").doesNotContain("mail b");
  }

  @Test
  void messages_ofErrors_quoteNothing() throws IOException {
    String[] bad = {
      "{\"messages\":[{\"role\":\"user\",\"content\":\"$\"}",
      "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}], $}",
      "{\"messages\":\"$\", \"usage\":{\"prompt_tokens\":-1}}",
      "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"timestamp\":\"$\"}",
      "{\"messages\":{\"$\":\"$\"}}",
      "{\"$\":\"$\"}",
      "input,output,$\n$,5,5",
    };
    for (String each : bad) {
      TestImport imported = new TestImport(folder).file("bad", line(each));
      assertThatThrownBy(imported::run)
          .as(each)
          .hasMessageNotContaining(SECRET)
          .hasMessageContaining("found")
          .hasMessageContaining("must");
    }
  }

  @Test
  void columns_ofErrors_areFiltered() throws IOException {
    assertThatThrownBy(filtered().file("bad.csv", line("$, a $"))::run)
        .hasMessageContaining("found the columns *******, a *******;");
  }
}
