package dev.candor.app.cli;

import dev.candor.analysis.fidelity.RunShape;
import dev.candor.base.error.CandorException;
import dev.candor.corpus.Corpus;
import dev.candor.corpus.shape.CorpusShape;
import dev.candor.corpus.shape.TrafficShape;
import dev.candor.record.RunReader;
import java.nio.file.Files;
import java.nio.file.Path;

/** Traffic that can be compared with production's, by what a path leads to. */
enum ComparedTraffic {
  CORPUS {
    @Override
    TrafficShape shape(Path path, long nanosPerToken) {
      return CorpusShape.of(Corpus.existing(path), nanosPerToken);
    }
  },
  RUN {
    @Override
    TrafficShape shape(Path path, long nanosPerToken) {
      try (RunReader run = RunReader.open(path)) {
        return RunShape.of(run);
      }
    }
  },
  SCENARIO {
    @Override
    TrafficShape shape(Path path, long nanosPerToken) {
      throw CandorException.user(
          "%s: a scenario cannot be compared before it was run; name the directory of its run"
              .formatted(path));
    }
  };

  /**
   * The shape of what is at {@code path}; an answer's token takes so long where no end is known.
   */
  abstract TrafficShape shape(Path path, long nanosPerToken);

  static ComparedTraffic at(Path path) {
    if (Files.isDirectory(path)) {
      return RUN;
    }
    String name = path.toString();
    return name.endsWith(".yaml") || name.endsWith(".yml") ? SCENARIO : CORPUS;
  }
}
