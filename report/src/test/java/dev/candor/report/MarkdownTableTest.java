package dev.candor.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.report.markdown.MarkdownTable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MarkdownTableTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "load[1].users -> load[1].users",
        "a|b -> a\\|b",
        "*a* _b_ ~c~ `d` -> \\*a\\* \\_b\\_ \\~c\\~ \\`d\\`",
        "[here](http://evil) -> [here\\](http://evil)",
        "<b> & </b> -> &lt;b&gt; &amp; &lt;/b&gt;",
        "c:\\d -> c:\\\\d",
      })
  void escape_leavesNothingThatIsMarkup(String text, String escaped) {
    assertThat(MarkdownTable.escape(text)).isEqualTo(escaped);
    assertThat(MarkdownTable.escape("two\nlines")).isEqualTo("two lines");
  }

  @Test
  void table_hasABarBetweenCells() {
    MarkdownTable table = new MarkdownTable(List.of("", "p50"), true);
    table.row(List.of("ttft", "1 ms"));
    assertThat(table).hasToString("|  | p50 |\n| --- | ---: |\n| ttft | 1 ms |\n");
  }
}
