package dev.candor.corpus.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.corpus.CorpusRow;
import dev.candor.corpus.read.Format;
import dev.candor.record.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of each format. */
final class FormatsTest {
  @TempDir Path folder;

  private TestImport importing() {
    return new TestImport(folder);
  }

  private static Format format(ImportSummary summary) {
    return summary.sources().getFirst().format();
  }

  @Test
  void openai_requestAndResponse_hasTextsUsageAndTime() throws IOException {
    TestImport imported =
        importing()
            .file(
                "log.jsonl",
                """
                {"timestamp":"2026-01-02T03:04:05Z","request":{"model":"m-1","messages":[{"role":"system","content":"be kind"},{"role":"user","content":[{"type":"text","text":"hel"},{"type":"image_url","image_url":{"url":"data:xyz"}},{"type":"text","text":"lo"}]}],"max_tokens":5},"response":{"choices":[{"message":{"role":"assistant","content":"hi there"}}],"usage":{"prompt_tokens":40,"completion_tokens":3,"prompt_tokens_details":{"cached_tokens":16}}}}""",
                """
                {"timestamp":"2026-01-02T03:04:07.5Z","model":"m-2","messages":[{"role":"user","content":"call it"}],"choices":[{"message":{"content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"find","arguments":"{}"}}]}}]}""");
    List<CorpusRow> rows = imported.rows();
    assertThat(rows).map(TestImport::lengths).containsExactly("m-1 40 3 16", "m-2 7 6 -1");
    assertThat(rows)
        .map(TestImport::place)
        .containsExactly("0.0 after [] wait ? at 0", "1.0 after [] wait ? at 2500");
    assertThat(rows.get(0).messages())
        .isEqualTo(
            "[{\"role\":\"system\",\"content\":\"be kind\"},{\"role\":\"user\",\"content\":\"hello\"}]");
    assertThat(rows.get(0).answer()).isEqualTo("hi there");
    assertThat(rows.get(1).answer()).isEmpty();
    assertThat(rows.get(0).source()).isEqualTo("log.jsonl");
    assertThat(rows).map(CorpusRow::line).containsExactly(1L, 2L);
    assertThat(rows.get(0).blocks()).hasSize(5);
  }

  @Test
  void openai_toolCallsAndNames_areKept() throws IOException {
    CorpusRow row =
        importing()
            .file(
                "log.jsonl",
                """
                {"messages":[{"role":"user","name":"ann","content":"go"},{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"find","arguments":"{\\"a\\":1}"}}]},{"role":"tool","tool_call_id":"c1","content":"42"}]}""")
            .rows()
            .getFirst();
    assertThat(row.messages())
        .isEqualTo(
            "[{\"role\":\"user\",\"content\":\"go\",\"name\":\"ann\"},"
                + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"find\",\"arguments\":\"{\\\"a\\\":1}\"}}]},"
                + "{\"role\":\"tool\",\"content\":\"42\",\"tool_call_id\":\"c1\"}]");
    assertThat(TestImport.lengths(row)).isEqualTo("openai 15 -1 -1");
  }

  @Test
  void openai_anthropicsShape_countsCacheAsInput() throws IOException {
    CorpusRow row =
        importing()
            .file(
                "log.jsonl",
                """
                {"request":{"model":"c","system":"short","messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":[{"type":"text","text":"found"}]}]}]},"response":{"content":[{"type":"text","text":"done"}],"usage":{"input_tokens":10,"cache_read_input_tokens":30,"cache_creation_input_tokens":5,"output_tokens":2}}}""")
            .rows()
            .getFirst();
    assertThat(TestImport.lengths(row)).isEqualTo("c 45 2 30");
    assertThat(row.answer()).isEqualTo("done");
    assertThat(row.messages())
        .isEqualTo(
            "[{\"role\":\"system\",\"content\":\"short\"},{\"role\":\"tool\",\"content\":\"found\",\"tool_call_id\":\"t1\"}]");
  }

