package dev.candor.app.cli;

import dev.candor.engine.EngineProfile;
import dev.candor.engine.StepTime;
import dev.candor.engine.roofline.KeyFigures;
import java.util.Locale;

/** What a profile comes to, as comments of its file. */
final class ProfileFigures {
  private static final int[] BATCHES = {1, 32, 128};

  private ProfileFigures() {}

  static String comments(EngineProfile profile) {
    KeyFigures figures = KeyFigures.of(profile);
    StepTime step = profile.settings().stepTime();
    StringBuilder out =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "# What it comes to, prompts of %,d tokens and answers of %,d:%n"
                    + "#   KV cache          %,d blocks of %d, %,d tokens%n",
                KeyFigures.PROMPT,
                KeyFigures.ANSWER,
                figures.blocks(),
                profile.settings().kvCache().blockSize(),
                figures.kvTokens()));
    for (int batch : BATCHES) {
      out.append(
          String.format(
              Locale.ROOT,
              "#   ITL at batch %-4d %.2f ms%s%n",
              batch,
              KeyFigures.decodeNanos(step, batch, KeyFigures.PROMPT) / 1e6,
              batch > profile.settings().limits().maxNumSeqs()
                      || (long) batch * KeyFigures.PROMPT > figures.kvTokens()
                  ? " (more than it holds)"
                  : ""));
    }
    out.append(
        String.format(
            Locale.ROOT,
            "#   prefill           %,.0f tokens/s%n#   saturated         %,.0f output tokens/s%n",
            figures.prefillTokensPerSecond(),
            figures.outputTokensPerSecond()));
    return out.toString();
  }
}
