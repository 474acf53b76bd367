package dev.candor.telemetry.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.telemetry.figures.Family;
import dev.candor.telemetry.figures.Figures;
import dev.candor.telemetry.figures.Sample;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Read by a decoder of the test's own; RealPrometheusTest has Prometheus read it. */
final class RemoteWriteTest {
  private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_123L);

  @Test
  void request_hasEverySeries_labelsInOrder() {
    Figures figures =
        new Figures(
            AT,
            List.of(
                new Family(
                    "candor_users",
                    "",
                    Family.Kind.GAUGE,
                    List.of(new Sample.Plain(Map.of("run", "é\"x"), -0.5))),
                new Family(
                    "candor_ttft_seconds",
                    "",
                    Family.Kind.HISTOGRAM,
                    List.of(
                        new Sample.Buckets(
                            Map.of("a", "b", "run", "r"),
                            new double[] {0.1, 1},
                            new long[] {2, 3, 4},
                            7.25)))));

    assertThat(decode(RemoteWrite.request(figures, "r")))
        .containsExactly(
            "__name__=candor_users,instance=r,job=candor,run=é\"x -0.5 1700000000123",
            "__name__=candor_ttft_seconds_bucket,a=b,instance=r,job=candor,le=0.1,run=r 2.0 1700000000123",
            "__name__=candor_ttft_seconds_bucket,a=b,instance=r,job=candor,le=1.0,run=r 5.0 1700000000123",
            "__name__=candor_ttft_seconds_bucket,a=b,instance=r,job=candor,le=+Inf,run=r 9.0 1700000000123",
            "__name__=candor_ttft_seconds_sum,a=b,instance=r,job=candor,run=r 7.25 1700000000123",
            "__name__=candor_ttft_seconds_count,a=b,instance=r,job=candor,run=r 9.0 1700000000123");
  }

  @Test
  void snappyBlock_ofAnyLength_isReadBack() {
    for (int length : new int[] {0, 1, 60, 127, 128, 300, 65_535, 65_536, 65_537, 200_000}) {
      byte[] content = new byte[length];
      for (int i = 0; i < length; i++) {
        content[i] = (byte) (i * 31);
      }
      assertThat(unpack(SnappyBlock.of(content))).as("%d bytes", length).isEqualTo(content);
    }
  }

  private static byte[] unpack(byte[] block) {
    ByteBuffer in = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    long length = varint(in);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (in.hasRemaining()) {
      int tag = in.get() & 0xFF;
      assertThat(tag & 3).as("a literal").isZero();
      int code = tag >>> 2;
      int size =
          code < 60 ? code + 1 : code == 60 ? (in.get() & 0xFF) + 1 : (in.getShort() & 0xFFFF) + 1;
      byte[] literal = new byte[size];
      in.get(literal);
      out.writeBytes(literal);
    }
    assertThat(out.size()).isEqualTo((int) length);
    return out.toByteArray();
  }

  private static List<String> decode(byte[] request) {
    List<String> all = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(request);
    while (in.hasRemaining()) {
      all.add(series(part(in, 1)));
    }
    return all;
  }

  private static String series(ByteBuffer in) {
    List<String> labels = new ArrayList<>();
    String sample = "";
    while (in.hasRemaining()) {
      int field = in.get(in.position()) >>> 3;
      ByteBuffer part = part(in, field);
      if (field == 1) {
        labels.add(text(part(part, 1)) + "=" + text(part(part, 2)));
      } else {
        assertThat(part.get()).isEqualTo((byte) (1 << 3 | 1));
        double value = part.order(ByteOrder.LITTLE_ENDIAN).getDouble();
        assertThat(part.get()).isEqualTo((byte) (2 << 3));
        sample = value + " " + varint(part);
      }
    }
    return String.join(",", labels) + " " + sample;
  }

  private static ByteBuffer part(ByteBuffer in, int field) {
    assertThat(varint(in)).isEqualTo((field << 3) | 2);
    int length = (int) varint(in);
    ByteBuffer part = in.slice(in.position(), length);
    in.position(in.position() + length);
    return part;
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
