package dev.candor.load.transport.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.TraceBlock;
import dev.candor.load.transport.TraceBlocks;
import dev.candor.protocol.ResponseReader;
import dev.candor.protocol.body.EndMark;
import dev.candor.protocol.body.EventStreamReader;
import dev.candor.protocol.openai.ChatScanner;
import dev.candor.record.Outcome;
import java.io.ByteArrayOutputStream;
import java.util.Map;
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
 * The way of a token from the bytes of a socket read to its trace: framing, events, instants. An
 * operation is a token; a response of 6,400 of them, its head and its end included, an invocation.
 * Run with {@code -prof gc}: between head and end nothing is allocated.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class HttpReadBenchmark implements Http1Response.Listener {
  private static final int TOKENS = 6400;

  /** Tokens that one read brings, each in a chunk of its own. */
  @Param({"1", "64"})
  int tokensPerRead;

  private final Http1Response response = new Http1Response();
  private final ResponseReader reader = new EventStreamReader(ChatScanner.ofChunks(), EndMark.DONE);
  private final TraceBlocks blocks = new TraceBlocks(1 << 20, this::takeAndGiveBack);
  private final AttemptTrace trace = new AttemptTrace(blocks);
  private final byte[] scratch = new byte[64 << 10];
  private byte[] head = new byte[0];
  private byte[] read = new byte[0];
  private byte[] end = new byte[0];
  private long now;

  /** In the writer's place. */
  private boolean takeAndGiveBack(TraceBlock block) {
    blocks.giveBack(block);
    return true;
  }

  @Setup
  public void makeBytes() {
    head =
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
            .getBytes(US_ASCII);
    byte[] token =
        chunk(
            """
            data: {"id":"chatcmpl-0123456789abcdef","object":"chat.completion.chunk",\
            "created":1764032400,"model":"mock-model","system_fingerprint":"fp_0123456789",\
            "choices":[{"index":0,"delta":{"content":" token"},"logprobs":null,\
            "finish_reason":null}]}

            """);
    ByteArrayOutputStream tokens = new ByteArrayOutputStream();
    for (int i = 0; i < tokensPerRead; i++) {
      tokens.writeBytes(token);
    }
    read = tokens.toByteArray();
    ByteArrayOutputStream last = new ByteArrayOutputStream();
    last.writeBytes(chunk("data: [DONE]\n\n"));
    last.writeBytes("0\r\n\r\n".getBytes(US_ASCII));
    end = last.toByteArray();
  }

  private static byte[] chunk(String data) {
    return (Integer.toHexString(data.length()) + "\r\n" + data + "\r\n").getBytes(US_ASCII);
  }

  /** One response. */
  @Benchmark
  @OperationsPerInvocation(TOKENS)
  public int tokens() {
    trace.reset();
    trace.keepText(false);
    reader.reset();
    trace.sent = now;
    read(head);
    for (int i = 0; i < TOKENS; i += tokensPerRead) {
      read(read);
    }
    read(end);
    if (trace.events() != TOKENS || !trace.done()) {
      throw new AssertionError(trace.events() + " tokens of " + TOKENS);
    }
    return trace.events();
  }

  private void read(byte[] bytes) {
    now += 20_000_000;
    trace.readNanos = now;
    System.arraycopy(bytes, 0, scratch, 0, bytes.length);
    response.read(scratch, 0, bytes.length, this);
  }

  @Override
  public void onHead(int status, @Nullable String encoding, Map<String, String> fields) {
    trace.httpStatus = status;
  }

  @Override
  public void onBody(byte[] bytes, int offset, int length) {
    reader.read(bytes, offset, length, trace);
  }

  @Override
  public void onEnd() {}

  @Override
  public void onBroken(Outcome outcome, String why) {
    throw new AssertionError(why);
  }
}
