package dev.candor.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CorpusTest {
  @TempDir Path folder;

  private static CorpusRow row(long session, int turn, int[] after, long[] blocks, String text) {
    return new CorpusRow(
        session,
        turn,
        after,
        turn == 0 ? CorpusRow.NONE : 2_000_000_000L,
        session * 10,
        "chat",
        100 + turn,
        CorpusRow.NONE,
        7,
        blocks.length == 0 ? 0 : 16,
        blocks,
        text.isEmpty() ? null : text,
        null,
        "log.jsonl",
        session + 1);
  }

  @Test
  void forEach_writtenRows_areTheSame() throws IOException {
    List<CorpusRow> rows =
        List.of(
            row(0, 0, new int[0], new long[] {1, -2, Long.MAX_VALUE}, "[{\"role\":\"user\"}]"),
            row(0, 1, new int[] {0}, new long[0], ""),
            row(1, 0, new int[0], new long[] {5}, "ä€😀".repeat(1000)));
    Path file = folder.resolve("a.parquet");
    try (CorpusWriter writer = new CorpusWriter(file)) {
      for (CorpusRow row : rows) {
        writer.append(row);
      }
      writer.finish();
    }
    List<CorpusRow> read = new ArrayList<>();
    Corpus.existing(file).forEach(read::add);
    assertThat(read).usingRecursiveFieldByFieldElementComparator().isEqualTo(rows);

    List<CorpusRow> without = new ArrayList<>();
    Corpus.existing(file).forEachWithoutTexts(without::add);
    assertThat(without).allMatch(each -> each.messages() == null).hasSize(3);
    assertThat(without.getFirst().blocks()).hasSize(3);

    List<CorpusRow> bare = new ArrayList<>();
    Corpus.existing(file).whileBare(row -> bare.add(row) && bare.size() < 2);
    assertThat(bare).hasSize(2).allMatch(each -> each.blocks().length == 0);
    assertThat(bare.getFirst().blockTokens()).isEqualTo(16);
    List<CorpusRow> some = new ArrayList<>();
    Corpus.existing(file).whileWithoutTexts(row -> some.add(row) && some.size() < 1);
    assertThat(some).singleElement().matches(each -> each.blocks().length == 3);
  }

  @Test
  void hasTexts_oneOfMany_isFound() throws IOException {
    Path file = folder.resolve("a.parquet");
    Rows.corpus(file, List.of(row(0, 0, new int[0], new long[0], "")));
    assertThat(Corpus.existing(file).hasTexts()).isFalse();
    Rows.corpus(
        file,
        List.of(row(0, 0, new int[0], new long[0], ""), row(1, 0, new int[0], new long[0], "[]")));
    assertThat(Corpus.existing(file).hasTexts()).isTrue();
  }

  @Test
  void forEach_manyLongTexts_comeInSeveralRowGroups() throws IOException {
    Path file = folder.resolve("long.parquet");
    String text = "x".repeat(1 << 20);
    try (CorpusWriter writer = new CorpusWriter(file)) {
      for (int i = 0; i < 40; i++) {
        writer.append(row(i, 0, new int[0], new long[0], text + i));
      }
      writer.finish();
    }
    List<String> read = new ArrayList<>();
    Corpus.existing(file).forEach(each -> read.add(String.valueOf(each.messages())));
    assertThat(read).hasSize(40).last().isEqualTo(text + 39);
  }

  @Test
  void forEach_otherFile_isNoCorpus() throws IOException {
    Path file = Files.writeString(folder.resolve("b.parquet"), "no");
    assertThatThrownBy(() -> Corpus.existing(file).forEach(row -> {}))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("b.parquet: is no corpus");
  }
}
