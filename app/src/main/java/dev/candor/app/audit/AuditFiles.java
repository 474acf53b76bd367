package dev.candor.app.audit;

import dev.candor.base.error.CandorException;
import dev.candor.mock.FaultPlay.Played;
import dev.candor.mock.audit.AuditJson;
import dev.candor.mock.audit.Verdict;
import dev.candor.scenario.AuditScript.Act;
import dev.candor.scenario.yaml.MockFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** An audit's result as files: audit.json, audit.md, junit.xml. */
public final class AuditFiles {
  private static final double SECOND_NANOS = 1e9;

  private AuditFiles() {}

  /**
   * Writes all three into {@code directory}, which is made where it is not there.
   *
   * @throws CandorException where it cannot be written
   */
  public static void write(AuditResult result, String version, Path directory) {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("audit.json"), json(result, version) + "\n");
      Files.writeString(directory.resolve("audit.md"), markdown(result));
      Files.writeString(directory.resolve("junit.xml"), junit(result));
    } catch (IOException | XMLStreamException e) {
      throw CandorException.user(
          "--out: %s cannot be written: %s".formatted(directory, e.getMessage()));
    }
  }

  /** All of it, with the keys of docs/audit.md. */
  public static String json(AuditResult result, String version) {
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("candor", version);
    root.put("script", result.script());
    root.put("verdict", result.verdict().key());
    root.put("reasons", result.reasons());
    root.put("findings", result.findings().stream().map(AuditFiles::finding).toList());
    root.put("acts", result.acts().stream().map(AuditFiles::act).toList());
    root.put("not_reached", result.notReached().stream().map(Act::name).toList());
    root.put("application_exit", exitCode(result));
    root.put("whole", AuditJson.entries(result.whole()));
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(root);
  }

  private static @Nullable Integer exitCode(AuditResult result) {
    return result.application() == null ? null : result.application().exitCode();
  }

  private static Map<String, String> finding(AuditFinding finding) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("severity", finding.severity().key());
    fields.put("id", finding.id());
    fields.put("seen", finding.seen());
    fields.put("why", finding.why());
    fields.put("fix", finding.fix());
    return fields;
  }

  private static Map<String, Object> act(Played played) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", played.act().name());
    fields.put("planned_s", played.act().lastsNanos() / SECOND_NANOS);
    fields.put("lasted_s", (played.toNanos() - played.fromNanos()) / SECOND_NANOS);
    fields.putAll(MockFile.entries(played.act().faults()));
    fields.put("audit", AuditJson.entries(played.audit()));
    return fields;
  }

  static String markdown(AuditResult result) {
    StringBuilder text = new StringBuilder();
    text.append("## Audit of the application's retries: ")
        .append(result.verdict().key())
        .append("\n\n");
    result.reasons().forEach(reason -> text.append("* ").append(reason).append('\n'));
    text.append('\n');
    List<List<String>> rows = AuditText.rows(result);
    for (int i = 0; i < rows.size(); i++) {
      text.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
      if (i == 0) {
        text.append("|").append(" --- |".repeat(rows.getFirst().size())).append('\n');
      }
    }
    if (!result.notReached().isEmpty()) {
      text.append("\nNot reached: ").append(AuditText.names(result.notReached())).append(".\n");
    }
    for (AuditFinding finding : result.findings()) {
      text.append("\n### ")
          .append(finding.severity().key())
          .append(": ")
          .append(finding.id())
          .append("\n\n")
          .append(finding.seen())
          .append(' ')
          .append(finding.why())
          .append("\n\n**Fix.** ")
          .append(finding.fix())
          .append('\n');
    }
    return text.toString();
  }

  /** A test case for the whole and one for each act. */
  static String junit(AuditResult result) throws XMLStreamException {
    StringWriter text = new StringWriter();
    XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
    long failed =
        (bad(result.verdict()) ? 1 : 0)
            + result.acts().stream().filter(played -> bad(played.audit().verdict())).count();
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", "candor audit");
    xml.writeAttribute("tests", Integer.toString(1 + result.acts().size()));
    xml.writeAttribute("failures", Long.toString(failed));
    testCase(xml, "the whole", result.verdict(), result.reasons());
    for (Played played : result.acts()) {
      testCase(
          xml, "act " + played.act().name(), played.audit().verdict(), played.audit().reasons());
    }
    xml.writeEndElement();
    xml.writeEndDocument();
    xml.close();
    return text.toString();
  }

  private static void testCase(
      XMLStreamWriter xml, String name, Verdict verdict, List<String> reasons)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "candor.audit");
    xml.writeAttribute("name", name);
    if (bad(verdict)) {
      xml.writeStartElement("failure");
      xml.writeAttribute("message", verdict.key() + ": " + String.join(" ", reasons));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static boolean bad(Verdict verdict) {
    return verdict == Verdict.NAIVE || verdict == Verdict.STORM;
  }
}
