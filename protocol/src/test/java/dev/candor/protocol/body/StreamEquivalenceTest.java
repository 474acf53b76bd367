package dev.candor.protocol.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import dev.candor.protocol.ResponseReader;
import dev.candor.protocol.anthropic.MessageEventScanner;
import dev.candor.protocol.generic.GenericFields;
import dev.candor.protocol.generic.GenericScanner;
import dev.candor.protocol.ollama.OllamaScanner;
import dev.candor.protocol.openai.ChatScanner;
import dev.candor.protocol.openai.CompletionScanner;
import dev.candor.protocol.openai.ResponseEventScanner;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the readers tell of a stream is what a full JSON parser finds in it: on streams that a
 * seeded generator draws, damages and cuts anywhere.
 */
final class StreamEquivalenceTest {
  private static final int ROUNDS = 2_000;
  private static final GenericFields FIELDS =
      new GenericFields("/a~1b/1/t~0", "/think", "/u/in", "/u/c", "/u/out", "/err", "/end", "stop");
  private static final GenericFields ANY_END =
      new GenericFields("/a~1b/0/t~0", null, "/u/in", null, "/u/out", "/err/message", "/end", null);

  /** A dialect: its frames, what is in them, and who reads them. */
  record Spoken(
      String name,
      Function<FrameGenerator, String> frames,
      Supplier<Oracle> oracle,
      FrameScanner scanner,
      boolean events) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Spoken> dialects() {
    return Stream.of(
        new Spoken(
            "chat",
            FrameGenerator::chat,
            () -> new Oracle.Choices(true),
            ChatScanner.ofChunks(),
            true),
        new Spoken(
            "completions",
            FrameGenerator::completion,
            () -> new Oracle.Choices(false),
            new CompletionScanner(),
            true),
        new Spoken(
            "responses",
            FrameGenerator::response,
            Oracle.Responses::new,
            new ResponseEventScanner(),
            true),
        new Spoken(
            "messages",
            FrameGenerator::message,
            Oracle.Messages::new,
            new MessageEventScanner(),
            true),
        new Spoken(
            "ollama", FrameGenerator::ollama, Oracle.Ollama::new, new OllamaScanner(), false),
        new Spoken(
            "generic events",
            FrameGenerator::generic,
            () -> new Oracle.Generic(FIELDS),
            new GenericScanner(FIELDS),
            true),
        new Spoken(
            "generic lines",
            FrameGenerator::generic,
            () -> new Oracle.Generic(ANY_END),
            new GenericScanner(ANY_END),
            false));
  }

  /** A stream's bytes and what is to be heard of them. */
  private record Drawn(byte[] bytes, List<String> calls) {}