  @Test
  void openai_responsesShape_isRead() throws IOException {
    CorpusRow row =
        importing()
            .file(
                "log.jsonl",
                """
                {"request":{"model":"r","instructions":"be","input":[{"role":"user","content":[{"type":"input_text","text":"go"}]},{"type":"reasoning","summary":[]},{"type":"function_call","call_id":"c","name":"f","arguments":"{}"},{"type":"function_call_output","call_id":"c","output":"7"}]},"response":{"created_at":1700000000,"output":[{"type":"reasoning","summary":[]},{"type":"message","role":"assistant","content":[{"type":"output_text","text":"seven"}]}],"usage":{"input_tokens":33,"input_tokens_details":{"cached_tokens":8},"output_tokens":6}}}""")
            .rows()
            .getFirst();
    assertThat(TestImport.lengths(row)).isEqualTo("r 33 6 8");
    assertThat(row.answer()).isEqualTo("seven");
    assertThat(row.atNanos()).isZero();
    assertThat(row.messages())
        .isEqualTo(
            "[{\"role\":\"system\",\"content\":\"be\"},{\"role\":\"user\",\"content\":\"go\"},"
                + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
                + "{\"role\":\"tool\",\"content\":\"7\",\"tool_call_id\":\"c\"}]");
  }

  @Test
  void batch_inputAndOutput_arePutTogether() throws IOException {
    String[] output = {
      """
      {"id":"b1","custom_id":"two","response":{"status_code":200,"body":{"model":"m","created":1700000000,"choices":[{"message":{"content":"second"}}],"usage":{"prompt_tokens":22,"completion_tokens":2}}}}""",
      """
      {"id":"b2","custom_id":"nine","response":{"status_code":200,"body":{"model":"m","choices":[{"message":{"content":"ninth"}}],"usage":{"prompt_tokens":9,"completion_tokens":1}}}}""",
      """
      {"id":"b3","custom_id":"bad","response":{"status_code":500,"body":{"error":"?"}}}"""
    };
    String[] input = {
      """
      {"custom_id":"one","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[{"role":"user","content":"first"}]}}""",
      """
      {"custom_id":"two","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[{"role":"user","content":"other"}]}}"""
    };
    for (boolean outputFirst : new boolean[] {true, false}) {
      TestImport both = importing();
      both.file("a.jsonl", outputFirst ? output : input);
      both.file("b.jsonl", outputFirst ? input : output);
      ImportSummary summary = both.run();
      assertThat(format(summary)).isEqualTo(Format.BATCH);
      assertThat(summary.passedOver()).isEqualTo(1);
      assertThat(both.read())
          .map(row -> TestImport.lengths(row) + " " + row.messages() + " " + row.answer())
          .containsExactlyInAnyOrder(
              "m 22 2 -1 [{\"role\":\"user\",\"content\":\"other\"}] second",
              "m 9 1 -1 null ninth",
              "m 5 -1 -1 [{\"role\":\"user\",\"content\":\"first\"}] null");
    }
  }

  @Test
  void sharegpt_arrayOrLines_eachAnswerIsATurn() throws IOException {
    String one =
        """
        {"id":"a","conversations":[{"from":"system","value":"S"},{"from":"human","value":"one"},{"from":"gpt","value":"two!"},{"from":"human","value":"three"},{"from":"gpt","value":"four"}]}""";
    String two =
        """
        {"id":"b",
         "conversations":[{"from":"human","value":"x ] } \\" y"},{"from":"gpt","value":"z"}]}""";
    TestImport array = importing().file("s.json", "[", one + ",", two, "]");
    ImportSummary summary = array.run();
    assertThat(format(summary)).isEqualTo(Format.SHAREGPT);
    assertThat(array.read())
        .map(row -> TestImport.place(row) + " " + TestImport.lengths(row) + " :" + row.line())
        .containsExactly(
            "0.0 after [] wait ? at ? sharegpt 4 4 -1 :2",
            "0.1 after [0] wait ? at ? sharegpt 13 4 -1 :2",
            "1.0 after [] wait ? at ? sharegpt 9 1 -1 :3");
    TestImport lines = importing().file("s.jsonl", one, two.replace("\n", ""));
    assertThat(lines.rows()).map(CorpusRow::answer).containsExactly("two!", "four", "z");
  }

