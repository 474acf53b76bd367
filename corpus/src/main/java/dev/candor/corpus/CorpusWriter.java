package dev.candor.corpus;

import dev.candor.record.parquet.Column;
import dev.candor.record.parquet.ListColumn;
import dev.candor.record.parquet.LongTextColumn;
import dev.candor.record.parquet.NumberColumn;
import dev.candor.record.parquet.ParquetFile;
import dev.candor.record.parquet.TextColumn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a corpus row by row. <b>For one thread.</b> */
public final class CorpusWriter implements AutoCloseable {
  private final NumberColumn session = new NumberColumn("session", true);
  private final NumberColumn turn = new NumberColumn("turn", false);
  private final ListColumn after = new ListColumn("after_turns", false);
  private final NumberColumn wait = new NumberColumn("wait_ns", true);
  private final NumberColumn at = new NumberColumn("at_ns", true);
  private final TextColumn requestClass = new TextColumn("class");
  private final NumberColumn input = new NumberColumn("input_tokens", false);
  private final NumberColumn output = new NumberColumn("output_tokens", false);
  private final NumberColumn cached = new NumberColumn("cached_tokens", false);
  private final NumberColumn blockTokens = new NumberColumn("block_tokens", false);
  private final ListColumn blocks = new ListColumn("prefix_blocks", true);
  private final LongTextColumn messages = new LongTextColumn("messages");
  private final LongTextColumn answer = new LongTextColumn("answer");
  private final TextColumn source = new TextColumn("source");
  private final NumberColumn line = new NumberColumn("source_line", true);
  private final ParquetFile file;

  /** Makes {@code path} anew. */
  public CorpusWriter(Path path) throws IOException {
    List<Column> columns =
        List.of(
            session,
            turn,
            after,
            wait,
            at,
            requestClass,
            input,
            output,
            cached,
            blockTokens,
            blocks,
            messages,
            answer,
            source,
            line);
    file = new ParquetFile(path, columns);
  }

  public void append(CorpusRow row) throws IOException {
    session.add(row.session());
    turn.add(row.turn());
    after.add(row.after());
    known(wait, row.waitNanos());
    known(at, row.atNanos());
    requestClass.add(row.requestClass());
    input.add(row.inputTokens());
    known(output, row.outputTokens());
    known(cached, row.cachedTokens());
    blockTokens.add(row.blockTokens());
    blocks.add(row.blocks());
    known(messages, row.messages());
    known(answer, row.answer());
    source.add(row.source());
    line.add(row.line());
    file.endRow();
  }

  private static void known(NumberColumn column, long value) {
    if (value == CorpusRow.NONE) {
      column.addNull();
    } else {
      column.add(value);
    }
  }

  private static void known(LongTextColumn column, @Nullable String value) {
    if (value == null) {
      column.addNull();
    } else {
      column.add(value);
    }
  }

  /** Completes the file; without this it is none. */
  public void finish() throws IOException {
    file.finish();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
