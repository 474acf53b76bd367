package dev.candor.report.html;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.Summary;
import dev.candor.analysis.drift.Drift;
import dev.candor.analysis.saturation.Saturation;
import dev.candor.analysis.warning.EarlyWarning;
import dev.candor.report.html.Section.Part;
import dev.candor.report.picture.Band;
import dev.candor.report.picture.ClientPictures;
import dev.candor.report.picture.CostPictures;
import dev.candor.report.picture.DetailPictures;
import dev.candor.report.picture.Distributions;
import dev.candor.report.picture.DriftPictures;
import dev.candor.report.picture.HttpPictures;
import dev.candor.report.picture.LoadPictures;
import dev.candor.report.picture.OverTime;
import dev.candor.report.picture.Picture;
import dev.candor.report.picture.PromptPictures;
import dev.candor.report.picture.RetryPictures;
import dev.candor.report.picture.SaturationPictures;
import dev.candor.report.picture.ServerPictures;
import dev.candor.report.picture.TimeLine;
import dev.candor.report.picture.WarningPictures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The pictures of a run; what has no data is left out. */
final class PictureSections {
  private static final int BANDS_LISTED = 20;

  private final Analysis analysis;
  private final Summary summary;
  private final TimeLine time;
  private final List<Section> sections = new ArrayList<>();

  private PictureSections(Analysis analysis) {
    this.analysis = analysis;
    summary = analysis.summary();
    time = new TimeLine(analysis.windows());
  }

  /**
   * @param report beside which other commands have left their findings
   */
  static List<Section> of(Analysis analysis, Path report) {
    PictureSections pictures = new PictureSections(analysis);
    pictures.load();
    pictures.time();
    pictures.requests();
    pictures.server();
    pictures.drift();
    pictures.grid("retries", "Retries", "", RetryPictures.of(analysis, pictures.time));
    pictures.grid(
        "cost-pictures",
        "Cost and waste",
        pictures.summary.overall().cost() == null
            ? "No prices are known: waste is in tokens."
            : "A request is all its attempts. What was cut off is billed for its prompt and for the"
                + " tokens that had come; what was refused is not billed.",
        CostPictures.of(analysis));
    pictures.add(
        "http-pictures",
        "Where the time went",
        "Means of completed requests.",
        HttpPictures.of(pictures.summary.overall().http()));
    pictures.client();
    pictures.sections.addAll(AgainstSection.beside(report));
    pictures.sections.addAll(PlanSection.beside(report));
    return pictures.sections;
  }

  private void load() {
    Saturation saturation = summary.saturation();
    if (saturation != null) {
      add(
          "saturation",
          "Saturation",
          capital(saturation.sentence()) + ".",
          SaturationPictures.of(saturation));
    } else {
      add("load", "Latency over the load", "One point a phase.", LoadPictures.of(summary.phases()));
    }
  }

  private void time() {
    List<Picture> first = new ArrayList<>();
    distribution(first, "ttft", "TTFT");
    List<Picture> over =
        analysis.windows().isEmpty()
            ? List.of()
            : new ArrayList<>(new OverTime(analysis, time).pictures());
    if (!over.isEmpty()) {
      first.add(over.removeFirst());
    }
    grid("hidden", "What an average hides", "", first);
    add("all", "Every request, over time", "", DetailPictures.heat(analysis.detail(), time));
    distribution(over, "itl", "ITL");
    add("over-time", "Second by second", "", over);
  }

  private void distribution(List<Picture> pictures, String key, String name) {
    List<Analysis.Bin> bins = analysis.distributions().getOrDefault(key, List.of());
    if (!bins.isEmpty()) {
      pictures.add(
          Distributions.latency(
              key + "-distribution", name, summary.overall().latency().get(key), bins));
    }
  }

  private void requests() {
    add(
        "requests-one-by-one",
        "Requests one by one",
        "From the instants of their tokens.",
        DetailPictures.waterfalls(analysis.detail()));
    add("prompts", "What was asked", "", PromptPictures.of(analysis.detail()));
  }

  private void server() {
    add(
        "server-pictures",
        "Client and server on one clock",
        "The client's curves and what the server told of itself; a second is the same second in"
            + " all pictures.",
        ServerPictures.of(analysis, time));
    EarlyWarning warning = summary.earlyWarning();
    if (warning != null) {
      add(
          "leads-pictures",
          "What told of it first",
          capital(warning.sentence()) + ".",
          WarningPictures.of(warning));
    }
  }

  private void drift() {
    Drift drift = summary.drift();
    if (drift != null) {
      sections.add(
          new Section(Part.PICTURES, "drift-pictures", "Drift, metric by metric")
              .see("What changed while the load did not.")
              .smallPictures(DriftPictures.of(drift)));
    }
  }

  private void client() {
    if (analysis.windows().isEmpty()) {
      return;
    }
    Section section =
        new Section(Part.PICTURES, "client-pictures", "The client itself")
            .pictures(List.of(ClientPictures.lateness(time)));
    List<String> limited =
        Band.of(analysis.windows()).stream().filter(Band::limited).map(Band::words).toList();
    if (!limited.isEmpty()) {
      List<String> listed =
          new ArrayList<>(limited.subList(0, Math.min(BANDS_LISTED, limited.size())));
      if (limited.size() > BANDS_LISTED) {
        listed.add("and %d more".formatted(limited.size() - BANDS_LISTED));
      }
      section.list(listed);
    }
    sections.add(section);
  }

  /** One below the other, so that a second is at the same place in each. */
  private void add(String id, String title, String see, List<Picture> pictures) {
    if (!pictures.isEmpty()) {
      section(id, title, see).pictures(pictures);
    }
  }

  private void grid(String id, String title, String see, List<Picture> pictures) {
    if (!pictures.isEmpty()) {
      section(id, title, see).smallPictures(pictures);
    }
  }

  private Section section(String id, String title, String see) {
    Section section = new Section(Part.PICTURES, id, title);
    sections.add(see.isEmpty() ? section : section.see(see));
    return section;
  }

  private static String capital(String sentence) {
    return sentence.isEmpty()
        ? sentence
        : Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }
}
