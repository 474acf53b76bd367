package dev.candor.report.junit;

import dev.candor.analysis.Summary;
import dev.candor.analysis.Verdict;
import dev.candor.report.console.ThresholdWords;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes junit.xml: a test case per threshold, one for the run's validity, and one for a rule that
 * stopped it. A run that says nothing of the target is an error, a target that does not do is a
 * failure.
 */
public final class JunitXml {
  private final XMLStreamWriter xml;
  private final Summary summary;

  private JunitXml(XMLStreamWriter xml, Summary summary) {
    this.xml = xml;
    this.summary = summary;
  }

  public static void write(Summary summary, Path file) throws IOException {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      new JunitXml(xml, summary).suite();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
    Files.writeString(file, text.toString());
  }

  private void suite() throws XMLStreamException {
    boolean valid = summary.verdict() == Verdict.PASS || summary.verdict() == Verdict.FAIL;
    String stoppedBy = summary.stoppedBy();
    long failures =
        summary.thresholds().stream().filter(result -> !result.ok()).count()
            + (stoppedBy == null ? 0 : 1);
    int tests = summary.thresholds().size() + (stoppedBy == null ? 1 : 2);
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeStartElement("testsuite");
    attribute("name", summary.scenario());
    attribute("tests", Integer.toString(tests));
    attribute("failures", Long.toString(failures));
    attribute("errors", valid ? "0" : "1");
    attribute("time", String.format(Locale.ROOT, "%.3f", summary.overall().durationS()));
    xml.writeStartElement("properties");
    property("candor", summary.candor());
    property("seed", Long.toString(summary.seed()));
    property("verdict", summary.verdict().key());
    xml.writeEndElement();
    testCase("", "the run is valid", "error", valid ? null : summary.verdictReason());
    if (stoppedBy != null) {
      testCase("", "the run lasted its time", "failure", stoppedBy);
    }
    for (Summary.ThresholdResult result : summary.thresholds()) {
      String phase = result.phase() == null ? "" : "." + result.phase();
      String found = ThresholdWords.found(result);
      testCase(phase, result.expr(), "failure", result.ok() ? null : found);
    }
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private void testCase(String part, String name, String kind, @Nullable String why)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    attribute("classname", summary.scenario() + part);
    attribute("name", name);
    if (why != null) {
      xml.writeStartElement(kind);
      attribute("message", why);
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private void property(String name, String value) throws XMLStreamException {
    xml.writeStartElement("property");
    attribute("name", name);
    attribute("value", value);
    xml.writeEndElement();
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, clean(value));
  }

  /** XML 1.0 has no control characters, escaped or not. */
  static String clean(String text) {
    return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "?");
  }
}