  @Test
  void litellm_rowsOfSpendLogs_areSortedIntoSessions() throws IOException {
    TestImport imported =
        importing()
            .file(
                "spend.json",
                "[",
                """
                {"call_type":"acompletion","model":"gpt-x","session_id":"s1","startTime":"2026-03-01 10:00:05+00:00","endTime":"2026-03-01 10:00:06+00:00","prompt_tokens":50,"completion_tokens":7,"messages":"{}","response":"{}","metadata":"{\\"usage_object\\":{\\"prompt_tokens_details\\":{\\"cached_tokens\\":32}}}"},""",
                """
                {"call_type":"acompletion","model":"gpt-x","session_id":"s1","startTime":"2026-03-01T10:00:00.000Z","endTime":"2026-03-01T10:00:02.000Z","prompt_tokens":20,"completion_tokens":5,"messages":[{"role":"user","content":"hey"}],"response":{"choices":[{"message":{"content":"ho"}}]}},""",
                """
                {"call_type":"aembedding","model":"e","startTime":"2026-03-01T10:00:00Z","prompt_tokens":3},""",
                """
                {"call_type":"acompletion","model":"gpt-x","session_id":"s2","startTime":"2026-03-01T10:00:01Z","prompt_tokens":0,"completion_tokens":0,"messages":{},"proxy_server_request":{"messages":[{"role":"user","content":"kept here"}]},"response":{}}""",
                "]");
    ImportSummary summary = imported.run();
    assertThat(format(summary)).isEqualTo(Format.LITELLM);
    assertThat(summary.passedOver()).isEqualTo(1);
    assertThat(imported.read())
        .map(row -> TestImport.place(row) + " " + TestImport.lengths(row))
        .containsExactly(
            "0.0 after [] wait ? at 0 gpt-x 20 5 -1",
            "0.1 after [0] wait 3000 at 5000 gpt-x 50 7 32",
            "1.0 after [] wait ? at 1000 gpt-x 9 -1 -1");
  }

  @Test
  void langfuse_generationsAtOnce_waitForTheSame() throws IOException {
    String form =
        """
        {"id":"%s","type":"%s","traceId":"t","parentObservationId":"p","startTime":"2026-03-01T10:00:0%d.000Z","endTime":"2026-03-01T10:00:0%d.500Z","model":"m","input":[{"role":"user","content":"q"}],"output":{"role":"assistant","content":"a"},"usageDetails":{"input":10,"input_cached_tokens":4,"output":2,"total":16}}""";
    TestImport imported =
        importing()
            .file(
                "obs.jsonl",
                form.formatted("e", "GENERATION", 7, 8),
                form.formatted("a", "GENERATION", 0, 1),
                form.formatted("s", "SPAN", 0, 9),
                form.formatted("b", "GENERATION", 2, 5),
                form.formatted("c", "GENERATION", 3, 4));
    ImportSummary summary = imported.run();
    assertThat(format(summary)).isEqualTo(Format.LANGFUSE);
    assertThat(summary.passedOver()).isEqualTo(1);
    assertThat(imported.read())
        .map(row -> TestImport.place(row) + " " + TestImport.lengths(row))
        .containsExactly(
            "0.0 after [] wait ? at 0 m 14 2 4",
            "0.1 after [0] wait 500 at 2000 m 14 2 4",
            "0.2 after [0] wait 1500 at 3000 m 14 2 4",
            "0.3 after [1, 2] wait 1500 at 7000 m 14 2 4");
  }

  @Test
  void langfuse_namesOfItsFiles_andAnyInput() throws IOException {
    CorpusRow row =
        importing()
            .file(
                "obs.jsonl",
                """
                {"id":"e","type":"GENERATION","trace_id":"t","session_id":"s","start_time":"2026-03-01 10:00:00.123456","end_time":null,"provided_model_name":"m","input":"{\\"question\\":\\"why\\"}","output":"so","usage_details":{}}""")
            .rows()
            .getFirst();
    assertThat(row.messages())
        .isEqualTo("[{\"role\":\"user\",\"content\":\"{\\\"question\\\":\\\"why\\\"}\"}]");
    assertThat(TestImport.lengths(row)).isEqualTo("m 18 2 -1");
  }

