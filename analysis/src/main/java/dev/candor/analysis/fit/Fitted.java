package dev.candor.analysis.fit;

import dev.candor.engine.EngineProfile;
import java.util.List;

/**
 * A fitted engine.
 *
 * @param profile goes to the mock and to simulations
 * @param steps whose times were used
 * @param requests with tokens, of all phases
 * @param spread robust relative standard deviation of step times around the formula, 0 to 1
 * @param notes what else a reader must know
 */
public record Fitted(
    EngineProfile profile,
    List<FittedValue> coefficients,
    List<FittedLimit> limits,
    int steps,
    int requests,
    double spread,
    List<String> notes) {

  public Fitted {
    coefficients = List.copyOf(coefficients);
    limits = List.copyOf(limits);
    notes = List.copyOf(notes);
  }

  /** How far it is from the runs that it was fitted to. */
  public String error() {
    return profile.error();
  }

  /** One of them. */
  public FittedValue coefficient(Coefficient key) {
    return coefficients.stream()
        .filter(each -> each.coefficient() == key)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not fitted: " + key.key()));
  }

  /** One of them, by its key in a profile's file. */
  public FittedLimit limit(String key) {
    return limits.stream()
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not fitted: " + key));
  }

  /** The same with another error's text. */
  Fitted withError(String error) {
    EngineProfile old = profile;
    return new Fitted(
        new EngineProfile(
            old.name(),
            old.source(),
            old.fitRange(),
            error,
            old.model(),
            old.gpu(),
            old.settings()),
        coefficients,
        limits,
        steps,
        requests,
        spread,
        notes);
  }
}
