package dev.candor.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.AttemptFigures;
import dev.candor.base.time.VirtualTime;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.TraceReader;
import dev.candor.protocol.body.EndMark;
import dev.candor.protocol.body.EventStreamReader;
import dev.candor.protocol.openai.ChatScanner;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import org.junit.jupiter.api.Test;

/**
 * From the bytes of a stream to its figures, in virtual time: what is not a token must move
 * nothing, and several tokens in an event must count each.
 */
final class StreamTimingTest {
  private static final long MS = 1_000_000;

  private final VirtualTime time = new VirtualTime();
  private final AttemptTrace trace = new AttemptTrace();
  private final EventStreamReader reader =
      new EventStreamReader(ChatScanner.ofChunks(), EndMark.DONE);

  /** Bytes that a socket read brings {@code nanos} after the request was sent. */
  private void arrives(long nanos, String bytes) {
    time.runUntil(nanos);
    trace.readNanos = time.nanoTime();
    byte[] read = bytes.getBytes(UTF_8);
    reader.read(read, 0, read.length, trace);
  }

  private static String delta(String fields) {
    return "data: {\"choices\":[{\"index\":0,\"delta\":{" + fields + "}}]}\n\n";
  }

  private AttemptRecord record() {
    trace.outcome = trace.judge(true, false);
    return new TraceReader(0, null).read(trace);
  }

  @Test
  void everyKindOfEvent_onlyTokensCount_toTheNanosecond() {
    trace.sent = 0;
    arrives(50 * MS, ": keep-alive\n\n");
    arrives(60 * MS, delta("\"role\":\"assistant\",\"content\":\"\""));
    arrives(70 * MS, delta("\"content\":\"\""));
    arrives(100 * MS + 1, delta("\"content\":\"one\""));
    arrives(110 * MS, ":\n\ndata:\n\n");
    arrives(133 * MS + 7, delta("\"content\":\" two three four\""));
    arrives(140 * MS, delta(""));
    // One event split over two reads: it arrives with its last byte.
    String split = delta("\"content\":\" five\"");
    arrives(150 * MS, split.substring(0, 40));
    arrives(171 * MS + 2, split.substring(40));
    arrives(180 * MS, delta("\"content\":\"\"").replace("}}]}", "},\"finish_reason\":\"stop\"}]}"));
    arrives(
        190 * MS,
        """
        data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":5}}

        """);
    arrives(200 * MS, "data: [DONE]\n\n");

    AttemptRecord attempt = record();
    assertThat(attempt.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(attempt.eventNanos()).containsExactly(100 * MS + 1, 133 * MS + 7, 171 * MS + 2);
    assertThat(attempt.eventTokens()).containsExactly(1, 3, 1);
    assertThat(attempt.outputTokens()).isEqualTo(5);
    assertThat(AttemptFigures.ttft(attempt)).isEqualTo(100 * MS + 1);
    assertThat(AttemptFigures.tpot(attempt)).isEqualTo((71 * MS + 1) / 4.0);
    assertThat(AttemptFigures.meanItl(attempt)).isEqualTo((71 * MS + 1) / 4.0);
    assertThat(AttemptFigures.maxGap(attempt)).isEqualTo(37 * MS + 999_995);
    assertThat(AttemptFigures.outputTpsUser(attempt)).isEqualTo(4e9 / (71 * MS + 1));
    assertThat(attempt.end()).isEqualTo(200 * MS);
  }

  @Test
  void reasoningThenToolCall_firstAnswerIsTheToolCall() {
    trace.sent = 0;
    arrives(10 * MS, delta("\"reasoning_content\":\"hm\""));
    arrives(20 * MS, delta("\"reasoning\":\" hm\""));
    arrives(
        30 * MS,
        delta("\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]"));
    arrives(40 * MS, "data: [DONE]\n\n");
    AttemptRecord attempt = record();
    assertThat(attempt.first()).isEqualTo(10 * MS);
    assertThat(attempt.firstAnswer()).isEqualTo(30 * MS);
    assertThat(AttemptFigures.tpot(attempt)).isEqualTo(10.0 * MS);
  }

  @Test
  void nothingButBlanks_isAnEmptyAnswer() {
    trace.sent = 0;
    arrives(10 * MS, delta("\"role\":\"assistant\",\"content\":\"\"") + ": x\n\n");
    arrives(20 * MS, "data: [DONE]\n\n");
    AttemptRecord attempt = record();
    assertThat(attempt.outcome()).isEqualTo(Outcome.EMPTY_ANSWER);
    assertThat(AttemptFigures.ttft(attempt)).isNull();
    assertThat(AttemptFigures.tpot(attempt)).isNull();
  }
}
