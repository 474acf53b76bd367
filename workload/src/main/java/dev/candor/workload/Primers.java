package dev.candor.workload;

import java.util.List;

/**
 * Prompts that leave in a server's cache what requests share with each other.
 *
 * @param leftOut shared beginnings that there is no prompt for, as there would be too many
 */
public record Primers(List<Prompt> prompts, int leftOut) {
  /** So many are sent, and no more. */
  static final int MOST = 256;

  /** Requests share nothing. */
  public static final Primers NONE = new Primers(List.of(), 0);

  public Primers {
    prompts = List.copyOf(prompts);
  }
}
