package dev.candor.app.cli;

import dev.candor.analysis.fidelity.RunShape;
import dev.candor.app.run.ScenarioShape;
import dev.candor.corpus.Corpus;
import dev.candor.corpus.shape.CorpusShape;
import dev.candor.corpus.shape.TrafficShape;
import dev.candor.record.RunReader;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.ScenarioFile;
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
      Scenario scenario = ScenarioFile.read(path, new RunFlags().overrides(null), System::getenv);
      return ScenarioShape.of(scenario, nanosPerToken);
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
