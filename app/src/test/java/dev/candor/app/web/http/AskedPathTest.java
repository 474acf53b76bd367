package dev.candor.app.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AskedPathTest {

  @Test
  void segments_ofAnAddress_areDecodedOnce() {
    assertThat(AskedPath.segments("/")).isEmpty();
    assertThat(AskedPath.segments("/runs/a%20b/files/caf%C3%A9"))
        .containsExactly("runs", "a b", "files", "café");
    assertThat(AskedPath.segments("/runs/%2541")).containsExactly("runs", "%41");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../etc/passwd",
        "/runs/..",
        "/runs/%2e%2e/x",
        "/runs/%2E%2e",
        "/runs/.%2e/x",
        "/runs/./x",
        "/runs/a%2fb",
        "/runs/a%2Fb",
        "/runs/a%5cb",
        "/runs/a\\b",
        "/runs/a%00",
        "/runs/a%0ab",
        "/runs//x",
        "/runs/",
        "//etc/passwd",
        "runs",
        "",
        "/runs/%zz",
        "/runs/%",
        "/runs/%c0%af",
        "/runs/%ff"
      })
  void segments_thatAreNoNames_areRefused(String raw) {
    assertThatThrownBy(() -> AskedPath.segments(raw)).isInstanceOf(Refusal.class);
  }

  @Test
  void query_withRepeatedAndEmptyValues_keepsAll() {
    assertThat(AskedPath.query("run=a&run=b+c&x&y=%3D"))
        .isEqualTo(Map.of("run", List.of("a", "b c"), "x", List.of(""), "y", List.of("=")));
    assertThat(AskedPath.query(null)).isEmpty();
  }
}
