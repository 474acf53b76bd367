package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.candor.base.error.CandorException;
import dev.candor.scenario.MockSettings;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The truth is kept and written; a file that fails is told of, once, and the keeping goes on. */
final class TruthLogTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(TruthLog.class);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void listen() {
    logger.setAdditive(false);
    logged.start();
    logger.addAppender(logged);
  }

  @AfterEach
  void unlisten() {
    logger.detachAppender(logged);
    logger.setAdditive(true);
  }

  private static TruthRecord record(long request) {
    SentEvents events = new SentEvents();
    events.add(25, 26, 1);
    events.add(35, 36, 1);
    return new TruthRecord(
        request,
        "/v1/chat/completions",
        200,
        10,
        20,
        40,
        1,
        5,
        4,
        2,
        1,
        new long[] {22},
        events,
        List.of("stall", "error 429"),
        false,
        true);
  }

  @Test
  void add_isKeptAndWritten_inOrder() {
    StringWriter file = new StringWriter();
    TruthLog log = new TruthLog(file, "truth.jsonl");
    log.add(record(3));
    log.add(record(1));
    log.close();
    assertThat(log.kept()).extracting(TruthRecord::request).containsExactly(3L, 1L);
    assertThat(log.failure()).isNull();
    assertThat(file.toString().lines())
        .containsExactlyElementsOf(log.kept().stream().map(TruthJson::line).toList());
    assertThat(logged.list).isEmpty();
  }

  @Test
  void json_hasAllFields() {
    JsonNode json = JsonMapper.shared().readTree(TruthJson.line(record(3)));
    assertThat(json)
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"request":3,"path":"/v1/chat/completions","status":200,
                     "arrival_ns":10,"start_ns":20,"first_token_ns":25,"end_ns":40,"replica":1,
                     "prompt_tokens":5,"cached_tokens":4,"output_tokens":2,"reasoning_tokens":1,
                     "complete":true,"slow_reader":false,"faults":["stall","error 429"],
                     "preempted_ns":[22],"intended_ns":[25,35],"emitted_ns":[26,36],"tokens":[1,1]}
                    """));
  }

  @Test
  void add_fileFails_isToldOnce_keepingGoesOn() {
    TruthLog log = new TruthLog(new FullDisk(2), "truth.jsonl");
    for (int request = 0; request < 10; request++) {
      log.add(record(request));
    }
    await().until(() -> log.kept().size() == 10);
    log.close();
    assertThat(log.failure()).contains("--truth").contains("truth.jsonl").contains("disk is full");
    assertThat(logged.list).hasSize(1);
    assertThat(logged.list.getFirst().getLevel()).isEqualTo(Level.ERROR);
    assertThat(logged.list.getFirst().getFormattedMessage()).isEqualTo(log.failure());
  }

  @Test
  void server_fullDisk_answersAndTellsTruth_saysSoWhenClosed() {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    MockSettings settings = MockSettings.DEFAULT.withTruth(full);
    MockServer mock = MockServer.start(MockOptions.of(settings, 1));
    try (mock;
        MockClient client = new MockClient(mock)) {
      assertThat(client.answer(0, MockClient.streamed(3)).finishReasons())
          .containsExactly("length");
      await().until(() -> mock.truth().size() == 1);
      assertThat(client.get("/truth").body()).contains("\"request\":0");
    }
    assertThat(mock.truthFailure()).contains("/dev/full");
    assertThat(logged.list).hasSize(1);
  }

  @Test
  void open_noSuchFolder_namesTheFlagAndTheFile(@TempDir Path temp) {
    Path file = temp.resolve("missing").resolve("truth.jsonl");
    assertThatThrownBy(() -> TruthLog.open(file))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("--truth")
        .hasMessageContaining(file.toString());
  }

  /** Takes some lines, then nothing more. */
  private static final class FullDisk extends Writer {
    private int room;

    FullDisk(int lines) {
      this.room = lines;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      if (text[offset] == '\n') {
        room--;
      }
      if (room <= 0) {
        throw new IOException("the disk is full");
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() throws IOException {
      throw new IOException("the disk is full");
    }
  }
}
