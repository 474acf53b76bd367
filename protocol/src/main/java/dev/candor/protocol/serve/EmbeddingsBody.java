package dev.candor.protocol.serve;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Writes OpenAI's embeddings. */
public final class EmbeddingsBody {
  private EmbeddingsBody() {}

  /**
   * An answer with a random unit vector for each input, all directions alike.
   *
   * @param model that answers
   * @param streams the numbers that an input's vector is made of
   */
  public static String write(
      EmbeddingsRequest request,
      String model,
      Function<PromptPart, RandomGenerator> streams,
      int promptTokens) {
    StringBuilder body = new StringBuilder("{\"object\":\"list\",\"data\":[");
    for (int i = 0; i < request.inputs().size(); i++) {
      body.append(i == 0 ? "" : ",").append("{\"object\":\"embedding\",\"index\":").append(i);
      body.append(",\"embedding\":");
      RandomGenerator stream = streams.apply(request.inputs().get(i));
      float[] vector = unitVector(stream, request.dimensions());
      if (request.base64()) {
        body.append('"').append(base64(vector)).append('"');
      } else {
        appendNumbers(vector, body);
      }
      body.append('}');
    }
    return body.append("],\"model\":")
        .append(JsonStrings.quoted(model))
        .append(",\"usage\":{\"prompt_tokens\":")
        .append(promptTokens)
        .append(",\"total_tokens\":")
        .append(promptTokens)
        .append("}}")
        .toString();
  }

  /** Independent normal coordinates point in every direction alike (Muller 1959). */
  private static float[] unitVector(RandomGenerator stream, int dimensions) {
    double[] point = new double[dimensions];
    double squares = 0;
    for (int i = 0; i < dimensions; i++) {
      point[i] = stream.nextGaussian();
      squares += point[i] * point[i];
    }
    double length = Math.sqrt(squares);
    float[] vector = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      vector[i] = (float) (point[i] / length);
    }
    return vector;
  }

  private static String base64(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static void appendNumbers(float[] vector, StringBuilder body) {
    body.append('[');
    for (int i = 0; i < vector.length; i++) {
      body.append(i == 0 ? "" : ",").append(vector[i]);
    }
    body.append(']');
  }
}
