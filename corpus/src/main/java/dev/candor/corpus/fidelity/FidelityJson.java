package dev.candor.corpus.fidelity;

import dev.candor.corpus.shape.ShapeJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A comparison as JSON: docs/fidelity.md has its keys. */
public final class FidelityJson {
  private FidelityJson() {}

  /** Its members, for a document that has more. */
  public static Map<String, @Nullable Object> members(Fidelity fidelity, double adviceBelow) {
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("score", fidelity.score());
    root.put("worst", fidelity.worst().dimension().key());
    List<Map<String, @Nullable Object>> parts =
        fidelity.parts().stream().map(FidelityJson::part).toList();
    root.put("parts", parts);
    root.put("advice", fidelity.advice(adviceBelow));
    return root;
  }

  private static Map<String, @Nullable Object> part(Part part) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("dimension", part.dimension().key());
    fields.put("weight", part.dimension().weight());
    switch (part) {
      case Part.OfSpread spread -> {
        fields.put("score", spread.score());
        fields.put("wasserstein", finite(spread.wasserstein()));
        fields.put("ks", spread.kolmogorovSmirnov());
        fields.put(
            "production", ShapeJson.distribution(spread.dimension().unit(), spread.production()));
        fields.put("other", ShapeJson.distribution(spread.dimension().unit(), spread.other()));
      }
      case Part.OfFigure figure -> {
        fields.put("score", figure.score());
        fields.put("production", figure.production());
        fields.put("other", figure.other());
      }
      case Part.LeftOut leftOut -> {
        fields.put("score", null);
        fields.put("left_out", leftOut.why());
      }
    }
    return fields;
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
