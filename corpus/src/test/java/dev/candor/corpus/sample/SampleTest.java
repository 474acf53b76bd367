package dev.candor.corpus.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.error.CandorException;
import dev.candor.base.random.Seed;
import dev.candor.corpus.Corpus;
import dev.candor.corpus.CorpusRow;
import dev.candor.corpus.Rows;
import dev.candor.corpus.shape.CorpusShape;
import dev.candor.corpus.shape.Dimension.Spread;
import dev.candor.corpus.shape.TrafficShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SampleTest {
  private static final long SECOND = 1_000_000_000L;

  @TempDir Path folder;

  private Corpus sample(Corpus whole, Sample.Of of, long count, long seed) {
    Path out = folder.resolve("sample.parquet");
    Sample.write(whole, out, of, count, new Seed(seed));
    return Corpus.existing(out);
  }

  /** Lengths with heavy tails that hang together, like production's. */
  private static List<CorpusRow> requests(int count) {
    RandomGenerator random = new Seed(11).stream();
    List<CorpusRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double common = random.nextGaussian();
      int input = 1 + (int) Math.exp(6 + 1.1 * random.nextGaussian() + 0.5 * common);
      int output = 1 + (int) Math.exp(4.5 + 0.9 * random.nextGaussian() - 0.6 * common);
      rows.add(Rows.row(i, 0, i * SECOND, input, output, 0));
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void write_singleRequests_keepsPercentilesOfBothLengths(long seed) throws IOException {
    Corpus whole = Rows.corpus(folder.resolve("whole.parquet"), requests(12_000));
    TrafficShape all = CorpusShape.of(whole, 0);
    TrafficShape some = CorpusShape.of(sample(whole, Sample.Of.REQUESTS, 1000, seed), 0);
    assertThat(some.requests()).isEqualTo(1000);
    for (Spread spread : List.of(Spread.INPUT_TOKENS, Spread.OUTPUT_TOKENS)) {
      for (double p : new double[] {0.5, 0.9, 0.99}) {
        double was = all.of(spread).orElseThrow().quantile(p);
        double is = some.of(spread).orElseThrow().quantile(p);
        assertThat(is / was).as("%s at %s", spread, p).isEqualTo(1, within(0.03));
      }
    }
    assertThat(some.lengthCorrelation().orElseThrow())
        .isEqualTo(all.lengthCorrelation().orElseThrow(), within(0.05));
  }

  @Test
  void write_productionExcerpt_keepsPercentiles() throws IOException {
    Corpus whole = Rows.corpus(folder.resolve("whole.parquet"), Rows.azure());
    TrafficShape all = CorpusShape.of(whole, 0);
    TrafficShape some = CorpusShape.of(sample(whole, Sample.Of.REQUESTS, 100, 1), 0);
    for (Spread spread : List.of(Spread.INPUT_TOKENS, Spread.OUTPUT_TOKENS)) {
      for (double p : new double[] {0.5, 0.9}) {
        double was = all.of(spread).orElseThrow().quantile(p);
        assertThat(some.of(spread).orElseThrow().quantile(p) / was).isEqualTo(1, within(0.03));
      }
    }
  }

  /** Pairs of sessions share a long prompt of their own; all share a short one. */
  private static List<CorpusRow> pairs(int count) {
    RandomGenerator random = new Seed(12).stream();
    List<CorpusRow> rows = new ArrayList<>();
    for (int session = 0; session < count; session++) {
      int turns = 1 + random.nextInt(4);
      long[] blocks = new long[10 + 2 * turns];
      for (int i = 0; i < blocks.length; i++) {
        // The partner is half of the corpus away.
        long owner = i < 8 ? session % (count / 2) : session;
        blocks[i] = i < 2 ? i : 1000 * (owner + 1) + i + (i < 8 ? 0 : 500_000_000L);
      }
      for (int turn = 0; turn < turns; turn++) {
        int length = 10 + 2 * turn;
        rows.add(
            Rows.row(
                session,
                turn,
                (session * 10L + turn) * SECOND,
                16 * length,
                1 + random.nextInt(100),
                16,
                java.util.Arrays.copyOf(blocks, length)));
      }
    }
    return rows;
  }

  @Test
  void write_sharedBeginnings_stayTogether() throws IOException {
    Corpus whole = Rows.corpus(folder.resolve("whole.parquet"), pairs(4000));
    double all = CorpusShape.of(whole, 0).prefixCeiling().orElseThrow();
    Corpus part = sample(whole, Sample.Of.SESSIONS, 400, 1);
    TrafficShape some = CorpusShape.of(part, 0);
    assertThat(some.prefixCeiling().orElseThrow()).isEqualTo(all, within(0.02));
    assertThat(some.sessions()).isBetween(380L, 420L);
    assertThat(some.of(Spread.TURNS).orElseThrow().mean())
        .isEqualTo(CorpusShape.of(whole, 0).of(Spread.TURNS).orElseThrow().mean(), within(0.1));
  }

  @Test
  void write_anyCorpus_keepsWholeSessionsWithTheirTexts() throws IOException {
    List<CorpusRow> rows = pairs(200);
    Corpus whole = Rows.corpus(folder.resolve("whole.parquet"), rows);
    List<CorpusRow> kept = Rows.all(sample(whole, Sample.Of.SESSIONS, 40, 7));
    long session = -1;
    for (CorpusRow row : kept) {
      if (row.turn() == 0) {
        session++;
      }
      assertThat(row.session()).isEqualTo(session);
      CorpusRow was =
          rows.stream()
              .filter(each -> String.valueOf(each.messages()).equals(row.messages()))
              .findFirst()
              .orElseThrow();
      assertThat(row.turn()).isEqualTo(was.turn());
      assertThat(row.blocks()).isEqualTo(was.blocks());
      assertThat(row.outputTokens()).isEqualTo(was.outputTokens());
      assertThat(row.line()).isEqualTo(was.line());
      long turns = rows.stream().filter(each -> each.session() == was.session()).count();
      long here = row.session();
      assertThat(kept.stream().filter(each -> each.session() == here).count()).isEqualTo(turns);
    }
    assertThat(kept.getFirst().atNanos()).isZero();
    long first = kept.getFirst().line();
    assertThat(kept.getLast().atNanos())
        .isEqualTo(((kept.getLast().line() - first) * 10 + kept.getLast().turn()) * SECOND);
  }

  @Test
  void write_sameSeed_isTheSame() throws IOException {
    Corpus whole = Rows.corpus(folder.resolve("whole.parquet"), requests(500));
    List<String> once = texts(sample(whole, Sample.Of.REQUESTS, 50, 3));
    assertThat(texts(sample(whole, Sample.Of.REQUESTS, 50, 3))).isEqualTo(once);
    assertThat(texts(sample(whole, Sample.Of.REQUESTS, 50, 4))).isNotEqualTo(once).hasSize(50);
  }

  private static List<String> texts(Corpus corpus) {
    return Rows.all(corpus).stream().map(row -> String.valueOf(row.messages())).toList();
  }

  @Test
  void write_asMuchAsThereIs_isRefused() throws IOException {
    Corpus whole = Rows.corpus(folder.resolve("whole.parquet"), requests(10));
    assertThatThrownBy(() -> sample(whole, Sample.Of.REQUESTS, 10, 1))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("has 10 requests, a sample must have fewer");
    assertThatThrownBy(() -> Sample.write(whole, whole.file(), Sample.Of.REQUESTS, 5, new Seed(1)))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("is the corpus itself");
  }
}
