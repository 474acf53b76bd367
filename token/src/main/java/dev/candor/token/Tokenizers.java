package dev.candor.token;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import dev.candor.base.error.CandorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds tokenizers by name or file. */
public final class Tokenizers {
  private Tokenizers() {}

  /**
   * Opens a built-in encoding ({@code o200k_base}, …) or a Hugging Face {@code tokenizer.json}.
   *
   * @throws CandorException where there is no such encoding or file
   */
  public static Tokenizer open(String nameOrPath) {
    Optional<EncodingType> type = EncodingType.fromName(nameOrPath);
    if (type.isPresent()) {
      return new BuiltIn(
          nameOrPath, Encodings.newLazyEncodingRegistry().getEncoding(type.orElseThrow()));
    }
    Path file = Path.of(nameOrPath);
    if (Files.isRegularFile(file)) {
      return new HuggingFaceFile(file);
    }
    throw CandorException.user(
        "workload.tokenizer: found '%s', which is no file and none of the built-in encodings %s; name one of them or the path of a tokenizer.json"
            .formatted(
                nameOrPath,
                Arrays.stream(EncodingType.values())
                    .map(EncodingType::getName)
                    .collect(Collectors.joining(", "))));
  }

  /** OpenAI's encodings; text that looks like a special token is ordinary text. */
  private record BuiltIn(String name, Encoding encoding) implements Tokenizer {
    @Override
    public int count(String text) {
      return encoding.countTokensOrdinary(text);
    }

    @Override
    public int[] encode(String text) {
      return encoding.encodeOrdinary(text).toArray();
    }

    @Override
    public String decode(int[] tokens) {
      IntArrayList list = new IntArrayList(tokens.length);
      for (int token : tokens) {
        list.add(token);
      }
      return encoding.decode(list);
    }
  }
}
