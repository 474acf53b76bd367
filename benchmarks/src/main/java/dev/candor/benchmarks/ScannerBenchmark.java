package dev.candor.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.candor.protocol.ResponseListener;
import dev.candor.protocol.ResponseReader;
import dev.candor.protocol.anthropic.MessageEventScanner;
import dev.candor.protocol.body.EndMark;
import dev.candor.protocol.body.EventStreamReader;
import dev.candor.protocol.body.LineStreamReader;
import dev.candor.protocol.generic.GenericFields;
import dev.candor.protocol.generic.GenericScanner;
import dev.candor.protocol.ollama.OllamaScanner;
import dev.candor.protocol.openai.ChatScanner;
import dev.candor.protocol.openai.CompletionScanner;
import dev.candor.protocol.openai.ResponseEventScanner;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an event costs from its bytes to the listener's call: framing, JSON, validation. Each
 * operation is one event of a stream, of which 64 come in one read.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ScannerBenchmark {
  private static final int EVENTS = 64;
  private static final String[] WORDS = {" the", " quick", " brown", " fox", ",", " jumps", "\\n"};
  private static final GenericFields FIELDS =
      new GenericFields(
          "/choices/0/delta/content",
          null,
          "/usage/prompt_tokens",
          null,
          "/usage/completion_tokens",
          "/error",
          null,
          null);

  /** The dialect. */
  @Param({"chat", "completions", "responses", "anthropic", "ollama", "generic"})
  public String dialect = "";

  /**
   * {@code alike}: events differ in text and in what a server changes from one to the next; {@code
   * unlike}: in the order of their fields too, so that none is recognised by its bytes.
   */
  @Param({"alike", "unlike"})
  public String events = "";

  private final Counter counter = new Counter();
  private ResponseReader reader = new EventStreamReader(ChatScanner.ofChunks(), EndMark.DONE);
  private byte[] read = {};

  /** Makes the read. */
  @Setup
  public void fill() {
    reader =
        switch (dialect) {
          case "chat" -> new EventStreamReader(ChatScanner.ofChunks(), EndMark.DONE);
          case "completions" -> new EventStreamReader(new CompletionScanner(), EndMark.DONE);
          case "responses" -> new EventStreamReader(new ResponseEventScanner(), EndMark.NONE);
          case "anthropic" -> new EventStreamReader(new MessageEventScanner(), EndMark.NONE);
          case "ollama" -> new LineStreamReader(new OllamaScanner(), EndMark.NONE);
          case "generic" -> new EventStreamReader(new GenericScanner(FIELDS), EndMark.DONE);
          default -> throw new IllegalArgumentException(dialect);
        };
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < EVENTS; i++) {
      String event = event(i, WORDS[i % WORDS.length]);
      boolean moved = events.equals("unlike") && i % 2 == 0;
      bytes.writeBytes((moved ? event.replaceFirst("\\{", "{\"x\":1,") : event).getBytes(UTF_8));
    }
    read = bytes.toByteArray();
    scan();
    if (counter.texts != EVENTS) {
      throw new IllegalStateException(counter.texts + " texts of " + EVENTS + " events");
    }
  }

  private String event(int number, String text) {
    return switch (dialect) {
      case "chat", "generic" ->
          "data: {\"id\":\"chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG\",\"object\":\"chat.completion.chunk\",\"created\":1741570283,\"model\":\"llama-3.1-8b-instruct\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n"
              .formatted(text);
      case "completions" ->
          "data: {\"id\":\"cmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG\",\"object\":\"text_completion\",\"created\":1741570283,\"model\":\"llama-3.1-8b-instruct\",\"choices\":[{\"index\":0,\"text\":\"%s\",\"logprobs\":null,\"finish_reason\":null,\"stop_reason\":null}]}\n\n"
              .formatted(text);
      case "responses" ->
          "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"item_id\":\"msg_67c9fdcf37fc8190ba82116e33fb28c5\",\"output_index\":0,\"content_index\":0,\"delta\":\"%s\",\"logprobs\":[],\"sequence_number\":%d}\n\n"
              .formatted(text, 4 + number);
      case "anthropic" ->
          "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"%s\"}}\n\n"
              .formatted(text);
      case "ollama" ->
          "{\"model\":\"llama3.2\",\"created_at\":\"2026-11-24T08:52:19.%06dZ\",\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},\"done\":false}\n"
              .formatted(385406 + 7919 * number, text);
      default -> throw new IllegalArgumentException(dialect);
    };
  }

  /** One read. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long scan() {
    reader.read(read, 0, read.length, counter);
    return counter.bytes;
  }

  /** Counts, and keeps nothing. */
  private static final class Counter implements ResponseListener {
    private long texts;
    private long bytes;

    @Override
    public void onText(TextKind kind, byte[] text, int offset, int length) {
      texts++;
      bytes += length + text[offset];
    }

    @Override
    public void onSilentEvent(boolean ofAnswer) {
      throw new IllegalStateException("silent");
    }

    @Override
    public void onUsage(int prompt, int cached, int completion, int reasoning) {
      throw new IllegalStateException("usage");
    }

    @Override
    public void onFinish(String reason) {
      throw new IllegalStateException(reason);
    }

    @Override
    public void onDone() {
      throw new IllegalStateException("done");
    }

    @Override
    public void onErrorFrame(@Nullable String code, String message) {
      throw new IllegalStateException(message);
    }

    @Override
    public void onMalformed(String why) {
      throw new IllegalStateException(why);
    }

    @Override
    public void onOversized(String what) {
      throw new IllegalStateException(what);
    }
  }
}
