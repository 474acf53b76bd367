package dev.candor.app.cli;

import dev.candor.scrub.ScrubRules;
import dev.candor.scrub.ScrubRulesFile;
import dev.candor.scrub.Scrubber;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** By which rules and with which key texts are scrubbed. */
final class ScrubFlags {
  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "Own rules, values that may stay, kinds to leave alone (YAML).")
  @Nullable Path rules;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "The key of the pseudonyms, 16 bytes at least; else from CANDOR_SCRUB_KEY, else one for"
              + " this run.")
  @Nullable Path keyFile;

  ScrubKey key() {
    return ScrubKey.of(keyFile, System::getenv);
  }

  Scrubber scrubber(ScrubKey key) {
    ScrubRules read = rules == null ? ScrubRules.builtIn() : ScrubRulesFile.read(rules);
    return new Scrubber(read, key.bytes());
  }
}
