package dev.candor.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams.EncodingFormat;
import dev.candor.mock.MockServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** OpenAI's embeddings, by its own Java client, which asks for base64 unless told otherwise. */
final class OpenAiEmbeddingsTest {

  @Test
  void vectors_areTheSameInEitherEncoding_andOfUnitLength() {
    try (MockServer mock = Mocks.start();
        OpenAiSession session = OpenAiSession.open(mock, 0)) {
      EmbeddingCreateParams.Builder request =
          EmbeddingCreateParams.builder()
              .model("mock-model")
              .inputOfArrayOfStrings(List.of("a cat", "a dog"));
      CreateEmbeddingResponse packed = session.client().embeddings().create(request.build());
      CreateEmbeddingResponse plain =
          session
              .client()
              .embeddings()
              .create(request.encodingFormat(EncodingFormat.FLOAT).build());

      assertThat(vectors(packed)).isEqualTo(vectors(plain)).hasSize(2).doesNotHaveDuplicates();
      assertThat(vectors(packed))
          .allSatisfy(
              vector -> {
                assertThat(vector).hasSize(1536);
                assertThat(vector.stream().mapToDouble(x -> (double) x * x).sum())
                    .isCloseTo(1, within(1e-3));
              });
      assertThat(packed.usage().promptTokens()).isPositive();
    }
  }

  @Test
  void dimensions_areThoseAskedFor() {
    try (MockServer mock = Mocks.start();
        OpenAiSession session = OpenAiSession.open(mock, 0)) {
      assertThat(
              vectors(
                  session
                      .client()
                      .embeddings()
                      .create(
                          EmbeddingCreateParams.builder()
                              .model("mock-model")
                              .input("a cat")
                              .dimensions(64)
                              .build())))
          .singleElement()
          .satisfies(vector -> assertThat(vector).hasSize(64));
    }
  }

  private static List<List<Float>> vectors(CreateEmbeddingResponse response) {
    return response.data().stream().map(item -> item.embedding()).toList();
  }
}