  @Test
  void otel_spansOfModels_areRequests_othersAreNot() throws IOException {
    TestImport imported =
        importing()
            .file(
                "otlp.jsonl",
                """
                {"resourceSpans":[{"resource":{},"scopeSpans":[{"scope":{},"spans":[
                {"traceId":"aa","spanId":"1","startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"1700000001000000000","attributes":[
                 {"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},{"key":"gen_ai.request.model","value":{"stringValue":"m"}},
                 {"key":"gen_ai.conversation.id","value":{"stringValue":"c"}},
                 {"key":"gen_ai.usage.input_tokens","value":{"intValue":"30"}},{"key":"gen_ai.usage.output_tokens","value":{"intValue":4}},
                 {"key":"gen_ai.usage.cache_read.input_tokens","value":{"intValue":"16"}},
                 {"key":"gen_ai.system_instructions","value":{"stringValue":"[{\\"type\\":\\"text\\",\\"content\\":\\"be\\"}]"}},
                 {"key":"gen_ai.input.messages","value":{"stringValue":"[{\\"role\\":\\"user\\",\\"parts\\":[{\\"type\\":\\"text\\",\\"content\\":\\"why\\"}]}]"}},
                 {"key":"gen_ai.output.messages","value":{"arrayValue":{"values":[{"kvlistValue":{"values":[{"key":"role","value":{"stringValue":"assistant"}},{"key":"parts","value":{"arrayValue":{"values":[{"kvlistValue":{"values":[{"key":"type","value":{"stringValue":"text"}},{"key":"content","value":{"stringValue":"because"}}]}}]}}}]}}]}}}]},
                {"traceId":"aa","spanId":"2","startTimeUnixNano":"1700000000000000000","attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"invoke_agent"}},{"key":"gen_ai.usage.input_tokens","value":{"intValue":"99"}}]},
                {"traceId":"aa","spanId":"3","name":"GET /"}]}]}]}"""
                    .replace("\n", ""),
                """
                {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"bb","startTimeUnixNano":"1700000003000000000","endTimeUnixNano":"1700000004000000000","attributes":[{"key":"gen_ai.conversation.id","value":{"stringValue":"c"}},{"key":"gen_ai.usage.prompt_tokens","value":{"intValue":"60"}},{"key":"gen_ai.prompt.0.role","value":{"stringValue":"user"}},{"key":"gen_ai.prompt.0.content","value":{"stringValue":"and"}},{"key":"gen_ai.completion.0.content","value":{"stringValue":"so on"}}]}]}]}]}""");
    ImportSummary summary = imported.run();
    assertThat(format(summary)).isEqualTo(Format.OTEL);
    assertThat(summary.passedOver()).isEqualTo(2);
    assertThat(imported.read())
        .map(row -> TestImport.place(row) + " " + TestImport.lengths(row) + " " + row.answer())
        .containsExactly(
            "0.0 after [] wait ? at 0 m 30 4 16 because",
            "0.1 after [0] wait 2000 at 3000 otel 60 5 -1 so on");
    assertThat(imported.read().getFirst().messages())
        .isEqualTo(
            "[{\"role\":\"system\",\"content\":\"be\"},{\"role\":\"user\",\"content\":\"why\"}]");
  }

  @Test
  void lengths_commonNames_withTimesAndSessions() throws IOException {
    TestImport imported =
        importing()
            .file(
                "l.csv",
                "Session ID,Prompt-Tokens,whatever,completion_tokens,timestamp,model",
                "a,10,?,3,12.5,\"big, really\"",
                "b,20,?,4,11,x",
                "a,30,?,5,14,x");
    ImportSummary summary = imported.run();
    assertThat(format(summary)).isEqualTo(Format.LENGTHS);
    assertThat(imported.read())
        .map(row -> TestImport.place(row) + " " + TestImport.lengths(row))
        .containsExactly(
            "0.0 after [] wait ? at 0 x 20 4 -1",
            "1.0 after [] wait ? at 1500 big, really 10 3 -1",
            "1.1 after [0] wait ? at 3000 x 30 5 -1");
  }

  @Test
  void azureAndBurstGpt_headersTell() throws IOException {
    TestImport azure =
        importing()
            .file(
                "a.csv",
                "TIMESTAMP,ContextTokens,GeneratedTokens",
                "2023-11-16 18:15:46.6805900,374,44",
                "2023-11-16 18:15:50.9951690,396,109");
    assertThat(format(azure.run())).isEqualTo(Format.AZURE);
    assertThat(azure.read()).map(CorpusRow::atNanos).containsExactly(0L, 4_314_579_000L);
    TestImport burst =
        importing()
            .file(
                "b.csv",
                "Timestamp,Session ID,Elapsed time,Model,Request tokens,Response tokens,Total tokens,Log Type",
                "5,s,2.5,ChatGPT,472,18,490,Conversation log",
                "45,s,,GPT-4,87,0,87,Conversation log");
    assertThat(format(burst.run())).isEqualTo(Format.BURSTGPT);
    assertThat(burst.read())
        .map(row -> TestImport.place(row) + " " + TestImport.lengths(row))
        .containsExactly(
            "0.0 after [] wait ? at 0 ChatGPT, Conversation log 472 18 -1",
            "0.1 after [0] wait 37500 at 40000 GPT-4, Conversation log 87 0 -1");
  }

