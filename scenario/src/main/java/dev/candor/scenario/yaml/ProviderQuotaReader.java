package dev.candor.scenario.yaml;

import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.ProviderQuota;
import org.jspecify.annotations.Nullable;

/** Reads {@code quota}: what the target's provider grants. */
final class ProviderQuotaReader {
  private final Problems problems;

  ProviderQuotaReader(Problems problems) {
    this.problems = problems;
  }

  ProviderQuota read(@Nullable Value value) {
    if (value == null) {
      return ProviderQuota.NONE;
    }
    Section section = new Section(value, problems, Keys.QUOTA_LIMITS);
    return new ProviderQuota(
        limit(section, "rpm"),
        limit(section, "tpm"),
        limit(section, "input_tpm"),
        limit(section, "output_tpm"));
  }

  private static @Nullable Long limit(Section section, String key) {
    return section.<@Nullable Long>read(
        key, null, text -> Section.wholeNumber(text, 1, Long.MAX_VALUE));
  }
}
