package dev.candor.report.junit;

import dev.candor.analysis.Summary;
import dev.candor.analysis.Verdict;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes junit.xml: a test case per threshold, one for the run's validity, and one for a rule that
 * stopped it.
 */
public final class JunitXml {
  private JunitXml() {}

  public static void write(Summary summary, Path file) throws IOException {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      boolean valid = summary.verdict() == Verdict.PASS || summary.verdict() == Verdict.FAIL;
      String stoppedBy = summary.stoppedBy();
      long failures =
          summary.thresholds().stream().filter(result -> !result.ok()).count()
              + (valid ? 0 : 1)
              + (stoppedBy == null ? 0 : 1);
      int tests = summary.thresholds().size() + (stoppedBy == null ? 1 : 2);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", clean(summary.scenario()));
      xml.writeAttribute("tests", Integer.toString(tests));
      xml.writeAttribute("failures", Long.toString(failures));
      testCase(xml, summary, "the run is valid", valid ? null : summary.verdictReason());
      if (stoppedBy != null) {
        testCase(xml, summary, "the run lasted its time", stoppedBy);
      }
      for (Summary.ThresholdResult result : summary.thresholds()) {
        String found = result.value() == null ? "unknown" : Double.toString(result.value());
        testCase(xml, summary, result.expr(), result.ok() ? null : "found " + found);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
    Files.writeString(file, text.toString());
  }

  private static void testCase(
      XMLStreamWriter xml, Summary summary, String name, @Nullable String failure)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", clean(summary.scenario()));
    xml.writeAttribute("name", clean(name));
    if (failure != null) {
      xml.writeStartElement("failure");
      xml.writeAttribute("message", clean(failure));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  /** XML 1.0 has no control characters, escaped or not. */
  static String clean(String text) {
    return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "?");
  }
}