  @Test
  void bailian_parentsMakeSessions_whichMayBranch() throws IOException {
    TestImport imported =
        importing()
            .file(
                "b.jsonl",
                """
                {"chat_id":159,"parent_chat_id":-1,"timestamp":0.5,"input_length":33,"output_length":4,"type":"text","turn":1,"hash_ids":[1,2,3]}""",
                """
                {"chat_id":160,"parent_chat_id":-1,"timestamp":1.0,"input_length":16,"output_length":4,"type":"file","turn":1,"hash_ids":[1]}""",
                """
                {"chat_id":161,"parent_chat_id":159,"timestamp":2.0,"input_length":48,"output_length":4,"type":"text","turn":2,"hash_ids":[1,2,9]}""",
                """
                {"chat_id":162,"parent_chat_id":159,"timestamp":3.0,"input_length":48,"output_length":4,"type":"text","turn":2,"hash_ids":[1,2,3]}""",
                """
                {"chat_id":163,"parent_chat_id":7,"timestamp":3.0,"input_length":17,"output_length":4,"type":"text","turn":4,"hash_ids":[2,1]}""");
    ImportSummary summary = imported.run();
    assertThat(format(summary)).isEqualTo(Format.BAILIAN);
    List<CorpusRow> rows = imported.read();
    assertThat(rows)
        .map(TestImport::place)
        .containsExactly(
            "0.0 after [] wait ? at 0",
            "0.1 after [0] wait ? at 1500",
            "0.2 after [0] wait ? at 2500",
            "1.0 after [] wait ? at 500",
            "2.0 after [] wait ? at 2500");
    assertThat(rows).map(CorpusRow::requestClass).contains("file");
    assertThat(rows).allMatch(row -> row.blockTokens() == 16);
    long[] first = rows.get(0).blocks();
    assertThat(rows.get(2).blocks()).containsExactly(first);
    assertThat(rows.get(1).blocks()).startsWith(first[0], first[1]).doesNotContain(first[2]);
    // The same block behind another one is no shared prefix.
    assertThat(rows.get(4).blocks()).doesNotContain(first);
  }

  @Test
  void mooncake_hashIds_sharePrefixesWithinTheirFileAlone() throws IOException {
    String line =
        """
        {"timestamp": 27, "input_length": 600, "output_length": 5, "hash_ids": [0, 1]}""";
    List<CorpusRow> rows = importing().file("m1.jsonl", line, line).file("m2.jsonl", line).rows();
    assertThat(rows).allMatch(row -> row.blockTokens() == 512 && row.blocks().length == 2);
    assertThat(rows.get(0).blocks()).containsExactly(rows.get(1).blocks());
    assertThat(rows.get(2).blocks()).doesNotContain(rows.get(0).blocks());
  }

  @Test
  void parquet_lengthsOrMessages_areReadByTheirColumns() throws IOException, SQLException {
    parquet(
        "lengths.parquet",
        "SELECT 10 AS input_tokens, 3 AS output_tokens, TIMESTAMP '2026-01-01 00:00:01' AS timestamp"
            + " UNION ALL SELECT 20, 4, TIMESTAMP '2026-01-01 00:00:00'");
    parquet(
        "chats.parquet", "SELECT [{'role': 'user', 'content': 'hello'}] AS messages, 'm' AS model");
    assertThat(importing().path(folder + "/lengths.parquet").rows())
        .map(row -> TestImport.place(row) + " " + TestImport.lengths(row) + " :" + row.line())
        .containsExactly(
            "0.0 after [] wait ? at 0 parquet 20 4 -1 :2",
            "1.0 after [] wait ? at 1000 parquet 10 3 -1 :1");
    assertThat(importing().path(folder + "/chats.parquet").rows())
        .map(row -> TestImport.lengths(row) + " " + row.messages())
        .containsExactly("m 5 -1 -1 [{\"role\":\"user\",\"content\":\"hello\"}]");
  }

  private void parquet(String name, String query) throws SQLException {
    try (Connection connection = Database.open("");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (%s) TO %s (FORMAT parquet)"
              .formatted(query, Database.literal(folder.resolve(name))));
    }
  }
}
