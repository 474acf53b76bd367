package dev.candor.mock;

import dev.candor.scenario.MockEngine;
import dev.candor.scenario.MockSettings;
import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Engines for tests over the wire. */
final class TestProfiles {

  private TestProfiles() {}

  /** The path of a profile among the tests' resources. */
  static String path(String name) {
    URL file = Objects.requireNonNull(TestProfiles.class.getResource(name), name);
    try {
      return new File(file.toURI()).getAbsolutePath();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** With a prefix cache of {@code kvBlocks}; null: the profile's own. */
  static MockSettings cached(
      String profile, int replicas, @Nullable Integer maxModelLen, @Nullable Integer kvBlocks) {
    return MockSettings.of(
        new MockSettings.Times.Simulated(
            new MockEngine(
                profile,
                replicas,
                MockEngine.Routing.ROUND_ROBIN,
                null,
                null,
                maxModelLen,
                null,
                null,
                true,
                null,
                kvBlocks,
                null)));
  }
}
