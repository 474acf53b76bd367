package dev.candor.protocol.serve;

import java.util.List;

/**
 * A request for OpenAI's embeddings.
 *
 * @param dimensions of each vector
 * @param base64 whether vectors are wanted as base64 of little-endian floats, and not as numbers
 */
public record EmbeddingsRequest(
    String model, List<PromptPart> inputs, int dimensions, boolean base64) {
  /** Where requests are posted to. */
  public static final String PATH = "/v1/embeddings";

  private static final int DEFAULT_DIMENSIONS = 1536;
  private static final int MOST_DIMENSIONS = 4096;
  private static final int MOST_INPUTS = 2048;

  public EmbeddingsRequest {
    inputs = List.copyOf(inputs);
  }

  /**
   * Reads a request; fields that a mock has no use for may be anything.
   *
   * @throws InvalidRequestException where it is no such request, or a server would refuse its size
   */
  public static EmbeddingsRequest read(byte[] body) {
    Draft draft = new Draft();
    RequestBody.read(body, draft::field);
    int count = draft.inputs.size();
    if (count < 1 || count > MOST_INPUTS) {
      throw new InvalidRequestException(
          "input", "'input': found %s inputs, must be from 1 to %s".formatted(count, MOST_INPUTS));
    }
    return new EmbeddingsRequest(draft.model, draft.inputs, draft.dimensions, draft.base64);
  }

  private static final class Draft {
    private String model = "";
    private List<PromptPart> inputs = List.of();
    private int dimensions = DEFAULT_DIMENSIONS;
    private boolean base64;

    void field(RequestBody body, String name) {
      switch (name) {
        case "model" -> model = body.text();
        case "input" -> inputs = TextInputs.read(body);
        case "dimensions" ->
            dimensions = body.number(1, MOST_DIMENSIONS, DEFAULT_DIMENSIONS, " of dimensions");
        case "encoding_format" ->
            base64 =
                switch (body.text()) {
                  case "", "float" -> false;
                  case "base64" -> true;
                  default -> throw body.wrong("float or base64");
                };
        default -> {}
      }
    }
  }
}
