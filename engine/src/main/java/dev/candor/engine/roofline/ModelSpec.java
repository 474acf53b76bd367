package dev.candor.engine.roofline;

/**
 * A decoder-only transformer by its published shape: gated feed-forward layers of three matrices,
 * grouped-query attention. Parameters are those of its matrices; norms and biases are left out.
 *
 * @param key its name in profiles' names
 * @param hidden elements of the residual stream
 * @param heads query heads
 * @param intermediate of a dense feed-forward layer; 0 where none is dense
 * @param experts in each layer that has them, none where all layers are dense
 * @param tied whether the output head is the input embedding
 * @param context most tokens of a request
 * @param source where the shape is published
 */
public record ModelSpec(
    String key,
    String name,
    int layers,
    int hidden,
    int heads,
    int kvHeads,
    int headDim,
    int intermediate,
    Experts experts,
    int vocab,
    boolean tied,
    int context,
    String source) {

  /**
   * A mixture of experts.
   *
   * @param count in a layer; 0: none
   * @param perToken that each token goes through
   * @param intermediate of one
   * @param sharedIntermediate of what every token goes through besides
   * @param layers that have experts; the others are dense
   */
  public record Experts(
      int count, int perToken, int intermediate, int sharedIntermediate, int layers) {
    /** All layers are dense. */
    public static final Experts NONE = new Experts(0, 0, 0, 0, 0);

    /**
     * How many of a layer's experts {@code tokens} go through: count · (1 − (1 − perToken/count)
     * ^tokens), where each token picks its own without regard to others.
     */
    double touched(double tokens) {
      return count == 0
          ? 0
          : count * (1 - Math.pow(1 - Math.min(1, (double) perToken / count), tokens));
    }
  }

  /** Of queries, keys, values and output in one layer. */
  double attentionParameters() {
    return (double) hidden * headDim * (2L * heads + 2L * kvHeads);
  }

  /** Of the layers' matrices where {@code experts} of each layer's experts count. */
  double layerParameters(double expertsCounted) {
    double dense = 3.0 * hidden * intermediate * (layers - experts.layers());
    double sparse =
        experts.layers()
            * ((double) hidden * experts.count()
                + 3.0 * hidden * experts.sharedIntermediate()
                + 3.0 * hidden * experts.intermediate() * expertsCounted);
    return layers * attentionParameters() + dense + sparse;
  }

  /** Of the layers' matrices that a token goes through. */
  double activeLayerParameters() {
    return layerParameters(experts.perToken());
  }

  /** Of the output head, or of the input embedding. */
  double headParameters() {
    return (double) vocab * hidden;
  }

  /** All of them. */
  public double parameters() {
    return layerParameters(experts.count()) + headParameters() * (tied ? 1 : 2);
  }

  /** Those that a token goes through, the input embedding among them. */
  public double activeParameters() {
    return activeLayerParameters() + headParameters() * (tied ? 1 : 2);
  }

  /** Bytes of all weights; embedding and output head stay in BF16. */
  double weightBytes(Precision weights) {
    return layerParameters(experts.count()) * weights.bytes()
        + headParameters() * (tied ? 1 : 2) * Precision.BF16.bytes();
  }

  /** Bytes that a step of {@code tokens} reads: of the input embedding only rows. */
  double readBytes(Precision weights, double tokens) {
    return layerParameters(experts.touched(tokens)) * weights.bytes()
        + headParameters() * Precision.BF16.bytes();
  }
}
