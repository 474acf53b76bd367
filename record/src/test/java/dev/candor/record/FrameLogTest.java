package dev.candor.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FrameLogTest {
  @TempDir Path temp;
  private Path file;
  private final List<String> read = new ArrayList<>();

  @BeforeEach
  void name() {
    file = temp.resolve("log");
  }

  private static void append(FrameLog log, String text) throws IOException {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    log.append(payload, payload.length);
  }

  private void readOn(FrameTail tail) throws IOException {
    tail.read(
        (array, from, length) -> read.add(new String(array, from, length, StandardCharsets.UTF_8)));
  }

  @Test
  void tail_tornAtEveryByteOfTheLastFrame_readsTheFramesBeforeIt_logGoesOn() throws IOException {
    try (FrameLog log = FrameLog.create(file)) {
      append(log, "one");
      append(log, "second");
      log.flush();
    }
    byte[] whole = Files.readAllBytes(file);
    long first = FrameLog.HEAD + 3;
    for (int left = (int) first; left < whole.length; left++) {
      Path torn = Files.write(temp.resolve("torn-" + left), Arrays.copyOf(whole, left));
      read.clear();
      try (FrameTail tail = new FrameTail(torn)) {
        readOn(tail);
        assertThat(read).as("%d bytes left", left).containsExactly("one");
        assertThat(tail.position()).isEqualTo(first);
        assertThat(tail.rest()).isEqualTo(left - first);
        try (FrameLog log = FrameLog.reopen(torn, tail.position())) {
          append(log, "three");
          log.flush();
        }
        readOn(tail);
      }
      assertThat(read).as("%d bytes left", left).containsExactly("one", "three");
    }
  }

  @Test
  void tail_lastFrameDamagedAtAnyByte_isNotRead() throws IOException {
    try (FrameLog log = FrameLog.create(file)) {
      append(log, "one");
      append(log, "second");
      log.flush();
    }
    byte[] whole = Files.readAllBytes(file);
    for (int at = FrameLog.HEAD + 3; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x40;
      Path copy = Files.write(temp.resolve("damaged-" + at), damaged);
      read.clear();
      try (FrameTail tail = new FrameTail(copy)) {
        readOn(tail);
      }
      assertThat(read).as("byte %d", at).containsExactly("one");
    }
  }

  @Test
  void tail_zerosBehindTheLastFrame_asAMachineLeavesThem_endsThere() throws IOException {
    try (FrameLog log = FrameLog.create(file)) {
      append(log, "one");
      log.flush();
    }
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 4096));
    try (FrameTail tail = new FrameTail(file)) {
      readOn(tail);
    }
    assertThat(read).containsExactly("one");
  }

  @Test
  void tail_ofALogThatGrows_readsEachFrameOnce_onceFlushed() throws IOException {
    try (FrameLog log = FrameLog.create(file);
        FrameTail tail = new FrameTail(file)) {
      readOn(tail);
      assertThat(read).isEmpty();
      append(log, "one");
      readOn(tail);
      assertThat(read).isEmpty();
      log.flush();
      readOn(tail);
      String long1 = "x".repeat(3_000_000);
      append(log, long1);
      append(log, "three");
      log.flush();
      readOn(tail);
      readOn(tail);
      assertThat(read).containsExactly("one", long1, "three");
    }
  }
}
