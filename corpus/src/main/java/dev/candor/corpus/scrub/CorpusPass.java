package dev.candor.corpus.scrub;

import dev.candor.corpus.Corpus;
import dev.candor.corpus.CorpusRow;
import dev.candor.corpus.CorpusWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A corpus: its messages, which are JSON, its answers, and what its rows are called. <b>For one
 * thread.</b>
 */
final class CorpusPass {
  private final Path in;
  private final Treatment treatment;
  private long row;

  CorpusPass(Path in, Treatment treatment) {
    this.in = in;
    this.treatment = treatment;
  }

  void run(Path out) throws IOException {
    try (CorpusWriter writer = new CorpusWriter(out)) {
      Corpus.existing(in)
          .forEach(
              each -> {
                try {
                  writer.append(treated(each));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      writer.finish();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Treats every row and writes none. */
  void search() {
    Corpus.existing(in).forEach(this::treated);
  }

  private CorpusRow treated(CorpusRow from) {
    row++;
    return new CorpusRow(
        from.session(),
        from.turn(),
        from.after(),
        from.waitNanos(),
        from.atNanos(),
        treatment.text("", from.requestClass(), row),
        from.inputTokens(),
        from.outputTokens(),
        from.cachedTokens(),
        from.blockTokens(),
        from.blocks(),
        messages(from.messages()),
        answer(from.answer()),
        treatment.text("", from.source(), row),
        from.line());
  }

  private @Nullable String answer(@Nullable String text) {
    return text == null ? null : treatment.text("", text, row);
  }

  private @Nullable String messages(@Nullable String json) {
    if (json == null) {
      return null;
    }
    StringWriter treated = new StringWriter(json.length() + 64);
    try (SourceText source = SourceText.of(in, row, json)) {
      new JsonPass(source, treated, treatment).run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return treated.toString();
  }
}
