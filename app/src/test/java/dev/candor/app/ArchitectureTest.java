package dev.candor.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.candor.base.time.Clock;
import dev.candor.base.time.VirtualTime;

/** The arrows of docs/architecture.md. */
@AnalyzeClasses(packages = "dev.candor", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule ROOMS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("base")
          .definedBy("dev.candor.base..")
          .layer("scenario")
          .definedBy("dev.candor.scenario..")
          .layer("protocol")
          .definedBy("dev.candor.protocol..")
          .layer("token")
          .definedBy("dev.candor.token..")
          .optionalLayer("scrub")
          .definedBy("dev.candor.scrub..")
          .layer("corpus")
          .definedBy("dev.candor.corpus..")
          .layer("workload")
          .definedBy("dev.candor.workload..")
          .optionalLayer("engine")
          .definedBy("dev.candor.engine..")
          .layer("mock")
          .definedBy("dev.candor.mock..")
          .layer("record")
          .definedBy("dev.candor.record..")
          .layer("load")
          .definedBy("dev.candor.load..")
          .layer("analysis")
          .definedBy("dev.candor.analysis..")
          .layer("report")
          .definedBy("dev.candor.report..")
          .optionalLayer("telemetry")
          .definedBy("dev.candor.telemetry..")
          .layer("app")
          .definedBy("dev.candor.app..")
          .whereLayer("base")
          .mayNotAccessAnyLayer()
          .whereLayer("scenario")
          .mayOnlyAccessLayers("base")
          .whereLayer("protocol")
          .mayOnlyAccessLayers("base")
          .whereLayer("token")
          .mayOnlyAccessLayers("base")
          .whereLayer("scrub")
          .mayOnlyAccessLayers("base")
          .whereLayer("corpus")
          .mayOnlyAccessLayers("base", "token", "scrub", "record")
          .whereLayer("workload")
          .mayOnlyAccessLayers("base", "scenario", "protocol", "token", "corpus")
          .whereLayer("engine")
          .mayOnlyAccessLayers("base")
          .whereLayer("mock")
          .mayOnlyAccessLayers("base", "scenario", "engine", "protocol")
          .whereLayer("record")
          .mayOnlyAccessLayers("base")
          .whereLayer("load")
          .mayOnlyAccessLayers("base", "scenario", "protocol", "workload", "record", "engine")
          .whereLayer("analysis")
          .mayOnlyAccessLayers("base", "scenario", "record", "corpus", "engine")
          .whereLayer("report")
          .mayOnlyAccessLayers("base", "scenario", "record", "corpus", "engine", "analysis")
          .whereLayer("telemetry")
          .mayOnlyAccessLayers("base", "scenario", "record", "analysis");

  @ArchTest
  static final ArchRule ONLY_BASE_READS_CLOCKS =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.candor.base.time..")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule ONLY_BASE_MAKES_RANDOM_NUMBERS =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.candor.base.random..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(
              java.util.Random.class,
              java.util.SplittableRandom.class,
              java.util.concurrent.ThreadLocalRandom.class)
          .orShould()
          .callMethod(Math.class, "random");

  /**
   * What a run shares with its simulation: it knows neither whose time it is nor what carries it.
   */
  private static final String[] OF_BOTH_WORLDS = {
    "dev.candor.load.driver..",
    "dev.candor.workload..",
    "dev.candor.record..",
    "dev.candor.analysis..",
    "dev.candor.report.."
  };

  @ArchTest
  static final ArchRule ONLY_WORLDS_CHOOSE_A_TRANSPORT =
      noClasses()
          .that()
          .resideInAnyPackage(OF_BOTH_WORLDS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.candor.load.transport.http..", "dev.candor.load.transport.simulated..");

  @ArchTest
  static final ArchRule ONLY_WORLDS_CHOOSE_A_CLOCK =
      noClasses()
          .that()
          .resideInAnyPackage(OF_BOTH_WORLDS)
          .should()
          .callMethod(Clock.class, "system")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(VirtualTime.class);

  /** A run knows its world by this interface alone, once that was chosen. */
  @ArchTest
  static final ArchRule A_RUN_ASKS_ITS_WORLD =
      noClasses()
          .that()
          .haveFullyQualifiedName("dev.candor.app.run.ScenarioRun")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.candor.load.transport..", "dev.candor.app.simulate..");
}
