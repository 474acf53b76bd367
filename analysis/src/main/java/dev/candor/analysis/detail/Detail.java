package dev.candor.analysis.detail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the figures of a run leave out. Bounded, however long the run was.
 *
 * @param ttft TTFT of completed attempts over the second in which they were sent; null: none
 * @param itl gaps between tokens over the second in which they ended; null: none
 * @param slowest requests by e2e, the slowest first
 * @param sampled requests drawn at random, each of the run's with the same chance
 * @param prompts TTFT of attempts drawn at random, against their prompts
 * @param promptsSeen how many they were drawn from
 */
public record Detail(
    @Nullable HeatMap ttft,
    @Nullable HeatMap itl,
    List<RequestTimeline> slowest,
    List<RequestTimeline> sampled,
    List<PromptPoint> prompts,
    long promptsSeen) {

  /** Nothing is known. */
  public static final Detail NONE = new Detail(null, null, List.of(), List.of(), List.of(), 0);
}
