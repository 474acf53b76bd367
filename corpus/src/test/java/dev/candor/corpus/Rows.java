package dev.candor.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Rows and corpora for tests. */
public final class Rows {
  private static final Path TRACES = Path.of("..", "examples", "traces");

  private Rows() {}

  public static CorpusRow row(
      long session, int turn, long at, int input, int output, int blockTokens, long... blocks) {
    return new CorpusRow(
        session,
        turn,
        turn == 0 ? new int[0] : new int[] {turn - 1},
        CorpusRow.NONE,
        at,
        "chat",
        input,
        output,
        CorpusRow.NONE,
        blockTokens,
        blocks,
        "[{\"role\":\"user\",\"content\":\"%d.%d\"}]".formatted(session, turn),
        null,
        "made.jsonl",
        session + 1);
  }

  public static Corpus corpus(Path file, List<CorpusRow> rows) throws IOException {
    try (CorpusWriter writer = new CorpusWriter(file)) {
      for (CorpusRow row : rows) {
        writer.append(row);
      }
      writer.finish();
    }
    return Corpus.existing(file);
  }

  public static List<CorpusRow> all(Corpus corpus) {
    List<CorpusRow> rows = new ArrayList<>();
    corpus.forEach(rows::add);
    return rows;
  }

  /** The excerpt of a production trace, a request a session, every second one. */
  public static List<CorpusRow> azure() throws IOException {
    List<CorpusRow> rows = new ArrayList<>();
    for (String line : Files.readAllLines(TRACES.resolve("azure_conv_300.csv"))) {
      String[] fields = line.split(",");
      if (Character.isDigit(line.charAt(0))) {
        int session = rows.size();
        rows.add(
            row(
                session,
                0,
                session * 1_000_000_000L,
                Integer.parseInt(fields[1]),
                Integer.parseInt(fields[2]),
                0));
      }
    }
    return rows;
  }
}
