package dev.candor.token;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.candor.base.error.CandorException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A {@code tokenizer.json} by the native binding; nothing is fetched, nothing is cut off. */
final class HuggingFaceFile implements Tokenizer {
  private final Path file;
  private final HuggingFaceTokenizer tokenizer;

  HuggingFaceFile(Path file) {
    this.file = file;
    // The binding would otherwise look for its library on the network and report its use.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    try {
      tokenizer =
          HuggingFaceTokenizer.builder()
              .optTokenizerPath(file)
              .optAddSpecialTokens(false)
              .optTruncation(false)
              .optPadding(false)
              .build();
    } catch (IOException | RuntimeException e) {
      throw CandorException.user(
          "workload.tokenizer: %s is not a readable tokenizer.json: %s"
              .formatted(file, e.getMessage()));
    }
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public int count(String text) {
    return tokenizer.encode(text, false, false).getIds().length;
  }

  @Override
  public int[] encode(String text) {
    return Arrays.stream(tokenizer.encode(text, false, false).getIds())
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  @Override
  public String decode(int[] tokens) {
    return tokenizer.decode(Arrays.stream(tokens).asLongStream().toArray(), true);
  }
}