  @ParameterizedTest
  @MethodSource("dialects")
  void read_drawnStream_equalsTree(Spoken spoken) {
    long seed = 1;
    RandomGenerator random = new Seed(seed).derive(spoken.name).stream();
    FrameScanner scanner = spoken.scanner;
    // One reader for all: what it learned in one stream must not mislead it in the next.
    ResponseReader reader =
        spoken.events
            ? new EventStreamReader(scanner, EndMark.DONE)
            : new LineStreamReader(scanner, EndMark.NONE);
    int texts = 0;
    int malformed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Drawn drawn = draw(spoken, random);
      int[] cuts = random.ints(random.nextInt(6), 0, drawn.bytes.length + 1).sorted().toArray();
      List<String> heard = new ArrayList<>(HeardResponse.of(reader, drawn.bytes, cuts));
      heard.replaceAll(call -> call.startsWith("malformed ") ? "malformed" : call);
      assertThat(heard)
          .as(() -> "seed %d: %s".formatted(seed, new String(drawn.bytes, UTF_8)))
          .isEqualTo(drawn.calls);
      texts += heard.stream().anyMatch(call -> call.startsWith("text ")) ? 1 : 0;
      malformed += heard.contains("malformed") ? 1 : 0;
    }
    assertThat(texts).isGreaterThan(ROUNDS / 3);
    assertThat(malformed).isBetween(ROUNDS / 20, ROUNDS / 2);
  }

  private static Drawn draw(Spoken spoken, RandomGenerator random) {
    Oracle oracle = spoken.oracle.get();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<String> calls = new ArrayList<>();
    String lineEnd = spoken.events ? pick(random, "\n", "\n", "\r\n", "\r") : "\n";
    boolean name = random.nextInt(3) == 0;
    long shape = random.nextLong();
    boolean open = true;
    for (int left = random.nextInt(1, 12); left > 0; left--) {
      shape = random.nextInt(4) == 0 ? random.nextLong() : shape;
      byte[] frame =
          spoken.frames.apply(new FrameGenerator(new Seed(shape).stream(), random)).getBytes(UTF_8);
      frame = random.nextInt(12) == 0 ? damaged(frame, random) : frame;
      frame = spoken.events ? frame : oneLine(frame);
      boolean isError = spoken.events && name && random.nextInt(25) == 0;
      if (spoken.events) {
        String event = name ? "event: " + (isError ? "error" : "e") + lineEnd : "";
        bytes.writeBytes(event.getBytes(UTF_8));
        frame = writeEvent(frame, lineEnd, random, bytes);
      } else {
        bytes.writeBytes(frame);
        bytes.writeBytes(pick(random, "\n", "\n", "\r\n").getBytes(UTF_8));
      }
      open = open && told(oracle, frame, isError, calls);
    }
    if (spoken.events && random.nextInt(3) == 0) {
      bytes.writeBytes(("data: [DONE]" + lineEnd + lineEnd).getBytes(UTF_8));
      if (open) {
        calls.add("done");
      }
    }
    return new Drawn(bytes.toByteArray(), calls);
  }

  /** Adds what is to be heard of a frame; false after the last. */
  private static boolean told(Oracle oracle, byte[] frame, boolean isError, List<String> calls) {
    if (new String(frame, ISO_8859_1).isBlank()) {
      return true;
    }
    @Nullable List<String> found = oracle.calls(frame, isError);
    if (found != null) {
      calls.addAll(found);
      return !oracle.isEnd;
    }
    if (isError) {
      int start = BodyExcerpt.firstVisible(frame, 0, frame.length);
      calls.add("error null " + BodyExcerpt.beginning(frame, start, frame.length - start, 200));
      return true;
    }
    calls.add("malformed");
    return false;
  }

  private static byte[] damaged(byte[] frame, RandomGenerator random) {
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(frame, random.nextInt(frame.length));
    }
    frame[random.nextInt(frame.length)] =
        random.nextBoolean()
            ? (byte) random.nextInt(256)
            : (byte) "{}[],:\"\\0e-. ".charAt(random.nextInt(13));
    return frame;
  }

  private static byte[] oneLine(byte[] frame) {
    byte[] line = frame.clone();
    for (int i = 0; i < line.length; i++) {
      line[i] = line[i] == '\n' || line[i] == '\r' ? (byte) ' ' : line[i];
    }
    return line;
  }

  /** Writes it as lines of data; returns the data as it is to be read. */
  private static byte[] writeEvent(
      byte[] frame, String lineEnd, RandomGenerator random, ByteArrayOutputStream out) {
    String[] lines = new String(frame, ISO_8859_1).split("\r\n|\r|\n", -1);
    if (random.nextInt(20) == 0) {
      out.writeBytes((": comment" + lineEnd).getBytes(UTF_8));
    }
    for (String line : lines) {
      out.writeBytes(("data: " + line + lineEnd).getBytes(ISO_8859_1));
    }
    out.writeBytes(lineEnd.getBytes(UTF_8));
    return String.join("\n", lines).getBytes(ISO_8859_1);
  }

  private static String pick(RandomGenerator random, String... of) {
    return of[random.nextInt(of.length)];
  }
}
