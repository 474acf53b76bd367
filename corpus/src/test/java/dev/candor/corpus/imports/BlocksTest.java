package dev.candor.corpus.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import dev.candor.corpus.CorpusRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ids of the blocks of prompts whose texts are known. */
final class BlocksTest {
  @TempDir Path folder;

  private List<CorpusRow> rows(long key, boolean lengthsOnly) throws IOException {
    TestImport imported =
        new TestImport(folder)
            .file(
                "log.jsonl",
                "{\"messages\":[{\"role\":\"system\",\"content\":\"abcdefgh\"},{\"role\":\"user\",\"content\":\"12345678\"}]}",
                "{\"messages\":[{\"role\":\"system\",\"content\":\"abcdefgh\"},{\"role\":\"user\",\"content\":\"1234567X\"}]}",
                "{\"messages\":[{\"role\":\"system\",\"content\":\"Xbcdefgh\"},{\"role\":\"user\",\"content\":\"12345678\"}]}",
                "{\"messages\":[{\"role\":\"system\",\"content\":\"abcdefgh\"},{\"role\":\"user\",\"content\":\"12345678\"},{\"role\":\"assistant\",\"content\":\"ok\"},{\"role\":\"user\",\"content\":\"bye-bye!\"}]}");
    imported.key = new Seed(key);
    imported.lengthsOnly = lengthsOnly;
    return imported.rows();
  }

  /** Number of leading whole blocks that are the same, by the characters alone. */
  private static int same(String a, String b) {
    int same = 0;
    while (same < Math.min(a.length(), b.length()) && a.charAt(same) == b.charAt(same)) {
      same++;
    }
    return same / 4;
  }

  @Test
  void equalPrefixes_haveEqualIds_toTheBlock() throws IOException {
    String[] prompts = {
      "systemabcdefghuser12345678",
      "systemabcdefghuser1234567X",
      "systemXbcdefghuser12345678",
      "systemabcdefghuser12345678assistantokuserbye-bye!"
    };
    List<CorpusRow> rows = rows(1, false);
    for (CorpusRow a : rows) {
      String prompt = prompts[(int) a.line() - 1];
      // Roles take no tokens of the input's count, and blocks end with it.
      assertThat(a.blocks()).hasSize(a.inputTokens() / 4).hasSizeLessThan(prompt.length() / 4);
      for (CorpusRow b : rows) {
        int shared = 0;
        while (shared < Math.min(a.blocks().length, b.blocks().length)
            && a.blocks()[shared] == b.blocks()[shared]) {
          shared++;
        }
        int most = Math.min(a.blocks().length, b.blocks().length);
        assertThat(shared).isEqualTo(Math.min(most, same(prompt, prompts[(int) b.line() - 1])));
      }
    }
  }

  @Test
  void anotherKey_makesOtherIds_andOnlyLengthsTheSame() throws IOException {
    long[] first = rows(1, false).getFirst().blocks();
    assertThat(rows(2, false).getFirst().blocks()).doesNotContain(first);
    CorpusRow bare = rows(1, true).getFirst();
    assertThat(bare.blocks()).containsExactly(first);
    assertThat(bare.messages()).isNull();
    assertThat(bare.answer()).isNull();
  }
}
